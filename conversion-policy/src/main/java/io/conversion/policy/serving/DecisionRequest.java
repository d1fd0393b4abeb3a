package io.conversion.policy.serving;

import io.conversion.core.signals.SignalReading;
import io.conversion.policy.DecisionContext;
import java.util.Map;
import java.util.function.Function;

/**
 * One of many requests that are decided by one unit. Safe to share between threads if its function is.
 *
 * @param signals reads the signals by the schema, or a binding, of the unit that it is given
 * @param context what else is known of the user
 * @param request what the caller calls the request
 */
public record DecisionRequest(Function<ServingUnit, SignalReading> signals, DecisionContext context, String request) {

    /**
     * A request with values by name.
     *
     * @param signals the values by signal name, as {@link io.conversion.core.signals.SignalSchema#read} takes them
     * @param context what else is known of the user
     * @param request what the caller calls the request
     * @return the request
     */
    public static DecisionRequest of(Map<String, ?> signals, DecisionContext context, String request) {
        return new DecisionRequest(unit -> unit.model().schema().read(signals), context, request);
    }
}
