package io.conversion.policy.monitoring;

import io.conversion.core.Score;
import io.conversion.core.SignalBins;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.Violation;
import io.conversion.policy.Band;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Policy;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The cells in which the decisions of one model and one policy are counted, and what they hold. */
final class UnitCounts {

    private final Policy policy;
    private final @Nullable SignalBins signals;
    private final ScoreBins score;
    private final List<Band> bands;

    private final List<String> names;

    // The cells, or where they begin; those of the signals come first.
    private final int firstClipped;
    private final int firstScore;
    private final int firstBand;
    private final Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    private final Map<Refusal, Integer> refusals = new HashMap<>();
    private final int ofOtherUnits;
    private final int earliest;
    private final int latest;
    private final StripedCounts counts;

    UnitCounts(MonitoredModel model, Policy policy) {
        this.policy = policy;
        this.signals = model.referenceDistribution()
                .map(reference -> SignalBins.of(reference, model.schema()))
                .orElse(null);
        this.score = ScoreBins.of(model, policy);
        this.bands = policy.bands();
        this.names = model.schema().declared().stream().map(Signal::name).toList();
        this.firstClipped = signals == null ? 0 : signals.cells();
        this.firstScore = firstClipped + names.size();
        this.firstBand = firstScore + score.cells();
        this.ofOtherUnits = firstBand + bands.size();
        int next = ofOtherUnits + 1;
        for (Reason reason : Reason.values()) {
            reasons.put(reason, next++);
        }
        for (Violation.Kind kind : Violation.Kind.values()) {
            for (String name : names) {
                refusals.put(new Refusal(name, kind), next++);
            }
            refusals.put(new Refusal("", kind), next++);
        }
        this.earliest = next;
        this.latest = earliest + 1;
        this.counts = new StripedCounts(latest + 1);
        counts.start(earliest, Long.MAX_VALUE);
        counts.start(latest, Long.MIN_VALUE);
    }

    void addOfOtherUnit() {
        counts.mine().incrementAndGet(ofOtherUnits);
    }

    void add(DecisionEvent event) {
        AtomicLongArray mine = counts.mine();
        mine.incrementAndGet(Objects.requireNonNull(reasons.get(event.decision().reason())));
        Instant moment = event.moment();
        if (moment != null) {
            period(mine, moment.getEpochSecond());
        }
        if (event.reading() instanceof SignalReading.Accepted accepted) {
            user(mine, event.score().orElseThrow(), accepted.signals());
        } else if (event.reading() instanceof SignalReading.Refused refused) {
            refused(mine, refused.violations());
        }
    }

    private void period(AtomicLongArray mine, long second) {
        if (second < mine.get(earliest)) {
            mine.accumulateAndGet(earliest, second, Math::min);
        }
        if (second > mine.get(latest)) {
            mine.accumulateAndGet(latest, second, Math::max);
        }
    }

    private void user(AtomicLongArray mine, Score decidedOn, Signals given) {
        if (signals != null) {
            for (int i = 0; i < signals.signals(); i++) {
                mine.incrementAndGet(signals.cell(given, i));
                if (signals.isClipped(given, i)) {
                    mine.incrementAndGet(firstClipped + i);
                }
            }
        }
        double probability = decidedOn.probability();
        mine.incrementAndGet(firstScore + score.cell(probability));
        Band band = policy.bandOf(probability).orElse(null);
        if (band != null) {
            mine.incrementAndGet(firstBand + position(band));
        }
    }

    private void refused(AtomicLongArray mine, List<Violation> violations) {
        for (Violation violation : violations) {
            Integer cell = refusals.get(new Refusal(violation.signal(), violation.kind()));
            mine.incrementAndGet(
                    cell == null ? Objects.requireNonNull(refusals.get(new Refusal("", violation.kind()))) : cell);
        }
    }

    /** The position of a band; -1 if the policy has none that is equal. */
    @SuppressWarnings(
            "ReferenceEquality") // it nearly always is the same object, which is found without comparing texts
    int position(Band band) {
        for (int i = 0; i < bands.size(); i++) {
            if (bands.get(i) == band) {
                return i;
            }
        }
        return bands.indexOf(band);
    }

    /** Each end is read once. */
    Period period() {
        return Period.of(counts.fold(earliest, Math::min), counts.fold(latest, Math::max));
    }

    /** From the earliest decision to the latest one; null if none had a moment. */
    record Period(@Nullable Instant first, @Nullable Instant last) {

        /**
         * The period of two ends that are read while others move them: there is none yet if one of them is not known, and
         * they may be the wrong way round where the earliest is of one decision and the latest of one before it.
         */
        static Period of(long earliest, long latest) {
            if (earliest == Long.MAX_VALUE || latest == Long.MIN_VALUE) {
                return new Period(null, null);
            }
            return new Period(
                    Instant.ofEpochSecond(Math.min(earliest, latest)),
                    Instant.ofEpochSecond(Math.max(earliest, latest)));
        }
    }

    Map<Reason, Long> decisions() {
        return sums(reasons);
    }

    long ofOtherUnits() {
        return counts.sum(ofOtherUnits);
    }

    Map<Refusal, Long> refusals() {
        return sums(refusals);
    }

    private <K> Map<K, Long> sums(Map<K, Integer> cells) {
        Map<K, Long> sums = new HashMap<>();
        cells.forEach((key, cell) -> sums.put(key, counts.sum(cell)));
        return sums;
    }

    Map<String, SignalDistribution> signals() {
        return signals == null ? Map.of() : signals.distributions(counts::sum);
    }

    Map<String, Long> clipped() {
        Map<String, Long> clipped = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            clipped.put(names.get(i), counts.sum(firstClipped + i));
        }
        return clipped;
    }

    SignalDistribution.Numbers probability() {
        return score.distribution(
                IntStream.range(firstScore, firstBand).mapToLong(counts::sum).toArray());
    }

    List<BandCounts> bands(List<CalibrationCounts> outcomes) {
        return IntStream.range(0, bands.size())
                .mapToObj(i -> new BandCounts(
                        bands.get(i).segment(), bands.get(i).from(), counts.sum(firstBand + i), outcomes.get(i)))
                .toList();
    }
}
