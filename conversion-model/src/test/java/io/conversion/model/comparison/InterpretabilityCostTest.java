package io.conversion.model.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.Interval;
import io.conversion.model.evaluation.ModelDifference.Difference;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpretabilityCostTest {

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    LOWER  | UPPER   | SENTENCE
                    0.0001 | 0.0100  | Being readable has a cost here: random forest gains FIGURES over our model.
                    0      | 0.0100  | Being readable shows no cost here: what random forest gains over our model, FIGURES, is within noise.
                    -0.01  | 0.0200  | Being readable shows no cost here: what random forest gains over our model, FIGURES, is within noise.
                    -0.02  | -0.0001 | Being readable costs nothing here: random forest does worse than our model; its gain is FIGURES.
                    """)
    void sentenceSaysWhetherTheGainIsBeyondNoise(double lower, double upper, String sentence) {
        InterpretabilityCost cost = new InterpretabilityCost(
                contenders(new Difference(0.005, new Interval(lower, upper))), Approach.RANDOM_FOREST, List.of());

        String figures = String.format(
                Locale.ROOT,
                "0.0050 of log loss (95 %% interval %.4f to %.4f) and 0.0100 of ROC AUC (-0.0200 to 0.0400)",
                lower,
                upper);
        assertThat(cost.sentence()).isEqualTo(sentence.replace("FIGURES", figures));
        assertThat(cost.isBeyondNoise()).isEqualTo(lower > 0);
    }

    @Test
    void contendersAreCompleteAndABlackBoxIsOne() {
        List<Contender> contenders = contenders(new Difference(0, new Interval(0, 0)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InterpretabilityCost(contenders.subList(1, 6), Approach.RANDOM_FOREST, List.of()))
                .withMessage("the contenders must be one of each approach, in the order of [naive rule, single tree,"
                        + " linear model, our model, random forest, gradient boosting]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InterpretabilityCost(contenders, Approach.SINGLE_TREE, List.of()))
                .withMessage("the single tree is not a black box");
    }

    private static List<Contender> contenders(Difference logLossGain) {
        Evaluation evaluation = Evaluation.of(new double[] {0.4, 0.6}, new boolean[] {false, true});
        Difference rocAucGain = new Difference(0.01, new Interval(-0.02, 0.04));
        return Arrays.stream(Approach.values())
                .map(approach -> new Contender(approach, List.of("chosen"), evaluation, rocAucGain, logLossGain))
                .toList();
    }
}
