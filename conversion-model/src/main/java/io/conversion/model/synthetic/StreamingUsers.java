package io.conversion.model.synthetic;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.DataSet;
import io.conversion.model.fit.Logistic;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Synthetic users of a streaming product, to try the library out: for a seed always the same ones, on every Java
 * platform.
 *
 * <p>Days since signup are uniform on 1 to 59; sessions are Poisson(3), content hours Gamma(shape 2, scale 1.5) with two
 * decimals, downloads Poisson(1), paywall views Poisson(1.2), all of the last 7 days; country tiers 1 to 3 have the
 * shares 0.35, 0.40 and 0.25. The log-odds of conversion are 0.30 sessions + 0.50 downloads + 0.40 paywall views +
 * 0.25 hours - 0.02 days, + 0.8, 0.3 or -0.2 for the tier, + a normal deviate of standard deviation 0.8. About 86 %
 * convert.
 */
public final class StreamingUsers {

    private static final List<String> TIERS = List.of("tier_1", "tier_2", "tier_3");
    private static final double[] TIER_EFFECTS = {0.8, 0.3, -0.2};

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "streaming-signals",
            "1",
            Signal.numeric("days_since_signup")
                    .unit("days")
                    .meaning("stage of the life cycle")
                    .wholeNumbers()
                    .range(0, Double.POSITIVE_INFINITY),
            Signal.numeric("sessions_7d")
                    .unit("sessions")
                    .meaning("how often the product is used")
                    .wholeNumbers()
                    .range(0, Double.POSITIVE_INFINITY),
            Signal.numeric("content_hours_7d")
                    .unit("hours")
                    .meaning("how deep the engagement goes")
                    .range(0, 168),
            Signal.numeric("downloads_7d")
                    .unit("downloads")
                    .meaning("commitment to the product")
                    .wholeNumbers()
                    .range(0, Double.POSITIVE_INFINITY),
            Signal.numeric("paywall_views_7d")
                    .unit("views")
                    .meaning("exposure to the offer")
                    .wholeNumbers()
                    .range(0, Double.POSITIVE_INFINITY),
            Signal.categorical("country_tier", TIERS).meaning("purchasing power"));

    private StreamingUsers() {}

    /**
     * The schema of the users' signals.
     *
     * @return the schema
     */
    public static SignalSchema schema() {
        return SCHEMA;
    }

    /**
     * Generates labelled users.
     *
     * @param users how many
     * @param seed the seed
     * @return the users with the label {@code converted}
     */
    public static DataSet generate(int users, long seed) {
        DataSet.Builder data = DataSet.builder(SCHEMA);
        stream(seed).limit(users).forEach(user -> data.add(user.signals(), user.converted()));
        return data.build("converted");
    }

    /**
     * Generates users without end.
     *
     * @param seed the seed
     * @return the users, to be limited
     */
    public static Stream<User> stream(long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> user(random));
    }

    private static User user(Random random) {
        int days = 1 + random.nextInt(59);
        int sessions = poisson(random, 3);
        double hours = Math.rint(gammaOfShape2(random, 1.5) * 100) / 100;
        int downloads = poisson(random, 1);
        int paywallViews = poisson(random, 1.2);
        double share = random.nextDouble();
        int tier = share < 0.35 ? 0 : share < 0.75 ? 1 : 2;
        double logOdds = 0.30 * sessions
                + 0.50 * downloads
                + 0.40 * paywallViews
                + 0.25 * hours
                - 0.02 * days
                + TIER_EFFECTS[tier]
                + 0.8 * random.nextGaussian();
        boolean converted = random.nextDouble() < Logistic.probability(logOdds);
        return new User(days, sessions, hours, downloads, paywallViews, TIERS.get(tier), converted);
    }

    /** Counts how many uniform numbers can be multiplied before the product falls to exp(-mean) (Knuth). */
    private static int poisson(Random random, double mean) {
        double limit = StrictMath.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    /** The sum of two exponential deviates. The uniform numbers are taken from 1, so that their logarithm is finite. */
    private static double gammaOfShape2(Random random, double scale) {
        return -scale * (StrictMath.log(1 - random.nextDouble()) + StrictMath.log(1 - random.nextDouble()));
    }

    /**
     * One synthetic user.
     *
     * @param daysSinceSignup days since signup
     * @param sessions7d sessions of the last 7 days
     * @param contentHours7d hours of content of the last 7 days
     * @param downloads7d downloads of the last 7 days
     * @param paywallViews7d views of the paywall in the last 7 days
     * @param countryTier the tier of the user's country
     * @param converted whether the user converted
     */
    public record User(
            int daysSinceSignup,
            int sessions7d,
            double contentHours7d,
            int downloads7d,
            int paywallViews7d,
            String countryTier,
            boolean converted) {

        /**
         * The values by signal name.
         *
         * @return the values, as {@link SignalSchema#read(Map)} takes them
         */
        public Map<String, Object> signals() {
            return Map.of(
                    "days_since_signup", daysSinceSignup,
                    "sessions_7d", sessions7d,
                    "content_hours_7d", contentHours7d,
                    "downloads_7d", downloads7d,
                    "paywall_views_7d", paywallViews7d,
                    "country_tier", countryTier);
        }
    }
}
