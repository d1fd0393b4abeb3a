package io.conversion.policy;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.internal.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds what of a policy does not fit the signals of a model.
 *
 * @param schema the schema of the model
 */
record PolicyFit(SignalSchema schema) implements Condition.SingleCases<Stream<String>> {

    List<Misfit> misfits(List<Guardrail> guardrails) {
        List<Misfit> misfits = new ArrayList<>();
        for (int i = 0; i < guardrails.size(); i++) {
            Guardrail guardrail = guardrails.get(i);
            Condition condition = guardrail.condition();
            List<Condition.Single> parts = condition.parts();
            for (int part = 0; part < parts.size(); part++) {
                String at =
                        "/guardrails/" + i + "/condition" + (condition == parts.get(0) ? "" : "/conditions/" + part);
                parts.get(part)
                        .match(this)
                        .map(misfit -> "guardrail " + Wording.quoted(guardrail.name()) + " " + misfit)
                        .forEach(misfit -> misfits.add(new Misfit(guardrail.name(), at, misfit)));
            }
        }
        return List.copyOf(misfits);
    }

    /** What of a condition does not fit, as sentences about what has it. */
    List<String> misfits(String what, Condition condition) {
        return condition.parts().stream()
                .flatMap(part -> part.match(this))
                .map(misfit -> what + " " + misfit)
                .toList();
    }

    // What follows is to be read after the name of what has the condition.

    @Override
    public Stream<String> number(Condition.NumberIs condition) {
        return ofSignal(condition);
    }

    @Override
    public Stream<String> level(Condition.LevelIn condition) {
        return schema.find(condition.signal()).orElse(null) instanceof CategoricalSignal signal
                ? condition.levels().stream()
                        .filter(level -> !signal.levels().contains(level))
                        .map(level -> "names level " + ArtifactText.quoted(level) + " of signal "
                                + Wording.quoted(signal.name()) + ", which schema " + schema
                                + " does not list; its levels are " + Wording.listed(signal.levels()))
                : ofSignal(condition);
    }

    @Override
    public Stream<String> flag(Condition.FlagIs condition) {
        return ofSignal(condition);
    }

    @Override
    public Stream<String> missing(Condition.Missing condition) {
        return ofSignal(condition);
    }

    @Override
    public Stream<String> extrapolated(Condition.Extrapolated condition) {
        return ofSignal(condition);
    }

    private Stream<String> ofSignal(Condition.OfSignal condition) {
        Signal signal = schema.find(condition.signal()).orElse(null);
        if (signal == null) {
            return Stream.of("is about signal " + ArtifactText.quoted(condition.signal()) + ", which is not in schema "
                    + schema);
        }
        return condition.takes(signal)
                ? Stream.empty()
                : Stream.of("takes signal " + Wording.quoted(signal.name()) + " for a " + condition.kind()
                        + ", which it is not in schema " + schema);
    }

    @Override
    public Stream<String> insufficientEvidence(Condition.InsufficientEvidence condition) {
        return Stream.empty();
    }

    @Override
    public Stream<String> observedShare(Condition.ObservedShareBelow condition) {
        return Stream.empty();
    }

    @Override
    public Stream<String> interval(Condition.IntervalContains condition) {
        return Stream.empty();
    }
}
