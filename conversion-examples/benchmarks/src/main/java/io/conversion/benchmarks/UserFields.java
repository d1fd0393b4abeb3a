package io.conversion.benchmarks;

import io.conversion.benchmarks.BenchmarkModel.Categorical;
import io.conversion.benchmarks.BenchmarkModel.Numeric;
import java.util.Map;

/** Reads the signals of one user from a map: the part of hand-written preprocessing that the neighbours share. */
final class UserFields {

    private UserFields() {}

    /**
     * The value of a numeric signal.
     *
     * @param user the values by signal name
     * @param signal the signal
     * @return the value
     */
    static double number(Map<String, Object> user, Numeric signal) {
        if (user.get(signal.name()) instanceof Number number) {
            return number.doubleValue();
        }
        throw refused(user, signal.name(), "a number");
    }

    /**
     * The code of a categorical signal's level.
     *
     * @param user the values by signal name
     * @param signal the signal
     * @return the index into the signal's levels
     */
    static int level(Map<String, Object> user, Categorical signal) {
        if (user.get(signal.name()) instanceof String level) {
            int code = signal.levels().indexOf(level);
            if (code >= 0) {
                return code;
            }
        }
        throw refused(user, signal.name(), "one of " + signal.levels());
    }

    /**
     * The value of the flag.
     *
     * @param user the values by signal name
     * @return whether it is set
     */
    static boolean flag(Map<String, Object> user) {
        if (user.get(BenchmarkModel.FLAG) instanceof Boolean flag) {
            return flag;
        }
        throw refused(user, BenchmarkModel.FLAG, "true or false");
    }

    private static IllegalArgumentException refused(Map<String, Object> user, String signal, String allowed) {
        return new IllegalArgumentException(
                "signal \"" + signal + "\" is " + user.get(signal) + "; it must be " + allowed);
    }
}
