package io.conversion.core;

import static io.conversion.core.Fixtures.SCHEMA;
import static io.conversion.core.Fixtures.finiteDoubles;
import static io.conversion.core.Fixtures.levels;
import static io.conversion.core.Fixtures.moderateDoubles;
import static io.conversion.core.Fixtures.score;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.WhenUnseen;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScorerPropertyTest {

    @Property
    void logOddsAreTheInterceptAndTheShapesAddedInTheOrderOfTheSchema(
            @ForAll("models") ConversionModel model, @ForAll("users") Map<String, Object> user) {
        double logOdds = score(model, user).logOdds();

        assertThat(bits(logOdds)).isEqualTo(bits(plainLogOdds(model, user)));
    }

    @Property(tries = 300)
    void writingAndReadingKeepsEveryBitOfTheModelAndItsScores(
            @ForAll("models") ConversionModel model, @ForAll("users") Map<String, Object> user) {
        ConversionModel read = ConversionModel.fromJson(model.toJson());

        // Records compare doubles by their bits, so -0.0 is not 0.0 here.
        assertThat(read.shapes()).isEqualTo(model.shapes());
        assertThat(bits(read.intercept())).isEqualTo(bits(model.intercept()));
        assertThat(read.reference()).isEqualTo(model.reference());
        assertThat(bits(score(read, user).logOdds()))
                .isEqualTo(bits(score(model, user).logOdds()));
        assertThat(bits(score(read, user).probability()))
                .isEqualTo(bits(score(model, user).probability()));
    }

    @Property
    void logOddsNeverFallWhenASignalOfPositiveSlopeRises(
            @ForAll("moderate") double intercept,
            @ForAll("moderate") double centre,
            @ForAll("moderate") double slope,
            @ForAll("moderate") double rest,
            @ForAll("moderate") double one,
            @ForAll("moderate") double other) {
        ConversionModel model = Fixtures.linear(
                intercept, List.of(new Shape.Linear(Math.abs(slope), centre, 0), new Shape.Linear(1, 0, 0)));

        double lower =
                score(model, Map.of("s0", Math.min(one, other), "s1", rest)).logOdds();
        double upper =
                score(model, Map.of("s0", Math.max(one, other), "s1", rest)).logOdds();

        assertThat(upper).isGreaterThanOrEqualTo(lower);
    }

    /** The doubles that follow one another are where a formula of several roundings falls. */
    @Property
    void probabilityNeverFallsFromOneDoubleToTheNext(@ForAll("anyLogOdds") double start) {
        ConversionModel identity = Fixtures.identity();
        double logOdds = start;
        double probability = 0;
        for (int i = 0; i < 50; i++) {
            double next = score(identity, Map.of("s0", logOdds)).probability();

            assertThat(next).as("at %s", logOdds).isGreaterThanOrEqualTo(probability);
            probability = next;
            logOdds = Math.nextUp(logOdds);
        }
    }

    @Provide
    Arbitrary<Double> anyLogOdds() {
        // Bits at random: plain ranges of jqwik have two decimals.
        return Arbitraries.longs()
                .map(bits -> (bits >> 11) * 0x1p-52 * 4)
                .edgeCases(edges -> edges.add(-700.0, Math.nextDown(-700.0), -745.2, 0.0, -0.0, 37.0));
    }

    @Property
    void probabilityLiesFromZeroToOneUnlessTheLogOddsAreUndefined(
            @ForAll("models") ConversionModel model, @ForAll("users") Map<String, Object> user) {
        Score score = score(model, user);

        if (Double.isNaN(score.logOdds())) {
            assertThat(score.probability()).isNaN();
        } else {
            assertThat(score.probability()).isBetween(0.0, 1.0);
            assertThat(score.probability() >= 0.5).isEqualTo(score.logOdds() >= 0 || score.probability() == 0.5);
        }
    }

    @Property
    void scoringTwiceGivesTheSameBits(
            @ForAll("models") ConversionModel model, @ForAll("users") Map<String, Object> user) {
        Signals signals = SCHEMA.read(user).orElseThrow();

        Score first = model.scorer().score(signals);
        Score second = model.scorer().score(signals);

        assertThat(bits(second.logOdds())).isEqualTo(bits(first.logOdds()));
        assertThat(bits(second.probability())).isEqualTo(bits(first.probability()));
        assertThat(second.evidence()).isEqualTo(first.evidence());
    }

    @Provide
    Arbitrary<Double> moderate() {
        return moderateDoubles();
    }

    /** Models over the fixture's schema: of one magnitude, where the order of additions shows, or of any. */
    @Provide
    Arbitrary<ConversionModel> models() {
        Arbitrary<List<Double>> alike = moderateDoubles().list().ofSize(28);
        Arbitrary<List<Double>> any =
                Arbitraries.oneOf(finiteDoubles(), moderateDoubles()).list().ofSize(28);
        return Arbitraries.oneOf(alike, any).map(ScorerPropertyTest::model);
    }

    private static ConversionModel model(List<Double> numbers) {
        Iterator<Double> next = numbers.iterator();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (Signal signal : SCHEMA.declared()) {
            if (signal instanceof NumericSignal) {
                shapes.put(signal.name(), new Shape.Linear(next.next(), next.next(), next.next()));
            } else if (signal instanceof CategoricalSignal categorical) {
                shapes.put(signal.name(), levelsOf(categorical, next));
            } else {
                shapes.put(signal.name(), new Shape.Flag(next.next(), next.next()));
            }
        }
        return ConversionModel.of("arbitrary", "1", SCHEMA, next.next(), shapes);
    }

    /** The last level has no estimate; it and unseen levels of a named one score as the first level. */
    private static Shape levelsOf(CategoricalSignal signal, Iterator<Double> next) {
        List<String> names = signal.levels();
        double first = next.next();
        double unseen = signal.whenUnseen().equals(WhenUnseen.level(names.get(0))) ? first : next.next();
        Set<String> notEstimated = Set.of(names.get(2));
        return levels(
                unseen, next.next(), notEstimated, names.get(0), first, names.get(1), next.next(), names.get(2), first);
    }

    /** Users that the fixture's schema accepts, by a rule or as observed. */
    @Provide
    Arbitrary<Map<String, Object>> users() {
        Map<String, Arbitrary<Object>> values = new LinkedHashMap<>();
        values.put("account_age", Arbitraries.integers().between(0, 3650).asGeneric());
        values.put(
                "content_hours",
                Arbitraries.oneOf(finiteDoubles(), moderateDoubles())
                        .asGeneric()
                        .injectNull(0.2));
        values.put("referrals", numbers().map(Math::abs).asGeneric());
        values.put("price_change", numbers().map(number -> Math.min(number, 20)).asGeneric());
        values.put("country_tier", Arbitraries.of("tier_1", "tier_2", "tier_3").asGeneric());
        values.put(
                "channel",
                Arbitraries.of("search", "social", "café", "poster", "")
                        .asGeneric()
                        .injectNull(0.2));
        values.put("device", Arbitraries.of("phone", "tv", "console", "watch").asGeneric());
        values.put("weekend", Arbitraries.of(true, false).asGeneric().injectNull(0.2));
        Arbitrary<Map<String, Object>> users = Arbitraries.just(new LinkedHashMap<>());
        for (Map.Entry<String, Arbitrary<Object>> signal : values.entrySet()) {
            users = users.flatMap(user -> signal.getValue().map(value -> with(user, signal.getKey(), value)));
        }
        return users;
    }

    private static Arbitrary<Double> numbers() {
        return Arbitraries.oneOf(finiteDoubles(), moderateDoubles(), moderateDoubles());
    }

    private static Map<String, Object> with(Map<String, Object> user, String signal, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(user);
        more.put(signal, value);
        return more;
    }

    private static double plainLogOdds(ConversionModel model, Map<String, Object> user) {
        double sum = model.intercept();
        for (Signal signal : SCHEMA.declared()) {
            Shape shape = Objects.requireNonNull(model.shapes().get(signal.name()));
            Object value = user.get(signal.name());
            if (value == null) {
                sum += shape.missing();
            } else if (shape instanceof Shape.Linear line && signal instanceof NumericSignal numeric) {
                double x = Math.max(numeric.min(), Math.min(numeric.max(), ((Number) value).doubleValue()));
                sum += line.slope() * (x - line.centre());
            } else if (shape instanceof Shape.Flag flag) {
                sum += value.equals(true) ? flag.whenTrue() : 0.0;
            } else if (shape instanceof Shape.Levels levels) {
                sum += levels.values().getOrDefault(String.valueOf(value), levels.unseen());
            }
        }
        return sum;
    }

    private static long bits(double number) {
        return Double.doubleToLongBits(number);
    }
}
