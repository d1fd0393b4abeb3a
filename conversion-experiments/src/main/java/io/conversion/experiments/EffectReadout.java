package io.conversion.experiments;

import io.conversion.experiments.statistics.Inference;

/**
 * What an arm has beyond the control. Immutable and safe to share between threads.
 *
 * @param estimate the estimate, treatment less control
 * @param standardError its standard error
 * @param fixed what one look at a time that was fixed before can say
 * @param anytime what holds however often one looks
 */
public record EffectReadout(double estimate, double standardError, Inference fixed, Inference anytime) {

    /** What decides, given whether this is the only look. */
    Inference deciding(boolean singleLook) {
        return singleLook ? fixed : anytime;
    }
}
