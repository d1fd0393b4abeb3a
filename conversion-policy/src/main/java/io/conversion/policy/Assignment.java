package io.conversion.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a user stands in an experiment. Immutable and safe to share between threads.
 *
 * @param experiment the experiment
 * @param standing whether the user is in it, and why not
 * @param arm the arm of a user who is in it; null of one who is not
 * @param unit the pseudonym of the user in the experiment, which joins decisions with outcomes: the first 16 bytes of the
 *     SHA-256 of the salt, a zero byte and the key, as 32 hexadecimal digits; its first 53 bits are the draw of the arm. Empty
 *     without a key
 * @param layerDraw the draw of the layer, from 0 to below 1; NaN without a key
 * @param propensities the probability of each action that the user could have got, over all that was drawn: the layer, the arm,
 *     control groups and exploration; they sum to 1
 */
public record Assignment(
        ExperimentReference experiment,
        Standing standing,
        @Nullable String arm,
        String unit,
        double layerDraw,
        Map<String, Double> propensities) {

    /** Copies the map and keeps its order. {@inheritDoc} */
    public Assignment {
        propensities = Collections.unmodifiableMap(new LinkedHashMap<>(propensities));
    }

    /**
     * Where a user stands, without what costs more to know: what counters go by. Immutable and safe to share between threads.
     *
     * @param experiment the experiment
     * @param standing whether the user is in it, and why not
     * @param arm the arm of a user who is in it; null of one who is not
     */
    public record Placement(
            ExperimentReference experiment,
            Standing standing,
            @Nullable String arm) {}

    /** Whether a user is in an experiment, and why not. */
    public enum Standing {
        /** In an arm by the draw. */
        DRAWN,
        /** In an arm because the file says so, for tests; no part of what is measured. */
        FORCED,
        /** Outside the part of the layer that the experiment takes. */
        OUTSIDE_LAYER,
        /** The eligibility condition does not hold, or cannot be told of refused signals. */
        NOT_ELIGIBLE,
        /** The moment is before the start or not before the end. */
        NOT_RUNNING,
        /** Nobody can be assigned without a key. */
        NO_KEY
    }

    /**
     * Whether this decision counts as one in the experiment.
     *
     * @return whether the user is in an arm by the draw
     */
    public boolean isExposure() {
        return standing == Standing.DRAWN;
    }
}
