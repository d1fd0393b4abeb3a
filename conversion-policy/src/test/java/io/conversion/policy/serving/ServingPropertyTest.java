package io.conversion.policy.serving;

import static io.conversion.policy.serving.Servings.decide;
import static io.conversion.policy.serving.Servings.model;
import static io.conversion.policy.serving.Servings.options;
import static io.conversion.policy.serving.Servings.point;
import static io.conversion.policy.serving.Servings.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.policy.Decision;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.Policy;
import io.conversion.policy.TemporaryFolder;
import io.conversion.policy.serving.Refresh.Refused;
import io.conversion.policy.serving.Refresh.Swapped;
import io.conversion.policy.serving.Refresh.Unchanged;
import io.conversion.policy.serving.Servings.Hours;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is published, good or bad: what is served is what the plainest model of a watcher serves. */
class ServingPropertyTest {

    /** What somebody does to the folder or the watcher. */
    private sealed interface Step {}

    /**
     * Publishes a pair.
     *
     * @param shift of the model
     * @param bound of the policy
     */
    private record Publish(int shift, double bound) implements Step {}

    private record PublishBad(Fault fault) implements Step {}

    private record Look() implements Step {}

    private record GoBack() implements Step {}

    private record Pair(String model, String policy) {}

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void servedUnitIsTheLastGoodOne(@ForAll("steps") List<Step> steps) throws IOException {
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            Path folder = temporary.path();
            Diary diary = new Diary(folder);
            diary.publish(new Publish(0, 0.5));
            try (ArtifactWatcher watcher =
                    ArtifactWatcher.open(folder, options().binds(Hours.class, MethodHandles.lookup()))) {
                diary.looked();
                DecisionPoint point = point(watcher);
                for (Step step : steps) {
                    long served = watcher.current().revision();
                    diary.does(step, watcher);

                    assertThat(watcher.current().revision()).as("%s", step).isEqualTo(diary.served);
                    assertThat(watcher.status().highestRevision()).isEqualTo(diary.highest);
                    assertThat(watcher.status().refusals()).isEqualTo(diary.refusals);
                    if (!(step instanceof GoBack)) {
                        assertThat(watcher.current().revision()).isGreaterThanOrEqualTo(served);
                    }
                    Decision decision = decide(point, Map.of("hours", 0.25)).decision();
                    assertThat(decision.reason()).isEqualTo(Reason.BAND);
                    assertThat(diary.pairs)
                            .contains(new Pair(
                                    decision.model().digest(), decision.policy().digest()));
                }
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step> publish = Arbitraries.integers()
                .between(-1, 1)
                .flatMap(shift -> Arbitraries.of(0.4, 0.6).map(bound -> new Publish(shift, bound)));
        Arbitrary<Step> bad = Arbitraries.of(Fault.values()).map(PublishBad::new);
        Arbitrary<Step> look = Arbitraries.create(Look::new);
        Arbitrary<Step> back = Arbitraries.create(GoBack::new);
        return Arbitraries.oneOf(publish, bad, look, look, back).list().ofMaxSize(20);
    }

    /** What is in the folder, and what is to be served because of it. */
    private static final class Diary {

        private final Path folder;
        private final Set<Pair> pairs = new HashSet<>();
        private final List<Long> before = new ArrayList<>();
        private long published;
        private boolean isGood;
        private boolean isMissing;
        private boolean isSeen;
        private long served;
        private long highest;
        private long refusals;

        Diary(Path folder) {
            this.folder = folder;
        }

        void does(Step step, ArtifactWatcher watcher) throws IOException {
            if (step instanceof Publish publish) {
                publish(publish);
            } else if (step instanceof PublishBad bad) {
                bad.fault().publish(folder, ++published);
                // A manifest that is missing is one candidate, however often it is taken away.
                isSeen = isSeen && isMissing && bad.fault() == Fault.MISSING_MANIFEST;
                isMissing = bad.fault() == Fault.MISSING_MANIFEST;
                isGood = false;
            } else if (step instanceof GoBack) {
                boolean possible = !before.isEmpty();
                assertThat(watcher.rollBack(watcher.current().revision()))
                        .isInstanceOf(possible ? RollBackAnswer.RolledBack.class : RollBackAnswer.NothingBefore.class);
                if (possible) {
                    served = before.remove(0);
                }
            } else {
                Class<? extends Refresh> expected = looked();
                assertThat(watcher.refresh()).isInstanceOf(expected);
            }
        }

        void publish(Publish step) throws IOException {
            ConversionModel model = model("shift " + step.shift(), step.shift());
            Policy policy = policy("bound " + step.bound(), step.bound(), model);
            pairs.add(new Pair(model.reference().digest(), policy.reference().digest()));
            ServingFolder.publish(folder, ++published, model, policy, "");
            isGood = true;
            isMissing = false;
            isSeen = false;
        }

        /** What a look at the folder comes to. */
        Class<? extends Refresh> looked() {
            boolean isNew = !isSeen;
            isSeen = true;
            if (!isGood) {
                refusals += isNew ? 1 : 0;
                return Refused.class;
            } else if (isNew) {
                before.clear();
                if (served > 0) {
                    before.add(served);
                }
                served = published;
                highest = published;
                return Swapped.class;
            }
            return Unchanged.class;
        }
    }
}
