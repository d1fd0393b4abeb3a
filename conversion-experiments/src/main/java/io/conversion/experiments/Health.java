package io.conversion.experiments;

import io.conversion.experiments.statistics.SampleRatio;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the data are what the experiment was meant to give, before any effect is looked at. Immutable and safe to share
 * between threads.
 *
 * @param sampleRatio whether as many users came to each arm as was declared; null if no shares were
 * @param findings what was found, the worst first
 */
public record Health(@Nullable SampleRatio sampleRatio, List<Finding> findings) {

    /** Copies the list. {@inheritDoc} */
    public Health {
        findings = List.copyOf(findings);
    }

    /** The same with what was found later. */
    Health with(List<Finding> more) {
        return new Health(
                sampleRatio,
                Stream.concat(findings.stream(), more.stream())
                        .sorted(Comparator.comparing(Finding::severity))
                        .toList());
    }

    /**
     * What makes every effect unbelievable.
     *
     * @return the first finding that refuses; empty if there is none
     */
    public Optional<Finding> refusal() {
        return findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.REFUSES)
                .findFirst();
    }
}
