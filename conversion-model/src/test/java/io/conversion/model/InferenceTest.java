package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.ConversionModel;
import io.conversion.core.ProbabilityInterval;
import io.conversion.model.data.DataSet;
import io.conversion.model.fit.NewtonSystem;
import io.conversion.model.synthetic.StreamingUsers;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class InferenceTest {

    /** statsmodels and R agree on the reference. */
    @ParameterizedTest
    @EnumSource
    void standardErrorsAgreeWithStatsmodels(RealUsers users) throws IOException {
        JsonNode reference = users.reference().get("unpenalised");

        List<CoefficientInference> inferences = LogisticTrainer.linear()
                .penalty(0)
                .train(users.read().training())
                .inference(0.95);

        JsonNode columns = reference.get("columns");
        int intercept = columns.size() - inferences.size();
        for (int j = 0; j < inferences.size(); j++) {
            CoefficientInference inference = inferences.get(j);
            assertThat(inference.column()).isEqualTo(columns.get(j + intercept).stringValue());
            double expected =
                    reference.get("standard_errors").get(j + intercept).doubleValue();
            assertThat(inference.standardError() / expected)
                    .as(inference.column())
                    .isCloseTo(1, within(1e-7));
        }
    }

    @Test
    void penalisedFitHasNoPValuesAndSaysWhy() {
        TrainingResult result = LogisticTrainer.linear().train(StreamingUsers.generate(500, 1));

        assertThatThrownBy(() -> result.inference(0.95))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the fit has no p-values: its L2 penalty of 1.0 shrinks the coefficients; train with linear"
                        + " shapes and a penalty of 0 for inference");
    }

    /** Against the variance of a row of the design, which knows nothing of shapes. */
    @Test
    void intervalOfAScoreIsThatOfItsRowOfTheDesign() {
        DataSet data = StreamingUsers.generate(2000, 4);
        TrainingResult result =
                LogisticTrainer.withDefaults().calibrate(CalibrationMethod.NONE).train(data);
        ConversionModel model = result.publish("model", "1");
        double[][] covariance = Objects.requireNonNull(
                        NewtonSystem.of(result.fitted().optimum().hessian()))
                .inverse();

        for (int row = 0; row < 200; row++) {
            double[] x = Arrays.copyOf(result.fitted().design().rows()[row], covariance.length);
            x[x.length - 1] = 1;
            double variance = 0;
            for (int j = 0; j < x.length; j++) {
                for (int k = 0; k < x.length; k++) {
                    variance += x[j] * covariance[j][k] * x[k];
                }
            }
            ProbabilityInterval interval =
                    model.scorer().interval(data.signals(row), 0.95).orElseThrow();
            double width = logit(interval.upper()) - logit(interval.lower());
            assertThat(width).isCloseTo(2 * 1.959963984540054 * Math.sqrt(variance), within(1e-9));
        }
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }
}
