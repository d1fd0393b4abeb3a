package io.conversion.policy.monitoring;

import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.provenance.SignalDistribution.Flags;
import io.conversion.core.provenance.SignalDistribution.Levels;
import io.conversion.core.provenance.SignalDistribution.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Sums and differences of distributions, and their counts one after the other. */
final class Distributions {

    private Distributions() {}

    /** Combines count by count; refused if the bins are not the same. */
    static SignalDistribution combine(SignalDistribution one, SignalDistribution other, LongBinaryOperator operator) {
        if (one instanceof Numbers a && other instanceof Numbers b) {
            return combine(a, b, operator);
        } else if (one instanceof Levels a
                && other instanceof Levels b
                && a.rows().keySet().equals(b.rows().keySet())) {
            return new Levels(
                    combine(a.rows(), b.rows(), operator),
                    operator.applyAsLong(a.unseen(), b.unseen()),
                    operator.applyAsLong(a.missing(), b.missing()));
        } else if (one instanceof Flags a && other instanceof Flags b) {
            return new Flags(
                    operator.applyAsLong(a.whenFalse(), b.whenFalse()),
                    operator.applyAsLong(a.whenTrue(), b.whenTrue()),
                    operator.applyAsLong(a.missing(), b.missing()));
        }
        throw otherBins();
    }

    static Numbers combine(Numbers one, Numbers other, LongBinaryOperator operator) {
        if (!one.edges().equals(other.edges())) {
            throw otherBins();
        }
        List<Long> rows = IntStream.range(0, one.rows().size())
                .mapToObj(bin ->
                        operator.applyAsLong(one.rows().get(bin), other.rows().get(bin)))
                .toList();
        return new Numbers(one.edges(), rows, operator.applyAsLong(one.missing(), other.missing()));
    }

    /** Combines by key, with 0 where one side has no count. */
    static <K> Map<K, Long> combine(Map<K, Long> one, Map<K, Long> other, LongBinaryOperator operator) {
        Map<K, Long> combined = new LinkedHashMap<>();
        for (Map<K, Long> keys : List.of(one, other)) {
            for (K key : keys.keySet()) {
                combined.put(key, operator.applyAsLong(one.getOrDefault(key, 0L), other.getOrDefault(key, 0L)));
            }
        }
        return combined;
    }

    static IllegalArgumentException otherBins() {
        return new IllegalArgumentException("the snapshots count in other bins, so one of them was changed");
    }

    /** The counts in the order of the bins; those of unseen levels and of missing values come last. */
    static double[] counts(SignalDistribution distribution) {
        return LongStream.concat(rows(distribution), LongStream.of(distribution.missing()))
                .asDoubleStream()
                .toArray();
    }

    private static LongStream rows(SignalDistribution distribution) {
        if (distribution instanceof Numbers numbers) {
            return numbers.rows().stream().mapToLong(Long::longValue);
        } else if (distribution instanceof Levels levels) {
            return LongStream.concat(
                    levels.rows().values().stream().mapToLong(Long::longValue), LongStream.of(levels.unseen()));
        }
        Flags flags = (Flags) distribution;
        return LongStream.of(flags.whenFalse(), flags.whenTrue());
    }
}
