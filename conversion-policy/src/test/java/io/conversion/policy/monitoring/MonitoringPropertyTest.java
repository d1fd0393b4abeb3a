package io.conversion.policy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.provenance.SignalDistribution;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Policy;
import io.conversion.policy.RandomPolicies;
import io.conversion.policy.monitoring.DriftOptions.Unreported;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MonitoringPropertyTest {

    private static final DriftOptions OPTIONS =
            DriftOptions.defaults().outcomesWithin(Duration.ofDays(14), Unreported.NOT_CONVERTED);

    @Property(tries = 200)
    void indexIsNeverNegativeAndSymmetric(
            @ForAll @Size(6) List<@IntRange(max = 1_000) Integer> one,
            @ForAll @Size(6) List<@IntRange(max = 1_000) Integer> other) {
        double[] a = one.stream().mapToDouble(count -> count).toArray();
        double[] b = other.stream().mapToDouble(count -> count).toArray();

        double index = PopulationStability.of(a, b, 0.001).index();

        assertThat(index).isGreaterThanOrEqualTo(0);
        assertThat(PopulationStability.of(b, a, 0.001).index()).isCloseTo(index, within(1e-12));
    }

    @Property(tries = 200)
    void indexOfEqualSharesIsZero(
            @ForAll @Size(6) List<@IntRange(max = 1_000) Integer> counts,
            @ForAll @IntRange(min = 1, max = 50) int times) {
        double[] some = counts.stream().mapToDouble(count -> count).toArray();
        double[] more = Arrays.stream(some).map(count -> count * times).toArray();

        assertThat(PopulationStability.of(some, more, 0.001).index()).isCloseTo(0, within(1e-15));
    }

    @Property(tries = 300)
    void nearestCountsAddUpKeepTheirBoundsAndAreBetterThanOthers(@ForAll Random random) {
        int bands = 2 + random.nextInt(4);
        double[] observed = random.doubles(bands, 0, 500).map(Math::rint).toArray();
        double[] truth = random.doubles(bands, 0, 500).map(Math::rint).toArray();
        double[] least = Arrays.stream(truth)
                .map(x -> Math.rint(x * random.nextDouble()))
                .toArray();
        double[] most = Arrays.stream(truth)
                .map(x -> Math.rint(x * (1 + random.nextDouble())))
                .toArray();
        double total = Arrays.stream(truth).sum();

        double[] nearest = LeastDrift.counts(observed, least, most, total);

        assertThat(Arrays.stream(nearest).sum()).isCloseTo(total, within(1e-6));
        for (int i = 0; i < bands; i++) {
            assertThat(nearest[i]).isBetween(least[i], most[i]);
        }
        // Counts below one user are where smoothing plays a part.
        if (Arrays.stream(nearest).allMatch(x -> x >= 1)
                && Arrays.stream(observed).allMatch(x -> x >= 1)) {
            assertThat(plainIndex(nearest, observed)).isLessThanOrEqualTo(plainIndex(truth, observed) + 1e-9);
        }
    }

    private static double plainIndex(double[] reference, double[] observed) {
        double n = Arrays.stream(reference).sum();
        double m = Arrays.stream(observed).sum();
        return IntStream.range(0, observed.length)
                .filter(i -> reference[i] > 0)
                .mapToDouble(i -> (reference[i] / n - observed[i] / m) * Math.log(reference[i] / n / (observed[i] / m)))
                .sum();
    }

    @Property(tries = 50)
    void countsOfEverythingAddUpToTheUsers(@ForAll Random random) {
        Policy policy = RandomPolicies.complete(random);
        DriftMonitor monitor = DriftMonitor.of(Monitored.MODEL, policy, DriftOptions.defaults());
        int decisions = random.nextInt(200);

        for (int i = 0; i < decisions; i++) {
            monitor.decided(event(policy, random, i), 0);
        }

        DriftSnapshot counted = monitor.snapshot();
        assertThat(counted.decisions().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(decisions);
        assertThat(counted.signals().values())
                .extracting(SignalDistribution::total)
                .containsOnly(counted.users());
        assertThat(counted.probability().total()).isEqualTo(counted.users());
        assertThat(counted.bands().stream().mapToLong(BandCounts::users).sum())
                .isEqualTo(counted.users() - counted.probability().missing());
    }

    @Property(tries = 50)
    void mergedSnapshotsAreThatOfOneMonitorThatSawEverythingWhateverTheSplitAndTheOrder(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 5) int monitors) {
        Policy policy = RandomPolicies.complete(random);
        DriftMonitor all = DriftMonitor.of(Monitored.MODEL, policy, OPTIONS);
        List<DriftMonitor> parts = Stream.generate(() -> DriftMonitor.of(Monitored.MODEL, policy, OPTIONS))
                .limit(monitors)
                .toList();

        for (int i = 0; i < 80; i++) {
            DriftMonitor part = parts.get(random.nextInt(monitors));
            DecisionEvent event = event(random.nextInt(20) == 0 ? Monitored.POLICY : policy, random, i);
            boolean reported = random.nextBoolean();
            boolean converted = random.nextBoolean();
            for (DriftMonitor monitor : List.of(all, part)) {
                monitor.decided(event, 0);
                if (reported) {
                    Duration known = converted ? Duration.ofSeconds(i) : Duration.ofDays(20);
                    monitor.outcome(event.request(), converted, Monitored.START.plus(known));
                }
            }
        }
        List<DriftSnapshot> snapshots = new ArrayList<>();
        for (DriftMonitor part : parts) {
            part.settle(Monitored.START.plus(Duration.ofDays(20)));
            snapshots.add(part.snapshot());
        }
        all.settle(Monitored.START.plus(Duration.ofDays(20)));

        Collections.shuffle(snapshots, random);
        DriftSnapshot fromTheLeft =
                snapshots.stream().reduce(DriftSnapshot.empty(Monitored.MODEL, policy), DriftSnapshot::plus);
        Collections.shuffle(snapshots, random);
        DriftSnapshot fromTheRight =
                snapshots.stream().reduce(DriftSnapshot.empty(Monitored.MODEL, policy), (sum, next) -> next.plus(sum));
        assertThat(fromTheLeft).isEqualTo(all.snapshot());
        assertThat(fromTheRight).isEqualTo(all.snapshot());
        assertThat(all.snapshot().plus(DriftSnapshot.empty(Monitored.MODEL, policy)))
                .isEqualTo(all.snapshot());
        assertThat(DriftSnapshot.fromJson(fromTheLeft.toJson())).isEqualTo(all.snapshot());
    }

    @Property(tries = 50)
    void whatWasCountedSinceAnEarlierSnapshotAddsUpWithItToTheLaterOne(@ForAll Random random) {
        Policy policy = RandomPolicies.complete(random);
        DriftMonitor monitor = DriftMonitor.of(Monitored.MODEL, policy, DriftOptions.defaults());
        for (int i = 0; i < 20; i++) {
            monitor.decided(event(policy, random, i), 0);
        }
        DriftSnapshot before = monitor.snapshot();
        for (int i = 20; i < 50; i++) {
            monitor.decided(event(policy, random, i), 0);
        }
        DriftSnapshot later = monitor.snapshot();

        DriftSnapshot since = later.since(before);

        assertThat(since.decisions().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(30);
        assertThat(before.plus(since)).isEqualTo(later);
        assertThat(since.first()).isEqualTo(before.last());
    }

    private static DecisionEvent event(Policy policy, Random random, int i) {
        return Monitored.decide(
                Monitored.MODEL, policy, Monitored.user(random), "request " + i, Monitored.START.plusSeconds(i));
    }
}
