package io.conversion.model.synthetic;

import io.conversion.model.fit.Logistic;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The life of one user of the streaming product, day by day, as {@link StreamingProduct} states it. For one thread. */
final class StreamingLife {

    private static final List<String> TIERS = List.of("tier_1", "tier_2", "tier_3");
    private static final List<String> CHANNELS = List.of("organic", "search", "social", "referral");
    private static final double[] TIER_EFFECTS = {0.5, 0.1, -0.5};
    private static final double[] CHANNEL_INTEREST = {0.1, 0, -0.3, 0.5};
    private static final double MEMORY = 0.8;
    private static final int OFFER_DAY = 5;
    private static final int LAST_OFFER_DAY = 14;

    private final Random random;
    private final String id;
    private final LocalDate signup;
    private final int tier;
    private final int channel;
    private final double interest;
    private final boolean habit;
    private final double errorsPerSession;

    private final List<StreamingProduct.Event> events = new ArrayList<>();
    private final List<LocalDate> purchases = new ArrayList<>();
    private StreamingProduct.@Nullable Offer offer;

    private boolean lost;
    private boolean active = true;
    private double hours;
    private double downloads;
    private double paywallViews;
    private double errors;
    private double activeDays;

    StreamingLife(long seed, long number) {
        // SplitMix64's finaliser: neighbouring users get unrelated generators.
        long z = seed * 0xd1342543de82ef95L + (number + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        random = new Random(z ^ (z >>> 31));
        String digits = String.valueOf(number + 1);
        id = "u" + "0".repeat(Math.max(0, 7 - digits.length())) + digits;
        signup = StreamingProduct.START.plusDays(random.nextInt(StreamingProduct.SIGNUP_DAYS));
        double share = random.nextDouble();
        tier = share < 0.30 ? 0 : share < 0.70 ? 1 : 2;
        share = random.nextDouble();
        channel = share < 0.35 ? 0 : share < 0.65 ? 1 : share < 0.90 ? 2 : 3;
        interest = CHANNEL_INTEREST[channel] + random.nextGaussian();
        habit = happens(-2.4 + 0.9 * interest);
        errorsPerSession = StrictMath.exp(-2.3 + 0.8 * random.nextGaussian());
    }

    StreamingProduct.User live() {
        int last = (int) (StreamingProduct.OBSERVED_UNTIL.toEpochDay() - signup.toEpochDay());
        for (int day = 0; day <= last; day++) {
            LocalDate date = signup.plusDays(day);
            use(day, date);
            buy(day, date);
            if (day == OFFER_DAY && purchases.isEmpty()) {
                double engagement = engagement();
                double effect = engagement < 0.6 ? 0.1 : engagement < 1.6 ? 1.2 : 0.3;
                offer = new StreamingProduct.Offer(date, random.nextBoolean(), engagement, effect);
            }
        }
        return new StreamingProduct.User(id, signup, TIERS.get(tier), CHANNELS.get(channel), events, purchases, offer);
    }

    private void use(int day, LocalDate date) {
        boolean weekend = date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
        double logOdds =
                -1.0 + 0.7 * interest + (active ? 0.5 : 0) + (weekend ? 0.25 : 0) + (habit ? 1.0 : -0.06 * day);
        active = day == 0 || happens(lost ? -6 : logOdds);
        hours *= MEMORY;
        downloads *= MEMORY;
        paywallViews *= MEMORY;
        errors *= MEMORY;
        activeDays *= MEMORY;
        int errorsToday = 0;
        if (active) {
            activeDays++;
            int sessions = 1 + poisson(StrictMath.exp(-0.2 + 0.25 * interest));
            for (int i = 0; i < sessions; i++) {
                double length = Math.max(0.01, Math.rint(hoursOfSession() * 100) / 100);
                events.add(new StreamingProduct.Event(date, "session", length));
                hours += length;
            }
            downloads += repeat("download", poisson(0.35 * StrictMath.exp(0.3 * interest)), date);
            if (purchases.isEmpty()) {
                paywallViews += repeat("paywall_view", poisson(0.3 * StrictMath.exp(0.4 * interest)), date);
            }
            errorsToday = repeat("error", poisson(Math.min(5, errorsPerSession * sessions)), date);
            errors += errorsToday;
        }
        if (!habit && !lost) {
            lost = random.nextDouble() < Math.min(0.9, 0.08 + 0.03 * errorsToday);
        }
    }

    private int repeat(String kind, int count, LocalDate date) {
        for (int i = 0; i < count; i++) {
            events.add(new StreamingProduct.Event(date, kind, 1));
        }
        return count;
    }

    private void buy(int day, LocalDate date) {
        if (!purchases.isEmpty()) {
            LocalDate latest = purchases.get(purchases.size() - 1);
            if (latest.plusDays(30).equals(date) && random.nextDouble() < 0.85) {
                purchases.add(date);
            }
            return;
        }
        double logOdds = -6.9 + engagement() + TIER_EFFECTS[tier] + (day == 0 ? 2.4 : 0) + (active ? 0 : -2.5);
        if (offer != null && offer.offered() && day <= LAST_OFFER_DAY) {
            logOdds += offer.effect();
        }
        if (happens(logOdds)) {
            purchases.add(date);
        }
    }

    private double engagement() {
        return 0.6 * StrictMath.log1p(hours)
                + 0.4 * StrictMath.log1p(downloads)
                + 0.9 * StrictMath.log1p(paywallViews)
                - 0.5 * StrictMath.log1p(errors)
                + 0.25 * activeDays;
    }

    private boolean happens(double logOdds) {
        return random.nextDouble() < Logistic.probability(logOdds);
    }

    /** Counts how many uniform numbers can be multiplied before the product falls to exp(-mean) (Knuth). */
    private int poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    /** Gamma(2, 0.35). The uniform numbers are taken from 1, so that their logarithm is finite. */
    private double hoursOfSession() {
        return -0.35 * (StrictMath.log(1 - random.nextDouble()) + StrictMath.log(1 - random.nextDouble()));
    }
}
