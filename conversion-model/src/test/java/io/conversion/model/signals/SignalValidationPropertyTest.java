package io.conversion.model.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.evaluation.RocAuc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;

/** Laws of the validation, on small users with ties and missing values. */
class SignalValidationPropertyTest {

    private static final Offset<Double> ROUNDING = within(1e-9);

    @Property(tries = 300)
    void aucIsInvariantUnderIncreasingMaps(@ForAll("users") Users users) {
        SignalReport report = users.validate().signal("x");
        SignalReport cubed = users.map(x -> x * x * x + 1e6).validate().signal("x");

        assertThat(cubed.strength().auc()).isEqualTo(report.strength().auc());
    }

    @Property(tries = 300)
    void aDecreasingMapTurnsTheAucRound(@ForAll("users") Users users) {
        Optional<RocAuc> auc = users.validate().signal("x").strength().auc();
        Optional<RocAuc> turned =
                users.map(x -> -x).validate().signal("x").strength().auc();

        assertThat(turned.isPresent()).isEqualTo(auc.isPresent());
        if (auc.isPresent()) {
            assertThat(turned.orElseThrow().value())
                    .isCloseTo(1 - auc.orElseThrow().value(), ROUNDING);
            assertThat(turned.orElseThrow().lower())
                    .isCloseTo(1 - auc.orElseThrow().upper(), ROUNDING);
        }
    }

    @Property(tries = 300)
    void theAucIsTheShareOfPairsThatAreRankedRight(@ForAll("users") Users users) {
        double right = 0;
        double pairs = 0;
        for (User converter : users.all) {
            for (User other : users.all) {
                if (converter.converted && !other.converted && converter.x != null && other.x != null) {
                    pairs++;
                    right += converter.x > other.x ? 1 : converter.x.equals(other.x) ? 0.5 : 0;
                }
            }
        }

        Optional<RocAuc> auc = users.validate().signal("x").strength().auc();

        assertThat(auc.isPresent()).isEqualTo(pairs > 0);
        if (auc.isPresent()) {
            assertThat(auc.orElseThrow().value()).isCloseTo(right / pairs, ROUNDING);
            assertThat(auc.orElseThrow().lower())
                    .isBetween(0.0, auc.orElseThrow().value());
            assertThat(auc.orElseThrow().upper()).isBetween(auc.orElseThrow().value(), 1.0);
        }
    }

    @Property(tries = 300)
    void orderOfTheRowsChangesNothing(@ForAll("users") Users users, @ForAll long seed) {
        SignalValidation validation = users.validate();
        SignalValidation shuffled = users.shuffled(seed).validate();

        for (String signal : List.of("x", "level")) {
            assertThat(shuffled.signal(signal).strength())
                    .isEqualTo(validation.signal(signal).strength());
            assertThat(shuffled.signal(signal).overCohorts())
                    .isEqualTo(validation.signal(signal).overCohorts());
            assertThat(shuffled.signal(signal).verdict())
                    .isEqualTo(validation.signal(signal).verdict());
        }
    }

    @Property(tries = 300)
    void informationValueIsNotNegativeAndKnowsNoOrderOfBins(@ForAll("users") Users users) {
        PredictiveStrength strength = users.validate().signal("level").strength();
        PredictiveStrength renamed = users.renamed().validate().signal("level").strength();

        assertThat(strength.informationValue()).isGreaterThanOrEqualTo(0);
        strength.unsmoothedInformationValue()
                .ifPresent(value -> assertThat(value).isGreaterThanOrEqualTo(0));
        assertThat(renamed.informationValue()).isCloseTo(strength.informationValue(), ROUNDING);
    }

    @Property(tries = 300)
    void weightsOfEvidenceAddUpToTheInformationValue(@ForAll("users") Users users) {
        SignalValidation validation = users.validate();
        for (SignalReport report : validation.signals()) {
            List<SignalBin> bins = report.strength().table();
            int rows = bins.stream().mapToInt(SignalBin::rows).sum();
            int positives = bins.stream().mapToInt(SignalBin::positives).sum();
            double all = positives + 0.5 * bins.size();
            double others = rows - positives + 0.5 * bins.size();
            double ofPositives = 0;
            double ofNegatives = 0;
            double sum = 0;
            for (SignalBin bin : bins) {
                double p = (bin.positives() + 0.5) / all;
                double n = (bin.rows() - bin.positives() + 0.5) / others;
                ofPositives += n * Math.exp(bin.weightOfEvidence());
                ofNegatives += p * Math.exp(-bin.weightOfEvidence());
                sum += (p - n) * bin.weightOfEvidence();
                assertThat(bin.rate()).isBetween(bin.lower() - 1e-12, bin.upper() + 1e-12);
            }

            assertThat(rows).isEqualTo(validation.rows());
            assertThat(positives).isEqualTo(validation.positives());
            assertThat(ofPositives).isCloseTo(1, ROUNDING);
            assertThat(ofNegatives).isCloseTo(1, ROUNDING);
            assertThat(sum).isCloseTo(report.strength().informationValue(), ROUNDING);
        }
    }

    @Property(tries = 300)
    void inflationIsAtLeastOneAndKnowsNoUnit(@ForAll("users") Users users) {
        SignalValidation validation = users.validate();
        // Without rounding, so that a dependence at the very limit of what counts as one stays on its side of it.
        SignalValidation scaled = users.map(x -> 0x1p30 * x).validate();
        SignalValidation shifted = users.map(x -> 1e9 * x - 5e9).validate();

        for (SignalReport report : validation.signals()) {
            report.collinearity().ifPresent(collinearity -> {
                Collinearity ofScaled =
                        scaled.signal(report.signal()).collinearity().orElseThrow();
                Collinearity ofShifted =
                        shifted.signal(report.signal()).collinearity().orElseThrow();
                assertThat(collinearity.factor()).isGreaterThanOrEqualTo(1);
                assertThat(ofScaled).isEqualTo(collinearity);
                if (collinearity.generalised() < 1e3) {
                    assertThat(ofShifted.generalised())
                            .isCloseTo(collinearity.generalised(), within(1e-6 * collinearity.generalised()));
                }
            });
        }
    }

    @Property(tries = 300)
    void everyReportIsJsonAndGivesItsReasons(@ForAll("users") Users users) {
        SignalValidation validation = users.validate();

        assertThat(validation.toJson()).contains("\"signals\"");
        for (SignalReport report : validation.signals()) {
            assertThat(report.reasons().isEmpty()).isEqualTo(report.verdict() == Verdict.KEEP);
            assertThat(report.reasons()).allSatisfy(reason -> assertThat(reason).doesNotContain("NaN"));
        }
    }

    /** Two to sixty users with both outcomes. */
    @Provide
    Arbitrary<Users> users() {
        Arbitrary<Double> tied = Arbitraries.integers().between(-3, 3).map(Integer::doubleValue);
        Arbitrary<Double> fine = Arbitraries.doubles().between(-50, 50).ofScale(3);
        Arbitrary<Double> numbers = Arbitraries.oneOf(tied, fine).injectNull(0.1);
        Arbitrary<User> user = Combinators.combine(
                        numbers,
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.of("a", "b", "c", "d").injectNull(0.1),
                        Arbitraries.of("", "2026-01-01", "2026-02-03", "2026-02-28"),
                        Arbitraries.of(true, false))
                .as(User::new);
        return user.list().ofMinSize(2).ofMaxSize(60).map(Users::of);
    }

    private record User(@Nullable Double x, int y, @Nullable String level, String day, boolean converted) {}

    private record Users(List<User> all) {

        static Users of(List<User> drawn) {
            List<User> users = new ArrayList<>(drawn);
            users.set(0, new User(1.0, 3, "a", "2026-01-01", true));
            users.set(1, new User(0.0, 4, "b", "2026-02-01", false));
            return new Users(users);
        }

        Users map(UnaryOperator<Double> rule) {
            return new Users(all.stream()
                    .map(user -> new User(
                            user.x == null ? null : rule.apply(user.x), user.y, user.level, user.day, user.converted))
                    .toList());
        }

        /** The levels in another order. */
        Users renamed() {
            return new Users(all.stream()
                    .map(user -> new User(
                            user.x,
                            user.y,
                            user.level == null ? null : String.valueOf((char) ('a' + 'd' - user.level.charAt(0))),
                            user.day,
                            user.converted))
                    .toList());
        }

        Users shuffled(long seed) {
            List<User> users = new ArrayList<>(all);
            Collections.shuffle(users, new Random(seed));
            return new Users(users);
        }

        SignalValidation validate() {
            SampleUsers sample = new SampleUsers(all.size(), row -> all.get(row).converted)
                    .with(Signal.numeric("x").whenMissing(WhenMissing.IMPUTE), row -> all.get(row).x)
                    .with(Signal.numeric("y"), row -> all.get(row).y)
                    .with(
                            Signal.categorical("level", "a", "b", "c", "d").whenMissing(WhenMissing.IMPUTE),
                            row -> all.get(row).level)
                    .attribute("day", row -> all.get(row).day);
            return sample.validate(ValidationOptions.defaults()
                    .cohort("day")
                    .limits(SignalLimits.defaults().cohortClass(1)));
        }
    }
}
