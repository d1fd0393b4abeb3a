package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.Change.CannotReach;
import io.conversion.core.Change.NotWithinTraining;
import io.conversion.core.Change.Reaches;
import io.conversion.core.Change.TrainingRange;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.provenance.SignalDistribution.Flags;
import io.conversion.core.provenance.SignalDistribution.Levels;
import io.conversion.core.provenance.SignalDistribution.Numbers;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The smallest change stays where training rows were. The log-odds are those of the sum of two signals less 4. */
class ChangeWithinTrainingTest {

    private static final NumericSignal VISITS =
            Signal.numeric("visits").wholeNumbers().actionable();
    private static final NumericSignal HOURS =
            Signal.numeric("hours").range(-1e9, 1e9).actionable();
    private static final FlagSignal GIFT = Signal.flag("gift").actionable();
    private static final CategoricalSignal PLAN =
            Signal.categorical("plan", "month", "year", "life").actionable();

    private static final ConversionModel MODEL = model(new Shape.Linear(0.125, 0, 0), new Shape.Linear(-0.5, 0, 0));

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            from, target, to,   reaches
            3,    0.1,    15,   true
            3,    0.5,    32,   true
            3,    0.9,    40,   false
            900,  0.99,   900,  true
            40,   0.99,   40,   false
            -7,   0.02,   1,    true
            -7,   0.99,   40,   false
            """)
    void wholeNumbersStayWithinTheTrainingRows(double from, double target, double to, boolean reaches) {
        Change change = ask(MODEL, from, 0, target).get(0);

        if (reaches) {
            assertThat(change).isInstanceOfSatisfying(Reaches.class, answer -> {
                assertThat(answer.to()).isEqualTo(to);
                assertThat(answer.trainingRange())
                        .isEqualTo(from == to ? Optional.empty() : Optional.of(new TrainingRange(1, 40)));
            });
        } else {
            assertThat(change).isInstanceOfSatisfying(NotWithinTraining.class, answer -> {
                assertThat(answer.best()).isEqualTo(to);
                assertThat(answer.probability()).isLessThan(target);
                assertThat(answer.within()).isEqualTo(new TrainingRange(1, 40));
            });
        }
    }

    @Test
    void aUserBeyondTheRowsIsOfferedTheirEndOnly() {
        assertThat(ask(MODEL, 24, 30, 0.5).get(1)).isInstanceOfSatisfying(Reaches.class, answer -> {
            assertThat((double) answer.to()).isCloseTo(-2, within(1e-12));
            assertThat(answer.trainingRange()).contains(new TrainingRange(-2.5, 7.5));
        });
        assertThat(ask(MODEL, 20, 30, 0.5).get(1))
                .isEqualTo(new NotWithinTraining(
                        HOURS, 30.0, -2.5, Logistic.probability(-0.25), new TrainingRange(-2.5, 7.5)));
    }

    @Test
    void aTruthValueAndALevelOfNoRowAreNotOffered() {
        List<Change> changes = ask(MODEL, 24, 0, 0.5);

        assertThat(changes.get(2)).isEqualTo(new CannotReach(GIFT, false, false, Logistic.probability(-1)));
        assertThat(changes.get(3)).isEqualTo(new Reaches(PLAN, "month", "year", Logistic.probability(0.5)));
        assertThat(ask(MODEL, 8, 0, 0.5).get(3))
                .isEqualTo(new CannotReach(PLAN, "month", "year", Logistic.probability(-1.5)));
    }

    @Test
    void aModelThatDoesNotKnowItsRowsSearchesTheRangeOfTheSchema() {
        ConversionModel unknown = parts(new Shape.Linear(0.125, 0, 0), new Shape.Linear(-0.5, 0, 0))
                .build();

        assertThat(ask(unknown, 3, 0, 0.9).get(0)).isInstanceOfSatisfying(Reaches.class, answer -> {
            assertThat(answer.to()).isEqualTo(50.0);
            assertThat(answer.trainingRange()).isEmpty();
        });
    }

    @Test
    void noAnswerOfAnyShapeLeavesTheTrainingRows() {
        Random random = new Random(11);
        for (int round = 0; round < 5_000; round++) {
            ConversionModel model = model(shape(random), shape(random));
            double target = 0.02 + 0.96 * random.nextDouble();
            double visits = Math.rint(random.nextGaussian() * 60);
            double hours = random.nextGaussian() * 8;

            List<Change> changes = ask(model, visits, hours, target);

            for (Change change : changes.subList(0, 2)) {
                TrainingRange range =
                        change.signal().equals(VISITS) ? new TrainingRange(1, 40) : new TrainingRange(-2.5, 7.5);
                if (change instanceof Reaches reaches) {
                    if (!reaches.from().equals(reaches.to())) {
                        assertThat((double) reaches.to()).isBetween(range.lowest(), range.highest());
                        assertThat(reaches.within()).isEqualTo(range);
                    }
                } else {
                    assertThat(change).isInstanceOf(NotWithinTraining.class);
                    NotWithinTraining none = (NotWithinTraining) change;
                    assertThat(none.within()).isEqualTo(range);
                    assertThat(none.best())
                            .satisfiesAnyOf(
                                    best -> assertThat(best).isEqualTo(none.from()),
                                    best -> assertThat((double) best).isBetween(range.lowest(), range.highest()));
                    for (double x = range.lowest(); x <= range.highest(); x += 0.5) {
                        double tried = change.signal().equals(VISITS) ? Math.rint(x) : x;
                        assertThat(probability(
                                        model,
                                        change.signal().equals(VISITS) ? tried : visits,
                                        change.signal().equals(HOURS) ? tried : hours))
                                .isLessThan(target)
                                .isLessThanOrEqualTo(none.probability());
                    }
                }
            }
        }
    }

    private static Shape shape(Random random) {
        double a = random.nextGaussian() * 0.2;
        List<Double> four = List.of(
                random.nextGaussian() * 3, random.nextGaussian(), random.nextGaussian() * 3, random.nextGaussian());
        return switch (random.nextInt(4)) {
            case 0 -> new Shape.Linear(a, 0, 0);
            case 1 -> new Shape.Log(a * 5, 0, 0);
            case 2 -> new Shape.Steps(List.of(-5.0, 6.0, 80.0), four, 0);
            default ->
                new Shape.PointMass(
                        0, 2, new Shape.Piecewise(Shape.Scale.PLAIN, List.of(-5.0, 6.0, 30.0, 80.0), four, 0));
        };
    }

    private static double probability(ConversionModel model, double visits, double hours) {
        return model.scorer()
                .score(model.schema().read(user(visits, hours)).orElseThrow())
                .probability();
    }

    private static List<Change> ask(ConversionModel model, double visits, double hours, double target) {
        return model.scorer()
                .whatWouldChange(model.schema().read(user(visits, hours)).orElseThrow(), target)
                .orElseThrow();
    }

    private static Map<String, Object> user(double visits, double hours) {
        return Map.of("visits", visits, "hours", hours, "gift", false, "plan", "month");
    }

    private static ConversionModel model(Shape visits, Shape hours) {
        Map<String, Long> plans = new LinkedHashMap<>();
        plans.put("month", 60L);
        plans.put("year", 40L);
        plans.put("life", 0L);
        Map<String, SignalDistribution> rows = Map.of(
                "visits", new Numbers(List.of(10.0), List.of(50L, 50L), 0, 1, 40),
                "hours", new Numbers(List.of(0.0), List.of(50L, 50L), 0, -2.5, 7.5),
                "gift", new Flags(100, 0, 0),
                "plan", new Levels(plans, 0, 0));
        return parts(visits, hours)
                .referenceDistribution(ReferenceDistribution.of(rows, new Numbers(List.of(0.5), List.of(50L, 50L), 0)))
                .build();
    }

    private static ConversionModelBuilder parts(Shape visits, Shape hours) {
        return ConversionModel.builder("m", "1", SignalSchema.of("s", "1", VISITS, HOURS, GIFT, PLAN))
                .intercept(-4)
                .shapes(Map.of(
                        "visits",
                        visits,
                        "hours",
                        hours,
                        "gift",
                        new Shape.Flag(3, 0),
                        "plan",
                        Fixtures.levels(0, 0, Set.of(), "month", 0.0, "year", 1.5, "life", 8.0)));
    }
}
