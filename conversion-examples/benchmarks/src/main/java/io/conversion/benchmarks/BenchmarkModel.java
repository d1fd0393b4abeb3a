package io.conversion.benchmarks;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The logistic model that every library scores, as constants, and random users to score.
 *
 * <p>Log-odds = intercept + sum of slope (value - centre) over the numeric signals + the value of each categorical
 * signal's level + the value of the flag where it is set. The first level of a categorical signal has the value 0.
 */
final class BenchmarkModel {

    static final double INTERCEPT = 0.4;

    /** The upper end of every numeric signal's range; the lower one is 0. */
    static final double MOST = 10_000;

    static final List<Numeric> NUMERICS = List.of(
            new Numeric("days_since_signup", -0.0225, 30.0, true),
            new Numeric("sessions_7d", 0.105, 6.0, true),
            new Numeric("content_hours_7d", 0.1275, 5.5, false),
            new Numeric("downloads_7d", 0.265, 2.0, true),
            new Numeric("paywall_views_7d", 0.41, 1.5, true),
            new Numeric("active_days_28d", 0.0815, 14.0, true),
            new Numeric("searches_7d", 0.0595, 5.0, true),
            new Numeric("shares_28d", 0.195, 1.0, true),
            new Numeric("support_tickets_28d", -0.54, 0.5, true));

    static final List<Categorical> CATEGORICALS = List.of(
            new Categorical("country_tier", List.of("tier_1", "tier_2", "tier_3"), List.of(0.0, -0.38, -0.92)),
            new Categorical(
                    "channel",
                    List.of("organic", "search", "social", "referral", "partner"),
                    List.of(0.0, -0.27, -0.51, 0.64, 0.18)));

    static final String FLAG = "weekend";

    static final double FLAG_VALUE = 0.125;

    private BenchmarkModel() {}

    /**
     * The intercept of the same model without centres, for libraries that multiply the slope with the value itself.
     *
     * @return the log-odds at zero of every numeric signal, first levels, flag not set
     */
    static double interceptWithoutCentres() {
        double intercept = INTERCEPT;
        for (Numeric signal : NUMERICS) {
            intercept -= signal.slope() * signal.centre();
        }
        return intercept;
    }

    /**
     * The reference: the model in plain double arithmetic and {@link StrictMath}.
     *
     * @param users the users
     * @param row which of them
     * @return P(converted), 0 to 1
     */
    static double probability(Columns users, int row) {
        double logOdds = INTERCEPT;
        for (int i = 0; i < NUMERICS.size(); i++) {
            Numeric signal = NUMERICS.get(i);
            logOdds += signal.slope() * (users.numerics()[i][row] - signal.centre());
        }
        for (int i = 0; i < CATEGORICALS.size(); i++) {
            logOdds += CATEGORICALS.get(i).values().get(users.levels()[i][row]);
        }
        logOdds += users.flags()[row] ? FLAG_VALUE : 0;
        return 1 / (1 + StrictMath.exp(-logOdds));
    }

    /**
     * Generates users, for a seed always the same: numeric signals uniform on 0 to twice their centre, whole or with
     * two decimals; levels and the flag equally likely.
     *
     * @param count how many
     * @param seed the seed
     * @return the users, whose probabilities lie between about 0.02 and 0.98
     */
    static Columns users(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Columns users = new Columns(count);
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < NUMERICS.size(); i++) {
                users.numerics()[i][row] = NUMERICS.get(i).random(random);
            }
            for (int i = 0; i < CATEGORICALS.size(); i++) {
                users.levels()[i][row] =
                        random.nextInt(CATEGORICALS.get(i).levels().size());
            }
            users.flags()[row] = random.nextBoolean();
        }
        return users;
    }

    /**
     * A numeric signal.
     *
     * @param name the name
     * @param slope log-odds per unit
     * @param centre the value that adds nothing, and the mean of the random users; a multiple of 0.5
     * @param whole whether values are whole numbers
     */
    record Numeric(String name, double slope, double centre, boolean whole) {

        private double random(SplittableRandom random) {
            double unit = whole ? 1 : 100;
            return random.nextInt((int) (2 * centre * unit) + 1) / unit;
        }
    }

    /**
     * A categorical signal.
     *
     * @param name the name
     * @param levels the levels
     * @param values the log-odds that each level adds
     */
    record Categorical(String name, List<String> levels, List<Double> values) {}
}
