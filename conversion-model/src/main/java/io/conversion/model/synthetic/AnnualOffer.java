package io.conversion.model.synthetic;

import io.conversion.core.ConversionModel;
import io.conversion.core.Score;
import io.conversion.core.Scorer;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/**
 * An annual plan that users of the {@linkplain StreamingProduct streaming product} are asked about when their first week is
 * over, to try experiments on: what the offer does to each of them is known.
 *
 * <p>Asked are those who have not bought by the end of day 6. Let h, d, v and e be the hours, downloads, paywall views and
 * errors of the first seven days and a the days on which the user was active. Without the offer a user takes the plan within
 * {@link #WINDOW_DAYS} days with log-odds {@code -5.1 + 0.6 log(1 + h) + 0.4 log(1 + d) + 0.5 log(1 + v) - 0.3 log(1 + e) +
 * 0.15 a + tier (0.5, 0.1 or -0.5)}, which is what {@link #model()} says; with the offer the chance is changed by an effect
 * that the caller states for each probability, and kept from 0 to 1. The plan leaves no trace in the purchases of the product.
 * Immutable and safe to share between threads.
 */
public final class AnnualOffer {

    /** How many days a user may take to decide. */
    public static final int WINDOW_DAYS = 14;

    private static final int DAYS = 7;

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "annual-signals",
            "1",
            Signal.numeric("content_hours_7d")
                    .unit("hours")
                    .meaning("how deep the engagement goes")
                    .range(0, Double.POSITIVE_INFINITY),
            count("downloads_7d", "downloads", "commitment to the product"),
            count("paywall_views_7d", "views", "interest in paying"),
            count("errors_7d", "errors", "trouble with the product"),
            count("active_days_7d", "days", "how steady the use is"),
            Signal.categorical("country_tier", List.of("tier_1", "tier_2", "tier_3"))
                    .meaning("purchasing power"));

    private static final ConversionModel MODEL = ConversionModel.of(
            "annual-plan",
            "1",
            SCHEMA,
            -5.1,
            Map.of(
                    "content_hours_7d", new Shape.Log(0.6, 0, 0),
                    "downloads_7d", new Shape.Log(0.4, 0, 0),
                    "paywall_views_7d", new Shape.Log(0.5, 0, 0),
                    "errors_7d", new Shape.Log(-0.3, 0, 0),
                    "active_days_7d", new Shape.Linear(0.15, 0, 0),
                    "country_tier",
                            new Shape.Levels(Map.of("tier_1", 0.5, "tier_2", 0.1, "tier_3", -0.5), 0, 0, Set.of())));

    private static final Scorer SCORER = MODEL.scorer();

    private final String user;
    private final Instant moment;
    private final Score score;
    private final double luck;
    private final Instant decided;

    private AnnualOffer(String user, Instant moment, Score score, double luck, Instant decided) {
        this.user = user;
        this.moment = moment;
        this.score = score;
        this.luck = luck;
        this.decided = decided;
    }

    private static Signal count(String name, String unit, String meaning) {
        return Signal.numeric(name).unit(unit).meaning(meaning).wholeNumbers().range(0, Double.POSITIVE_INFINITY);
    }

    /**
     * The model whose probability is the chance without the offer.
     *
     * @return the model, with its schema
     */
    public static ConversionModel model() {
        return MODEL;
    }

    /**
     * Asks a user.
     *
     * @param user the user
     * @param seed what the answer follows from, beside the user
     * @return what the user was asked; empty for one who has bought in the first week
     */
    public static Optional<AnnualOffer> to(StreamingProduct.User user, long seed) {
        LocalDate until = user.signup().plusDays(DAYS);
        if (!user.purchases().isEmpty() && user.purchases().get(0).isBefore(until)) {
            return Optional.empty();
        }
        // Mixed twice, so that the numbers have nothing to do with those of the user's life.
        Random random = new Random(mixed(mixed(seed) + user.id().hashCode()));
        Instant moment = until.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(random.nextInt(86_400));
        Score score = SCORER.score(SCHEMA.read(signals(user, until)).orElseThrow());
        double luck = random.nextDouble();
        Instant decided = moment.plus(Duration.ofMinutes(1 + random.nextInt(WINDOW_DAYS * 1440 - 1)));
        return Optional.of(new AnnualOffer(user.id(), moment, score, luck, decided));
    }

    private static long mixed(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    private static Map<String, Object> signals(StreamingProduct.User user, LocalDate until) {
        Map<String, Double> sums = new LinkedHashMap<>();
        List<StreamingProduct.Event> week = user.events().stream()
                .filter(event -> event.day().isBefore(until))
                .toList();
        week.forEach(event -> sums.merge(event.kind(), event.amount(), Double::sum));
        long active = week.stream().map(StreamingProduct.Event::day).distinct().count();
        return Map.of(
                "content_hours_7d", sums.getOrDefault("session", 0.0),
                "downloads_7d", sums.getOrDefault("download", 0.0),
                "paywall_views_7d", sums.getOrDefault("paywall_view", 0.0),
                "errors_7d", sums.getOrDefault("error", 0.0),
                "active_days_7d", active,
                "country_tier", user.countryTier());
    }

    /**
     * The user who is asked.
     *
     * @return the id of the user
     */
    public String user() {
        return user;
    }

    /**
     * When the user is asked: on the eighth day.
     *
     * @return the moment
     */
    public Instant moment() {
        return moment;
    }

    /**
     * The score of the user by then, whose probability is the chance to take the plan without the offer.
     *
     * @return the score, with its signals
     */
    public Score score() {
        return score;
    }

    /**
     * What the offer changes the chance of this user by.
     *
     * @param effect the stated effect for each probability, such as 0.02
     * @return the effect, smaller than the stated one where the chance would leave 0 to 1
     */
    public double effect(DoubleUnaryOperator effect) {
        double without = score.probability();
        return Math.max(-without, Math.min(1 - without, effect.applyAsDouble(without)));
    }

    /**
     * Whether the user takes the plan. It is drawn once: who takes it without an offer that raises the chance takes it with
     * it, too.
     *
     * @param change what the chance is changed by: the {@linkplain #effect effect} with the offer, 0 without
     * @return whether the user does
     */
    public boolean takes(double change) {
        return luck < score.probability() + change;
    }

    /**
     * When the user takes the plan, if at all.
     *
     * @return a moment within {@link #WINDOW_DAYS} days
     */
    public Instant decided() {
        return decided;
    }
}
