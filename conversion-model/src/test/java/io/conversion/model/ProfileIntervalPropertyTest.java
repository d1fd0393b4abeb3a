package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.model.data.InvalidDataException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Offset;

/** Laws of profile likelihood intervals. */
class ProfileIntervalPropertyTest {

    private static final LogisticTrainer UNPENALISED = LogisticTrainer.linear().penalty(0);
    private static final Offset<Double> ROUNDING = within(1e-7);

    @Property(tries = 200)
    void higherLevelHoldsALowerOneAndBothHoldTheEstimate(@ForAll("users") LabelledUsers users) {
        TrainingResult result = train(UNPENALISED, users);

        List<ProfileInterval> narrow = profile(result, 0.8);
        List<ProfileInterval> wide = profile(result, 0.95);

        for (int j = 0; j < narrow.size(); j++) {
            double estimate = result.coefficients().get(j).value();
            assertThat(narrow.get(j).estimate()).isEqualTo(estimate);
            assertThat(new double[] {
                        wide.get(j).lower(),
                        narrow.get(j).lower(),
                        estimate,
                        narrow.get(j).upper(),
                        wide.get(j).upper()
                    })
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Property(tries = 100)
    void endsAreDividedByWhatASignalIsMultipliedBy(
            @ForAll("numbers") double[][] rows, @ForAll @DoubleRange(min = 0.01, max = 100) double factor) {
        LogisticTrainer trainer = UNPENALISED.standardise(false);
        double[][] scaled = Arrays.stream(rows)
                .map(row -> new double[] {factor * row[0], row[1], row[2]})
                .toArray(double[][]::new);

        List<ProfileInterval> ends = profile(train(trainer, LabelledUsers.numbers(rows)), 0.9);
        List<ProfileInterval> changed = profile(train(trainer, LabelledUsers.numbers(scaled)), 0.9);

        assertThat(changed).hasSameSizeAs(ends);
        for (int j = 0; j < ends.size(); j++) {
            double unit = ends.get(j).column().equals("x1") ? factor : 1;
            assertThat(changed.get(j).lower() * unit / ends.get(j).lower()).isCloseTo(1, ROUNDING);
            assertThat(changed.get(j).upper() * unit / ends.get(j).upper()).isCloseTo(1, ROUNDING);
        }
    }

    @Property(tries = 100)
    void endsChangePlacesWithTheOutcomes(@ForAll("numbers") double[][] rows) {
        double[][] turned = Arrays.stream(rows)
                .map(row -> new double[] {row[0], row[1], 1 - row[2]})
                .toArray(double[][]::new);

        List<ProfileInterval> ends = profile(train(UNPENALISED, LabelledUsers.numbers(rows)), 0.9);
        List<ProfileInterval> changed = profile(train(UNPENALISED, LabelledUsers.numbers(turned)), 0.9);

        for (int j = 0; j < ends.size(); j++) {
            assertThat(-changed.get(j).lower() / ends.get(j).upper()).isCloseTo(1, ROUNDING);
            assertThat(-changed.get(j).upper() / ends.get(j).lower()).isCloseTo(1, ROUNDING);
        }
    }

    /** The fit; a sample without one is passed over. */
    private static TrainingResult train(LogisticTrainer trainer, LabelledUsers users) {
        try {
            return trainer.train(users.dataSet());
        } catch (SeparationException | InvalidDataException refusal) {
            Assume.that(false);
            throw refusal;
        }
    }

    /**
     * The intervals; a sample that is all but separated, about one in a thousand, may have an end that cannot be solved
     * for, which is said and passed over here.
     */
    private static List<ProfileInterval> profile(TrainingResult result, double level) {
        try {
            return result.profile(level);
        } catch (IllegalStateException refusal) {
            assertThat(refusal).hasMessageContaining("cannot be solved for; look for columns that nearly depend on");
            Assume.that(false);
            throw refusal;
        }
    }

    @Provide
    Arbitrary<LabelledUsers> users() {
        return RandomUsers.users();
    }

    @Provide
    Arbitrary<double[][]> numbers() {
        return Combinators.combine(
                        Arbitraries.doubles().between(-4, 4).ofScale(2),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 1))
                .as((x1, x2, outcome) -> new double[] {x1, x2, outcome})
                .array(double[][].class)
                .ofMinSize(12)
                .ofMaxSize(30);
    }
}
