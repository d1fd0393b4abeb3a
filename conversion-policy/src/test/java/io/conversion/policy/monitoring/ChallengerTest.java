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
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.monitoring.Challenger.Budget;
import io.conversion.policy.monitoring.Challenger.Pair;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.ServingUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class ChallengerTest {

    private static final SignalSchema SCHEMA = SignalSchema.of("s", "1", Signal.numeric("log_odds"));
    private static final Scorer SCORER = model("trial").scorer();
    private static final PolicyEngine CHAMPION = engine(0.5);
    private static final PolicyEngine CHALLENGER = engine(0.7);
    private static final Budget BUDGET = new Budget(100, 2);

    @Test
    void championDecidesAndPairsAreCounted() {
        Challenger challenger = challenger(CHALLENGER, SCORER, () -> 0);

        Decision low = decide(challenger, reading(-1));
        Decision between = decide(challenger, reading(0.5));
        Decision high = decide(challenger, reading(2));
        decide(challenger, SCHEMA.read(Map.of()));

        assertThat(List.of(low, between, high)).extracting(Decision::action).containsExactly("wait", "offer", "offer");
        assertThat(challenger.pairs())
                .isEqualTo(Map.of(
                        new Pair("low", "low"),
                        1L,
                        new Pair("high", "low"),
                        1L,
                        new Pair("high", "high"),
                        1L,
                        new Pair("fallback: invalid_signals", "fallback: invalid_signals"),
                        1L));
        assertThat(challenger.disagreements()).isEqualTo(1);
        assertThat(challenger.switchedOff()).isEmpty();
    }

    @Test
    void challengerOfAnotherModelIsAskedWithItsOwnScorer() {
        Challenger challenger = challenger(CHAMPION, model("churn").scorer(), () -> 0);

        decide(challenger, reading(2));

        assertThat(challenger.pairs()).containsOnlyKeys(new Pair("high", "fallback: other_model"));
    }

    @Test
    void challengerThatFailsIsSwitchedOffAndTheChampionAnswers() {
        Challenger challenger = challenger(CHALLENGER, SCORER, () -> {
            throw new StackOverflowError("planted");
        });

        Decision first = decide(challenger, reading(2));
        Decision second = decide(challenger, reading(2));

        assertThat(List.of(first, second)).extracting(Decision::action).containsOnly("offer");
        assertThat(challenger.switchedOff()).contains("it failed: java.lang.StackOverflowError");
        assertThat(challenger.pairs()).isEmpty();
    }

    @Test
    void challengerThatIsSlowTooOftenInARowIsSwitchedOff() {
        AtomicLong clock = new AtomicLong();
        AtomicLong step = new AtomicLong(101);
        Challenger challenger = challenger(CHALLENGER, SCORER, () -> clock.getAndAdd(step.get()));

        decide(challenger, reading(2));
        step.set(100);
        decide(challenger, reading(2));
        step.set(101);
        decide(challenger, reading(2));
        assertThat(challenger.switchedOff()).isEmpty();
        decide(challenger, reading(2));
        decide(challenger, reading(2));

        assertThat(challenger.switchedOff())
                .contains("it took 101 ns where 100 are allowed, the last of 2 slow decisions in a row");
        assertThat(challenger.pairs()).containsExactly(Map.entry(new Pair("high", "high"), 4L));
    }

    @Test
    void decisionOnAnotherSchemaIsSkipped() {
        Scorer other = ConversionModel.of(
                        "trial",
                        "1",
                        SignalSchema.of("t", "1", Signal.numeric("x")),
                        0,
                        Map.of("x", new Shape.Linear(1, 0, 0)))
                .scorer();
        Challenger challenger = challenger(CHALLENGER, other, () -> 0);

        decide(challenger, reading(2));

        assertThat(challenger.skipped()).isEqualTo(1);
        assertThat(challenger.pairs()).isEmpty();
        assertThat(challenger.switchedOff()).isEmpty();
    }

    @Test
    void isAskedWhatADecisionPointDecided() {
        Challenger challenger = Challenger.of(SCORER, CHALLENGER, new Budget(Long.MAX_VALUE, 1));
        ServingUnit unit = ServingUnit.of(model("trial"), CHAMPION.policy());
        DecisionPoint point = DecisionPoint.of(() -> unit, challenger);

        point.decide(Map.of("log_odds", 0.5), DecisionContext.NONE, "request", null);

        assertThat(challenger.pairs()).containsExactly(Map.entry(new Pair("high", "low"), 1L));
    }

    @Test
    void budgetIsChecked() {
        assertThatThrownBy(() -> new Budget(0, 1))
                .hasMessage("the budget of a challenger is 0 nanoseconds, 1 times in a row; both must be at least 1");
    }

    private static Challenger challenger(PolicyEngine engine, Scorer scorer, LongSupplier clock) {
        return Challenger.of(scorer, engine, BUDGET, clock);
    }

    private static Decision decide(Challenger challenger, SignalReading reading) {
        DecisionEvent event = DecisionEvent.decide(CHAMPION, SCORER, reading, DecisionContext.NONE, "request", null);
        challenger.decided(event, 0);
        return event.decision();
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
