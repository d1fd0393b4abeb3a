package io.conversion.policy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.ConversionModel;
import io.conversion.core.Scorer;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Band;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.monitoring.ChallengedEngine.Budget;
import io.conversion.policy.monitoring.ChallengedEngine.Pair;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class ChallengedEngineTest {

    private static final SignalSchema SCHEMA = SignalSchema.of("s", "1", Signal.numeric("log_odds"));
    private static final Scorer SCORER = model("trial").scorer();
    private static final PolicyEngine CHAMPION = engine(0.5);
    private static final PolicyEngine CHALLENGER = engine(0.7);
    private static final Budget BUDGET = new Budget(100, 2);

    @Test
    void championDecidesAndPairsAreCounted() {
        ChallengedEngine engine = engine(CHALLENGER, SCORER, () -> 0);

        Decision low = engine.decide(reading(-1), DecisionContext.NONE);
        Decision between = engine.decide(reading(0.5), DecisionContext.NONE);
        Decision high = engine.decide(reading(2), DecisionContext.NONE);
        engine.decide(SCHEMA.read(Map.of()), DecisionContext.NONE);

        assertThat(List.of(low, between, high)).extracting(Decision::action).containsExactly("wait", "offer", "offer");
        assertThat(engine.pairs())
                .isEqualTo(Map.of(
                        new Pair("low", "low"),
                        1L,
                        new Pair("high", "low"),
                        1L,
                        new Pair("high", "high"),
                        1L,
                        new Pair("fallback: invalid_signals", "fallback: invalid_signals"),
                        1L));
        assertThat(engine.disagreements()).isEqualTo(1);
        assertThat(engine.switchedOff()).isEmpty();
    }

    @Test
    void challengerOfAnotherModelIsAskedWithItsOwnScorer() {
        ChallengedEngine engine = engine(CHAMPION, model("churn").scorer(), () -> 0);

        engine.decide(reading(2), DecisionContext.NONE);

        assertThat(engine.pairs()).containsOnlyKeys(new Pair("high", "fallback: other_model"));
    }

    @Test
    void challengerThatFailsIsSwitchedOffAndTheChampionAnswers() {
        ChallengedEngine engine = engine(CHALLENGER, SCORER, () -> {
            throw new StackOverflowError("planted");
        });

        Decision first = engine.decide(reading(2), DecisionContext.NONE);
        Decision second = engine.decide(reading(2), DecisionContext.NONE);

        assertThat(List.of(first, second)).extracting(Decision::action).containsOnly("offer");
        assertThat(engine.switchedOff()).contains("it failed: java.lang.StackOverflowError: planted");
        assertThat(engine.pairs()).isEmpty();
    }

    @Test
    void challengerThatIsSlowTooOftenInARowIsSwitchedOff() {
        AtomicLong clock = new AtomicLong();
        AtomicLong step = new AtomicLong(101);
        ChallengedEngine engine = engine(CHALLENGER, SCORER, () -> clock.getAndAdd(step.get()));

        engine.decide(reading(2), DecisionContext.NONE);
        step.set(100);
        engine.decide(reading(2), DecisionContext.NONE);
        step.set(101);
        engine.decide(reading(2), DecisionContext.NONE);
        assertThat(engine.switchedOff()).isEmpty();
        engine.decide(reading(2), DecisionContext.NONE);
        engine.decide(reading(2), DecisionContext.NONE);

        assertThat(engine.switchedOff())
                .contains("it took 101 ns where 100 are allowed, the last of 2 slow decisions in a row");
        assertThat(engine.pairs()).containsExactly(Map.entry(new Pair("high", "high"), 4L));
    }

    @Test
    void budgetAndSchemaAreChecked() {
        Scorer other = ConversionModel.of(
                        "trial",
                        "1",
                        SignalSchema.of("t", "1", Signal.numeric("x")),
                        0,
                        Map.of("x", new Shape.Linear(1, 0, 0)))
                .scorer();

        assertThatThrownBy(() -> engine(CHALLENGER, other, () -> 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has schema \"t\" 1; both must read the same signals");
        assertThatThrownBy(() -> new Budget(0, 1))
                .hasMessage("the budget of a challenger is 0 nanoseconds, 1 times in a row; both must be at least 1");
    }

    private static ChallengedEngine engine(PolicyEngine challenger, Scorer scorer, LongSupplier clock) {
        return ChallengedEngine.of(SCORER, CHAMPION, scorer, challenger, BUDGET, clock);
    }

    private static SignalReading reading(double logOdds) {
        return SCHEMA.read(Map.of("log_odds", logOdds));
    }

    private static ConversionModel model(String name) {
        return ConversionModel.of(name, "1", SCHEMA, 0, Map.of("log_odds", new Shape.Linear(1, 0, 0)));
    }

    private static PolicyEngine engine(double bound) {
        return PolicyEngine.of(Policy.of(
                "p",
                "1",
                ModelRequirement.named("trial"),
                List.of(Band.of("low", 0, "wait"), Band.of("high", bound, "offer")),
                "none"));
    }
}
