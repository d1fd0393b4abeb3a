package io.conversion.model.synthetic;

import io.conversion.model.lifecycle.EventLog;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The first months of synthetic users of a streaming product, event by event: for a seed always the same ones, on every
 * Java platform, and each user the same however many others there are.
 *
 * <p>Users sign up evenly over 180 days from {@link #START}, from three country tiers (0.30, 0.40, 0.30) and four
 * channels (organic 0.35, search 0.30, social 0.25, referral 0.10), and are observed until {@link #OBSERVED_UNTIL}. Each
 * has an interest, Normal(0.1, 0.0, -0.3 or 0.5 by channel, 1), a chance of {@code logistic(-2.4 + 0.9 interest)} to
 * form a habit, and a proneness to errors, LogNormal(-2.3, 0.8) per session.
 *
 * <p>All are active on day 0, and on day t with log-odds {@code -1.0 + 0.7 interest + 0.5 if active the day before + 0.25
 * at weekends}, {@code + 1.0} with a habit and {@code - 0.06 t} without. Interest without a habit is lost for good with a
 * chance of {@code min(0.9, 0.08 + 0.03 errors)} at the end of an active day and 0.08 of any other; then the log-odds are
 * -6. An active day has {@code 1 + Poisson(exp(-0.2 + 0.25 interest))} sessions, each of Gamma(2, 0.35) hours,
 * {@code Poisson(0.35 exp(0.3 interest))} downloads, {@code Poisson(0.3 exp(0.4 interest))} paywall views until the first
 * purchase, and errors.
 *
 * <p>Let H, D, P, E and A be the hours, downloads, paywall views, errors and active days so far, each day counting 0.8 of
 * the next. The {@linkplain Offer#engagement() engagement} is {@code 0.6 log(1 + H) + 0.4 log(1 + D) + 0.9 log(1 + P) -
 * 0.5 log(1 + E) + 0.25 A}. A user who has not bought buys on a day with log-odds {@code -6.9 + engagement + tier (0.5,
 * 0.1 or -0.5)}, {@code + 2.4} on day 0, {@code - 2.5} on a day without activity, and the effect of the offer. So intent
 * is what one has lately done, and can be seen better every day. Purchases are renewed every 30 days with a chance of
 * 0.85.
 *
 * <p>Whoever has not bought by the end of day 5 is drawn for an offer with a chance of 1/2. An offer adds to the log-odds
 * of the days 6 to 14: 0.1 at an engagement below 0.6, 1.2 from there to 1.6, and 0.3 from 1.6 on, where most buy anyway.
 * About 10 % buy within 30 days.
 */
public final class StreamingProduct {

    /** The first day on which users sign up. */
    public static final LocalDate START = LocalDate.of(2024, 1, 1);

    /** The days on which users sign up. */
    public static final int SIGNUP_DAYS = 180;

    /** The last day that is observed, 30 days after the last signups. */
    public static final LocalDate OBSERVED_UNTIL = START.plusDays(SIGNUP_DAYS - 1 + 30);

    private StreamingProduct() {}

    /**
     * One user.
     *
     * @param seed the seed
     * @param number the number of the user, at least 0
     * @return the user
     */
    public static User user(long seed, long number) {
        return new StreamingLife(seed, number).live();
    }

    /**
     * Generates users without end.
     *
     * @param seed the seed
     * @return the users, to be limited
     */
    public static Stream<User> stream(long seed) {
        return LongStream.iterate(0, number -> number + 1).mapToObj(number -> user(seed, number));
    }

    /**
     * Generates a log in memory, with the attributes {@code country_tier} and {@code channel}.
     *
     * @param users how many users
     * @param seed the seed
     * @return the log, observed until {@link #OBSERVED_UNTIL}
     */
    public static EventLog log(int users, long seed) {
        EventLog.Builder log = EventLog.builder("country_tier", "channel");
        stream(seed).limit(users).forEach(user -> {
            log.signup(user.id(), user.signup(), user.countryTier(), user.channel());
            user.events().forEach(event -> log.event(user.id(), event.day(), event.kind(), event.amount()));
            user.purchases().forEach(day -> log.purchase(user.id(), day));
        });
        return log.build(OBSERVED_UNTIL);
    }

    /**
     * One synthetic user.
     *
     * @param id the user
     * @param signup the day of signup
     * @param countryTier tier_1, tier_2 or tier_3
     * @param channel organic, search, social or referral
     * @param events the events in the order of their days
     * @param purchases the days of the first purchase and its renewals, ascending; none if the user did not buy
     * @param drawn the draw for an offer; null for users who bought or whose observation ended before it
     */
    public record User(
            String id,
            LocalDate signup,
            String countryTier,
            String channel,
            List<Event> events,
            List<LocalDate> purchases,
            @Nullable Offer drawn) {

        /** Copies the lists. {@inheritDoc} */
        public User {
            events = List.copyOf(events);
            purchases = List.copyOf(purchases);
        }

        /**
         * The draw for an offer.
         *
         * @return the draw, or nothing if the user bought before it
         */
        public Optional<Offer> offer() {
            return Optional.ofNullable(drawn);
        }
    }

    /**
     * One event.
     *
     * @param day the day
     * @param kind session, download, paywall_view or error
     * @param amount the hours of a session; 1 for everything else
     */
    public record Event(LocalDate day, String kind, double amount) {}

    /**
     * A draw for an offer, at the end of day 5.
     *
     * @param day the day of the draw
     * @param offered whether the user got the offer, a fair coin
     * @param engagement what the user had lately done by then
     * @param effect what the offer adds, or would have added, to the log-odds of buying on each of the days 6 to 14
     */
    public record Offer(LocalDate day, boolean offered, double engagement, double effect) {}
}
