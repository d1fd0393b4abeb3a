package io.conversion.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one method of calibration reached in cross-validation.
 *
 * @param method the method, not {@link CalibrationMethod#AUTO}
 * @param logLoss the mean log loss of the cross-fitted probabilities, in nats; NaN if the method was refused
 * @param standardError its standard error over rows; NaN if the method was refused
 * @param gain the mean log loss that it saves against no calibration, in nats; 0 for none, NaN if it was refused
 * @param gainStandardError the standard error of the paired row differences that the gain is the mean of
 * @param refusalReason why the method could not be fitted; null if it could
 */
public record CalibrationCandidate(
        CalibrationMethod method,
        double logLoss,
        double standardError,
        double gain,
        double gainStandardError,
        @Nullable String refusalReason) {

    /**
     * Why the method could not be fitted.
     *
     * @return the reason; empty if it was fitted
     */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusalReason);
    }
}
