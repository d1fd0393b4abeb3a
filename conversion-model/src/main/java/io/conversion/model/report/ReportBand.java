package io.conversion.model.report;

import io.conversion.core.json.ArtifactText;

/**
 * A band of a policy, as a report shows it. Immutable and safe to share between threads.
 *
 * @param segment the name of the band
 * @param from the lowest probability of the band, 0 to 1; it ends where the next one begins
 * @param action what is done with its users
 * @param volume the users on whom the band decides: without those of a guardrail or a control group, and with those whom a
 *     margin holds in it
 */
public record ReportBand(String segment, double from, String action, ReportVolume volume) {

    /**
     * Checks the bound. {@inheritDoc}
     *
     * @throws IllegalArgumentException if the lowest probability is not from 0 to 1
     */
    public ReportBand {
        if (!(from >= 0 && from <= 1)) {
            throw new IllegalArgumentException(
                    "band " + ArtifactText.quoted(segment) + " starts at " + from + "; it must start from 0 to 1");
        }
    }
}
