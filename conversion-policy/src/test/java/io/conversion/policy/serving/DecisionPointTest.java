package io.conversion.policy.serving;

import static io.conversion.policy.serving.Servings.MODEL;
import static io.conversion.policy.serving.Servings.NOON;
import static io.conversion.policy.serving.Servings.decide;
import static io.conversion.policy.serving.Servings.ofTwo;
import static io.conversion.policy.serving.Servings.options;
import static io.conversion.policy.serving.Servings.point;
import static io.conversion.policy.serving.Servings.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.ConversionModel;
import io.conversion.core.signals.SignalReading;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.DecisionListener;
import io.conversion.policy.serving.Servings.Hours;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionPointTest {

    private static final ServingUnit UNIT = ServingUnit.of(MODEL, policy("1", 0.7, MODEL));

    @TempDir
    private Path folder;

    @Test
    void eventHoldsAllThatTheDecisionWasMadeOf() {
        List<DecisionEvent> events = new ArrayList<>();
        List<Long> nanoseconds = new ArrayList<>();
        DecisionPoint point = DecisionPoint.of(() -> UNIT, (event, took) -> {
            events.add(event);
            nanoseconds.add(took);
        });
        DecisionContext context = DecisionContext.NONE.userKey("user");

        ServedDecision served = point.decide(Map.of("hours", 2), context, "req-1", NOON);

        assertThat(served.decision().action()).isEqualTo("offer");
        assertThat(served.unit()).isSameAs(UNIT);
        DecisionEvent event = served.event();
        assertThat(events).containsExactly(event);
        assertThat(nanoseconds)
                .singleElement()
                .satisfies(took -> assertThat(took).isNotNegative());
        assertThat(event)
                .isEqualTo(new DecisionEvent(
                        "req-1",
                        NOON,
                        UNIT.scorer(),
                        UNIT.policy(),
                        MODEL.schema().read(Map.of("hours", 2)),
                        context,
                        served.decision()));
    }

    /** The unit is swapped while the signals of a request are being read. */
    @Test
    void requestFinishesOnTheUnitThatItBeganWith() throws IOException {
        ServingFolder.publish(folder, MODEL, policy("1", 0.7, MODEL), "");
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options());
        ServingUnit one = watcher.current();
        ConversionModel two = ofTwo("2");
        DecisionPoint point = point(watcher);

        ServedDecision served = point.decide(
                unit -> {
                    try {
                        ServingFolder.publish(folder, two, policy("2", 0.1, two), "");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    watcher.refresh();
                    return unit.binding(Hours.class, MethodHandles.lookup()).read(new Hours(0));
                },
                DecisionContext.NONE,
                "request",
                null);

        assertThat(watcher.current().revision()).isEqualTo(2);
        assertThat(served.unit()).isSameAs(one);
        assertThat(served.decision().action()).isEqualTo("wait");
        assertThat(served.decision().model()).isEqualTo(MODEL.reference());
        assertThat(decide(point, Map.of("hours", 0)).decision().model()).isEqualTo(two.reference());
    }

    @Test
    void listenerThatFailsTouchesNeitherTheDecisionNorTheOthers() {
        AtomicInteger told = new AtomicInteger();
        DecisionListener fails = (event, took) -> {
            throw new StackOverflowError("planted");
        };
        DecisionPoint point = DecisionPoint.of(() -> UNIT, fails, (event, took) -> told.incrementAndGet(), fails);

        ServedDecision first = decide(point, Map.of("hours", 2));
        ServedDecision second = decide(point, Map.of("hours", -2));

        assertThat(first.decision().action()).isEqualTo("offer");
        assertThat(second.decision().action()).isEqualTo("wait");
        assertThat(told).hasValue(2);
        assertThat(point.listenerFailures()).isEqualTo(4);
    }

    @Test
    void badDataIsAFallbackAndNoException() {
        DecisionPoint point = DecisionPoint.of(() -> UNIT);
        Map<String, Object> odd = new HashMap<>();
        odd.put(null, null);
        odd.put("hours", List.of());
        odd.put("\n", this);

        for (Map<String, ?> values : List.of(odd, Map.<String, Object>of(), Map.of("hours", "9"), Map.of("hour", 9))) {
            assertThat(decide(point, values).decision().reason()).isEqualTo(Reason.INVALID_SIGNALS);
        }
    }

    @Test
    void rowsHaveOutcomesOfTheirOwnByOneUnit() {
        AtomicInteger asked = new AtomicInteger();
        DecisionPoint point = DecisionPoint.of(() -> {
            asked.incrementAndGet();
            return UNIT;
        });

        List<ServedDecision> decisions = point.decideAll(
                List.of(
                        DecisionRequest.of(Map.of("hours", 2), DecisionContext.NONE, "a"),
                        DecisionRequest.of(Map.of("hours", "2"), DecisionContext.NONE, "b"),
                        new DecisionRequest(
                                unit -> unit.binding(Hours.class, MethodHandles.lookup())
                                        .read(new Hours(-2)),
                                DecisionContext.NONE,
                                "c")),
                NOON);

        assertThat(decisions).extracting(served -> served.event().request()).containsExactly("a", "b", "c");
        assertThat(decisions).extracting(served -> served.decision().action()).containsExactly("offer", "none", "wait");
        assertThat(decisions).extracting(ServedDecision::unit).containsOnly(UNIT);
        assertThat(asked).hasValue(1);
    }

    @Test
    void readingOfAnotherSchemaIsAMistakeOfTheHost() {
        SignalReading ofTwo = Servings.TWO.read(Map.of("hours", 1));
        DecisionPoint point = DecisionPoint.of(() -> UNIT);

        assertThatThrownBy(() -> point.decide(unit -> ofTwo, DecisionContext.NONE, "request", NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"two\" 1");
    }
}
