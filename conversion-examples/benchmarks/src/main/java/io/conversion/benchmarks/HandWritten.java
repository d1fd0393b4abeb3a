package io.conversion.benchmarks;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@link BenchmarkModel} written out by hand, as somebody would who needs this one model and nothing else: the floor
 * that every figure is compared with. It uses {@link Math#exp}, which a JVM may replace by its own, faster code.
 */
final class HandWritten {

    private static final double[] SLOPES = BenchmarkModel.NUMERICS.stream()
            .mapToDouble(BenchmarkModel.Numeric::slope)
            .toArray();
    private static final double INTERCEPT = BenchmarkModel.interceptWithoutCentres();

    private HandWritten() {}

    /** The coefficients of {@link #prepared}: nine slopes and 1 for each of what two levels and a flag add. */
    static double[] coefficients() {
        double[] coefficients = new double[12];
        System.arraycopy(SLOPES, 0, coefficients, 0, 9);
        coefficients[9] = 1;
        coefficients[10] = 1;
        coefficients[11] = BenchmarkModel.FLAG_VALUE;
        return coefficients;
    }

    /** A user for {@link #prepared}. */
    static double[] prepare(Columns users, int row) {
        double[] prepared = new double[12];
        for (int i = 0; i < 9; i++) {
            prepared[i] = users.numerics()[i][row];
        }
        prepared[9] = BenchmarkModel.CATEGORICALS.get(0).values().get(users.levels()[0][row]);
        prepared[10] = BenchmarkModel.CATEGORICALS.get(1).values().get(users.levels()[1][row]);
        prepared[11] = users.flags()[row] ? 1 : 0;
        return prepared;
    }

    /** The floor: a dot product over prepared doubles and the logistic function. */
    static double prepared(double[] coefficients, double[] user) {
        double sum = INTERCEPT;
        for (int i = 0; i < coefficients.length; i++) {
            sum += coefficients[i] * user[i];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    /** From a map to the action of a band, with the reads and checks that the library makes. */
    static String decide(Map<String, ?> user) {
        if (user.size() != 12) {
            throw new IllegalArgumentException("12 signals are expected");
        }
        double sum = INTERCEPT
                + SLOPES[0] * whole(user, "days_since_signup")
                + SLOPES[1] * whole(user, "sessions_7d")
                + SLOPES[2] * number(user, "content_hours_7d")
                + SLOPES[3] * whole(user, "downloads_7d")
                + SLOPES[4] * whole(user, "paywall_views_7d")
                + SLOPES[5] * whole(user, "active_days_28d")
                + SLOPES[6] * whole(user, "searches_7d")
                + SLOPES[7] * whole(user, "shares_28d")
                + SLOPES[8] * whole(user, "support_tickets_28d")
                + tier(user.get("country_tier"))
                + channel(user.get("channel"))
                + (flag(user) ? BenchmarkModel.FLAG_VALUE : 0);
        double probability = 1 / (1 + Math.exp(-sum));
        return probability >= 0.7 ? "offer_annual_plan" : probability >= 0.4 ? "offer_monthly_plan" : "remind";
    }

    /** The same, but the action keeps what it was decided on, as a decision of the library does. */
    static Kept decideAndKeep(Map<String, ?> user) {
        if (user.size() != 12) {
            throw new IllegalArgumentException("12 signals are expected");
        }
        double[] values = {
            whole(user, "days_since_signup"),
            whole(user, "sessions_7d"),
            number(user, "content_hours_7d"),
            whole(user, "downloads_7d"),
            whole(user, "paywall_views_7d"),
            whole(user, "active_days_28d"),
            whole(user, "searches_7d"),
            whole(user, "shares_28d"),
            whole(user, "support_tickets_28d"),
            tier(user.get("country_tier")),
            channel(user.get("channel")),
            flag(user) ? BenchmarkModel.FLAG_VALUE : 0
        };
        double sum = INTERCEPT + values[9] + values[10] + values[11];
        for (int i = 0; i < SLOPES.length; i++) {
            sum += SLOPES[i] * values[i];
        }
        double probability = 1 / (1 + Math.exp(-sum));
        String action = probability >= 0.7 ? "offer_annual_plan" : probability >= 0.4 ? "offer_monthly_plan" : "remind";
        return new Kept(values, probability, action);
    }

    /** An action and what it was decided on. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares it.
    record Kept(double[] values, double probability, String action) {}

    private static double whole(Map<String, ?> user, String signal) {
        if (user.get(signal) instanceof Integer value && value >= 0 && value <= BenchmarkModel.MOST) {
            return value;
        }
        throw refused(signal);
    }

    private static double number(Map<String, ?> user, String signal) {
        if (user.get(signal) instanceof Double value && value >= 0 && value <= BenchmarkModel.MOST) {
            return value;
        }
        throw refused(signal);
    }

    private static double tier(@Nullable Object level) {
        return switch (String.valueOf(level)) {
            case "tier_1" -> 0;
            case "tier_2" -> -0.38;
            case "tier_3" -> -0.92;
            default -> throw refused("country_tier");
        };
    }

    private static double channel(@Nullable Object level) {
        return switch (String.valueOf(level)) {
            case "organic" -> 0;
            case "search" -> -0.27;
            case "social" -> -0.51;
            case "referral" -> 0.64;
            case "partner" -> 0.18;
            default -> throw refused("channel");
        };
    }

    private static boolean flag(Map<String, ?> user) {
        if (user.get("weekend") instanceof Boolean value) {
            return value;
        }
        throw refused("weekend");
    }

    private static IllegalArgumentException refused(String signal) {
        return new IllegalArgumentException("signal \"" + signal + "\" is missing, of another type or out of range");
    }

    /** From a map to the one-hot columns that a library of matrices scores. */
    static double[] oneHot(Map<String, ?> user) {
        double[] row = new double[16];
        row[0] = whole(user, "days_since_signup");
        row[1] = whole(user, "sessions_7d");
        row[2] = number(user, "content_hours_7d");
        row[3] = whole(user, "downloads_7d");
        row[4] = whole(user, "paywall_views_7d");
        row[5] = whole(user, "active_days_28d");
        row[6] = whole(user, "searches_7d");
        row[7] = whole(user, "shares_28d");
        row[8] = whole(user, "support_tickets_28d");
        switch (String.valueOf(user.get("country_tier"))) {
            case "tier_1" -> {}
            case "tier_2" -> row[9] = 1;
            case "tier_3" -> row[10] = 1;
            default -> throw refused("country_tier");
        }
        switch (String.valueOf(user.get("channel"))) {
            case "organic" -> {}
            case "search" -> row[11] = 1;
            case "social" -> row[12] = 1;
            case "referral" -> row[13] = 1;
            case "partner" -> row[14] = 1;
            default -> throw refused("channel");
        }
        row[15] = flag(user) ? 1 : 0;
        return row;
    }

    /** A fused loop over columns: log-odds and probabilities of the rows from {@code from} to {@code to}. */
    static void batch(
            Columns users, double[][] levelValues, double[] logOdds, double[] probabilities, int from, int to) {
        double[][] n = users.numerics();
        double[] n0 = n[0];
        double[] n1 = n[1];
        double[] n2 = n[2];
        double[] n3 = n[3];
        double[] n4 = n[4];
        double[] n5 = n[5];
        double[] n6 = n[6];
        double[] n7 = n[7];
        double[] n8 = n[8];
        int[] tiers = users.levels()[0];
        int[] channels = users.levels()[1];
        double[] tierValues = levelValues[0];
        double[] channelValues = levelValues[1];
        boolean[] flags = users.flags();
        for (int row = from; row < to; row++) {
            double sum = INTERCEPT
                    + SLOPES[0] * n0[row]
                    + SLOPES[1] * n1[row]
                    + SLOPES[2] * n2[row]
                    + SLOPES[3] * n3[row]
                    + SLOPES[4] * n4[row]
                    + SLOPES[5] * n5[row]
                    + SLOPES[6] * n6[row]
                    + SLOPES[7] * n7[row]
                    + SLOPES[8] * n8[row]
                    + tierValues[tiers[row]]
                    + channelValues[channels[row]]
                    + (flags[row] ? BenchmarkModel.FLAG_VALUE : 0);
            logOdds[row] = sum;
            probabilities[row] = 1 / (1 + Math.exp(-sum));
        }
    }

    /** What each level adds, for {@link #batch}. */
    static double[][] levelValues() {
        return BenchmarkModel.CATEGORICALS.stream()
                .map(signal -> signal.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .toArray(double[][]::new);
    }

    /** Reads the columns and adds them up without any other arithmetic: what the memory alone allows. */
    static double read(Columns users) {
        double sum = 0;
        for (double[] column : users.numerics()) {
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            for (int row = 0; row + 3 < column.length; row += 4) {
                a += column[row];
                b += column[row + 1];
                c += column[row + 2];
                d += column[row + 3];
            }
            sum += (a + b) + (c + d);
        }
        int codes = 0;
        for (int[] column : users.levels()) {
            for (int code : column) {
                codes += code;
            }
        }
        for (boolean flag : users.flags()) {
            codes += flag ? 1 : 0;
        }
        return sum + codes;
    }
}
