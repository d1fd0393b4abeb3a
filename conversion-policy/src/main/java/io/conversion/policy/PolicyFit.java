package io.conversion.policy;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds what of a policy does not fit the signals of a model. */
final class PolicyFit {

    private PolicyFit() {}

    static List<String> misfits(List<Guardrail> guardrails, SignalSchema schema) {
        List<String> misfits = new ArrayList<>();
        for (Guardrail guardrail : guardrails) {
            misfits(
                    guardrail.condition(),
                    schema,
                    misfit -> misfits.add("guardrail \"" + guardrail.name() + "\" " + misfit));
        }
        return misfits;
    }

    /** Reports each misfit of a condition, to be read after the name of its guardrail. */
    static void misfits(Condition condition, SignalSchema schema, Consumer<String> misfits) {
        if (condition instanceof Condition.AllOf all) {
            all.conditions().forEach(part -> misfits(part, schema, misfits));
        } else if (condition instanceof Condition.OfSignal part) {
            Optional<Signal> signal = schema.find(part.signal());
            if (signal.isEmpty()) {
                misfits.accept(
                        "is about signal " + ArtifactText.quoted(part.signal()) + ", which is not in schema " + schema);
            } else {
                misfits(part, signal.get(), schema, misfits);
            }
        }
    }

    private static void misfits(
            Condition.OfSignal condition, Signal signal, SignalSchema schema, Consumer<String> misfits) {
        if (condition instanceof Condition.NumberIs && !(signal instanceof NumericSignal)) {
            misfits.accept(isNo("numeric signal", signal, schema));
        } else if (condition instanceof Condition.FlagIs && !(signal instanceof FlagSignal)) {
            misfits.accept(isNo("flag", signal, schema));
        } else if (condition instanceof Condition.LevelIn in) {
            if (signal instanceof CategoricalSignal categorical) {
                in.levels().stream()
                        .filter(level -> !categorical.levels().contains(level))
                        .forEach(level -> misfits.accept("names level " + ArtifactText.quoted(level) + " of signal \""
                                + signal.name() + "\", which schema " + schema + " does not list; its levels are "
                                + categorical.levels()));
            } else {
                misfits.accept(isNo("categorical signal", signal, schema));
            }
        }
    }

    private static String isNo(String kind, Signal signal, SignalSchema schema) {
        return "takes signal \"" + signal.name() + "\" for a " + kind + ", which it is not in schema " + schema;
    }
}
