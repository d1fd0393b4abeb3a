package io.conversion.policy.serving;

import static io.conversion.policy.serving.Servings.model;
import static io.conversion.policy.serving.Servings.options;
import static io.conversion.policy.serving.Servings.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.policy.Decision;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Policy;
import io.conversion.policy.serving.Refresh.Refused;
import io.conversion.policy.serving.Refresh.Swapped;
import io.conversion.policy.serving.Servings.Hours;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Threads decide while another one swaps units, a quarter of them bad. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ServingUnderLoadTest {

    private static final int RELOADS = 100;
    private static final Lookup LOOKUP = MethodHandles.lookup();

    private record Pair(String model, String policy) {}

    private final Set<Pair> published = ConcurrentHashMap.newKeySet();
    private final Queue<ServedDecision> wrong = new ConcurrentLinkedQueue<>();
    private final List<Semaphore> decided = List.of(new Semaphore(0), new Semaphore(0));

    @TempDir
    private Path folder;

    private volatile boolean finished;

    @Test
    void everyDecisionIsOfAPairThatWasPublished() throws Exception {
        publish(1);
        ArtifactWatcher watcher = ArtifactWatcher.open(
                folder, options().binds(Hours.class, LOOKUP).maxFlippedShare(1, 100));
        DecisionPoint point = DecisionPoint.of(watcher::current, watcher);
        ExecutorService deciders = Executors.newFixedThreadPool(decided.size());
        List<Future<?>> running = new ArrayList<>();
        try {
            for (int i = 0; i < decided.size(); i++) {
                int decider = i;
                running.add(deciders.submit(() -> decideOn(point, decider)));
            }
            for (int reload = 0; reload < RELOADS; reload++) {
                boolean bad = reload % 4 == 3;
                if (bad) {
                    Fault[] faults = Fault.values();
                    faults[reload / 4 % faults.length].publish(folder, reload + 2);
                } else {
                    publish(reload + 2);
                }
                assertThat(watcher.refresh()).isInstanceOf(bad ? Refused.class : Swapped.class);
                awaitDecisions();
            }
        } finally {
            finished = true;
            deciders.shutdown();
        }

        for (Future<?> decider : running) {
            decider.get();
        }
        assertThat(wrong).isEmpty();
        assertThat(watcher.status().swaps()).isEqualTo(75);
        assertThat(watcher.status().refusals()).isEqualTo(25);
        assertThat(point.listenerFailures()).isZero();
    }

    private void publish(int revision) throws IOException {
        ConversionModel model = model("revision " + revision, revision % 7 - 3);
        Policy policy = policy("revision " + revision, 0.1 + revision % 5 * 0.2, model);
        published.add(new Pair(model.reference().digest(), policy.reference().digest()));
        ServingFolder.publish(folder, revision, model, policy, "");
    }

    /** Decides by values and by records in turn; a pair that was never published has no place here. */
    private void decideOn(DecisionPoint point, int decider) {
        for (int user = 0; !finished; user++) {
            double hours = user % 9 - 4;
            ServedDecision served = user % 2 == 0
                    ? point.decide(Map.of("hours", hours), DecisionContext.NONE, "request", null)
                    : point.decide(
                            unit -> unit.binding(Hours.class, LOOKUP).read(new Hours(hours)),
                            DecisionContext.NONE,
                            "request",
                            null);

            Decision decision = served.decision();
            Decision again = served.unit()
                    .engine()
                    .decide(served.unit().scorer(), served.event().reading());
            boolean right = decision.reason() == Reason.BAND
                    && published.contains(new Pair(
                            decision.model().digest(), decision.policy().digest()))
                    && decision.details().equals(again.details());
            if (!right) {
                wrong.add(served);
            }
            decided.get(decider).release();
        }
    }

    /**
     * Each decider ends a decision and then begins and ends another one, so that every thread decides by every
     * unit.
     */
    private void awaitDecisions() throws InterruptedException {
        for (Semaphore decider : decided) {
            decider.drainPermits();
            assertThat(decider.tryAcquire(2, 30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
