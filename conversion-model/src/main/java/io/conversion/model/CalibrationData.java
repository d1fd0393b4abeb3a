package io.conversion.model;

import io.conversion.model.data.InvalidDataException;
import java.util.Arrays;

/** Log-odds and outcomes that a calibration can be fitted on: as many of the one as of the other, finite, of both kinds. */
record CalibrationData(int rows, int positives) {

    static CalibrationData of(double[] logOdds, boolean[] converted) {
        if (logOdds.length != converted.length) {
            throw new IllegalArgumentException(
                    logOdds.length + " log-odds do not match " + converted.length + " outcomes");
        }
        int positives = 0;
        for (int i = 0; i < logOdds.length; i++) {
            if (!Double.isFinite(logOdds[i])) {
                throw new IllegalArgumentException(
                        "the log-odds of row " + i + " are " + logOdds[i] + "; they must be finite");
            }
            positives += converted[i] ? 1 : 0;
        }
        if (positives == 0 || positives == converted.length) {
            throw new InvalidDataException("the " + converted.length + " calibration rows hold "
                    + (positives == 0 ? "no positive" : "no negative") + " outcome; both are needed");
        }
        return new CalibrationData(converted.length, positives);
    }

    static boolean isConstant(double[] logOdds) {
        return Arrays.stream(logOdds).allMatch(value -> value == logOdds[0]);
    }
}
