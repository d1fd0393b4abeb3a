package io.conversion.policy.monitoring;

import io.conversion.core.SignalDistribution;
import io.conversion.core.SignalDistribution.Flags;
import io.conversion.core.SignalDistribution.Levels;
import io.conversion.core.SignalDistribution.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Sums of distributions, and their counts one after the other. */
final class Distributions {

    private Distributions() {}

    /** The sum; refused if the bins are not the same. */
    static SignalDistribution sum(SignalDistribution one, SignalDistribution other) {
        if (one instanceof Numbers a && other instanceof Numbers b) {
            return sum(a, b);
        } else if (one instanceof Levels a
                && other instanceof Levels b
                && a.rows().keySet().equals(b.rows().keySet())) {
            return new Levels(sum(a.rows(), b.rows()), a.unseen() + b.unseen(), a.missing() + b.missing());
        } else if (one instanceof Flags a && other instanceof Flags b) {
            return new Flags(a.whenFalse() + b.whenFalse(), a.whenTrue() + b.whenTrue(), a.missing() + b.missing());
        }
        throw otherBins();
    }

    static Numbers sum(Numbers one, Numbers other) {
        if (!one.edges().equals(other.edges())) {
            throw otherBins();
        }
        List<Long> rows = IntStream.range(0, one.rows().size())
                .mapToObj(bin -> one.rows().get(bin) + other.rows().get(bin))
                .toList();
        return new Numbers(one.edges(), rows, one.missing() + other.missing());
    }

    /** Adds by key; the keys of both. */
    static <K> Map<K, Long> sum(Map<K, Long> one, Map<K, Long> other) {
        Map<K, Long> sum = new LinkedHashMap<>(one);
        other.forEach((key, count) -> sum.merge(key, count, Long::sum));
        return sum;
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
