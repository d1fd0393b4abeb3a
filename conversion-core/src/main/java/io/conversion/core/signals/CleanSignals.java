package io.conversion.core.signals;

import io.conversion.core.signals.Evidence.Substitution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes signals of clean values: the end of the quick ways, which differ in how they come to the values. Immutable. */
final class CleanSignals {

    /** Stands for a value that is given as missing. No clean value is infinite. */
    static final double GIVEN_AS_MISSING = Double.NEGATIVE_INFINITY;

    private final SignalSchema schema;
    private final CompiledSignal[] signals;
    private final double[] nothing;

    CleanSignals(SignalSchema schema, CompiledSignal[] signals) {
        this.schema = schema;
        this.signals = signals;
        this.nothing = new double[signals.length];
        Arrays.fill(nothing, Double.NaN);
    }

    /** A fresh array of values by position, with NaN for those that are not given. */
    double[] nothing() {
        return nothing.clone();
    }

    /**
     * The signals, each with a value of its own.
     *
     * @param values clean values by position; the array becomes a part of the signals
     */
    Signals of(double[] values) {
        return new Signals(schema, values, List.of());
    }

    /**
     * The signals; null if one is given twice, or missing without a rule for that.
     *
     * @param values by position: clean values, NaN, or {@link #GIVEN_AS_MISSING}; the array becomes a part of the signals
     * @param given how many names there were
     */
    @Nullable
    Signals of(double[] values, int given) {
        boolean all = given == values.length;
        for (double value : values) {
            all &= value > GIVEN_AS_MISSING;
        }
        return all ? of(values) : withRules(values, given);
    }

    private @Nullable Signals withRules(double[] values, int given) {
        List<Substitution> rules = new ArrayList<>();
        int places = values.length;
        for (int i = 0; i < values.length; i++) {
            if (values[i] > GIVEN_AS_MISSING) {
                continue;
            }
            Substitution rule = signals[i].whenMissing();
            if (rule == null) {
                return null;
            }
            places -= Double.isNaN(values[i]) ? 1 : 0;
            rules.add(rule);
            values[i] = signals[i].missing();
        }
        return places == given ? new Signals(schema, values, List.copyOf(rules)) : null;
    }
}
