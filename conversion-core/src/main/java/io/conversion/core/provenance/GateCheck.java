package io.conversion.core.provenance;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One check of the publish gate: what was measured of a fit before it became a model.
 *
 * @param name the name of the check, such as {@code calibration_slope}
 * @param subject what was checked: a signal, or empty for the whole model
 * @param value what was measured; NaN if it is no finite number
 * @param limit what it was held against; NaN if it is no finite number
 * @param verdict how it ended
 * @param sentence the finding in a plain sentence, with the remedy where there is something to do
 * @param overrideReason why a refusal was overridden; null if it was not
 */
public record GateCheck(
        String name,
        String subject,
        double value,
        double limit,
        Verdict verdict,
        String sentence,
        @Nullable String overrideReason) {

    /** Makes NaN of what is no finite number, which an artifact could not hold. {@inheritDoc} */
    public GateCheck {
        value = Double.isFinite(value) ? value : Double.NaN;
        limit = Double.isFinite(limit) ? limit : Double.NaN;
    }

    /**
     * Why a refusal was overridden.
     *
     * @return the reason that was given; empty if none was
     */
    public Optional<String> override() {
        return Optional.ofNullable(overrideReason);
    }

    /** How a check ended. */
    public enum Verdict {
        /** Within its limits. */
        PASSED,
        /** To be looked at. */
        WARNING,
        /** The model may not be published, unless the check is overridden. */
        REFUSED
    }
}
