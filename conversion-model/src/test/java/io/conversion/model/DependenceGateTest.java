package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.provenance.GateCheck;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.ExpectedDirection;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.DataSet;
import io.conversion.model.design.DependentColumns;
import io.conversion.model.design.Design;
import io.conversion.model.design.FittedDesign;
import io.conversion.model.design.NumericForm;
import io.conversion.model.fit.LogisticFit;
import io.conversion.model.fit.PenalisedLikelihood;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gate says of signals that tell the same, exactly or mostly. */
class DependenceGateTest {

    /** Users of the plan "none" are the inactive ones, and no others. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 100})
    void levelThatIsAnotherSignalIsNamedUnderAnyPenalty(double penalty) {
        Random random = new Random(7);
        DataSet.Builder builder = DataSet.builder(SignalSchema.of(
                "two", "1", Signal.flag("inactive"), Signal.categorical("plan", "basic", "none", "pro")));
        for (int i = 0; i < 4000; i++) {
            boolean inactive = random.nextInt(3) == 0;
            String plan = inactive ? "none" : random.nextBoolean() ? "basic" : "pro";
            builder.add(Map.of("inactive", inactive, "plan", plan), random.nextDouble() < (inactive ? 0.1 : 0.3));
        }

        List<GateCheck> gate = LogisticTrainer.linear()
                .penalty(penalty)
                .train(builder.build("converted"))
                .gate();

        assertThat(checks(gate, "dependent_columns"))
                .extracting(GateCheck::subject)
                .containsExactlyInAnyOrder("inactive", "plan");
        assertThat(checks(gate, "dependent_columns").get(0).sentence())
                .isEqualTo("column \"plan=none\" follows exactly from \"inactive\", so nothing but the penalty divides"
                        + " their effect: the curves and intervals of these signals hold for their sum, not one by one;"
                        + " exclude signals, or levels, that repeat others");
        assertThat(checks(gate, "condition").get(0).sentence())
                .isEqualTo("all but the dependent columns are told apart well");
    }

    /** The number of a signal apart from which it has a curve is a column, too. */
    @Test
    void pointMassThatIsAFlagIsNamed() {
        Random random = new Random(7);
        DataSet.Builder builder =
                DataSet.builder(SignalSchema.of("two", "1", Signal.numeric("hours"), Signal.flag("idle")));
        for (int i = 0; i < 3000; i++) {
            double hours = random.nextInt(3) == 0 ? 0 : 1 + 9 * random.nextDouble();
            builder.add(Map.of("hours", hours, "idle", hours == 0), random.nextDouble() < 0.3);
        }
        DataSet data = builder.build("converted");
        Design design = Design.shaped(
                data,
                Design.summaries(data),
                Map.of(0, new NumericForm(NumericForm.Kind.LINEAR, Shape.Scale.PLAIN, List.of(), 0.0)),
                false);
        int[] all = {0, 1, 2};
        double[] lambdas = {1, 1, 1};
        LogisticFit.Outcome fit = LogisticFit.fit(design.rows(), data.outcomes(), lambdas);
        PenalisedLikelihood optimum = Objects.requireNonNull(fit.optimum());

        assertThat(DependentColumns.of(
                        new FittedDesign(design, all, fit, optimum, 1, null, List.of()), optimum.hessian(), Set.of()))
                .containsExactly(
                        new DependentColumns.Dependence("idle", List.of("hours = 0.0"), List.of("idle", "hours")));
    }

    /** A sum of two signals, under a penalty; and none where a digit of one row differs. */
    @Test
    void sumOfSignalsIsNamedAndANearCopyIsNot() {
        assertThat(checks(sums(0), "dependent_columns"))
                .extracting(GateCheck::subject)
                .containsExactly("total", "web", "app");
        assertThat(checks(sums(0.5), "dependent_columns")).isEmpty();
    }

    private static List<GateCheck> sums(double noise) {
        Random random = new Random(5);
        DataSet.Builder builder = DataSet.builder(
                SignalSchema.of("three", "1", Signal.numeric("web"), Signal.numeric("app"), Signal.numeric("total")));
        for (int i = 0; i < 2000; i++) {
            double web = random.nextInt(20);
            double app = random.nextInt(20);
            double logOdds = 0.1 * (web - app);
            builder.add(
                    Map.of("web", web, "app", app, "total", web + app + noise * random.nextGaussian()),
                    random.nextDouble() < 1 / (1 + Math.exp(-logOdds)));
        }
        return LogisticTrainer.linear().train(builder.build("converted")).gate();
    }

    /** Sessions raise conversion by the hours that go with them, and lower it at equal hours. */
    @Test
    void signThatFlipsIsToldWithThePartnerThatExplainsIt() {
        List<GateCheck> gate = flips(ExpectedDirection.ANY).gate();

        assertThat(checks(gate, "sign_flip")).extracting(GateCheck::subject).containsExactly("sessions");
        assertThat(checks(gate, "sign_flip").get(0).sentence())
                .isEqualTo("signal \"sessions\" raises the probability alone and lowers it beside the other signals,"
                        + " above all \"hours\", which goes with it; read them together, or exclude one of them");
    }

    @Test
    void declarationThatHoldsAloneIsNotSaidToContradictTheData() {
        GateCheck refused = checks(flips(ExpectedDirection.INCREASING).gate(), "expected_direction")
                .get(0);

        assertThat(refused.verdict()).isEqualTo(GateCheck.Verdict.REFUSED);
        assertThat(refused.sentence())
                .isEqualTo("signal \"sessions\" goes the way that it declares alone, and the other way beside the"
                        + " other signals, above all \"hours\": exclude one of them, or let shapes be chosen, which"
                        + " keep to the declaration");
    }

    private static TrainingResult flips(ExpectedDirection expected) {
        Random random = new Random(9);
        DataSet.Builder builder = DataSet.builder(SignalSchema.of(
                "three",
                "1",
                Signal.numeric("sessions").expected(expected),
                Signal.numeric("hours"),
                Signal.numeric("age")));
        for (int i = 0; i < 4000; i++) {
            double sessions = 10 * random.nextDouble();
            double hours = sessions + 2 * random.nextDouble();
            double logOdds = -3 + 1.2 * hours - 0.9 * sessions;
            builder.add(
                    Map.of("sessions", sessions, "hours", hours, "age", random.nextGaussian()),
                    random.nextDouble() < 1 / (1 + Math.exp(-logOdds)));
        }
        return LogisticTrainer.linear().train(builder.build("converted"));
    }

    private static List<GateCheck> checks(List<GateCheck> gate, String name) {
        return gate.stream().filter(check -> check.name().equals(name)).toList();
    }
}
