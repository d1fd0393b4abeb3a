package io.conversion.model.signals;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.TrainingProvenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A signal that is judged drop, but was trained on: nothing leaves a signal out but whoever excludes it. */
final class DroppedSignal {

    private DroppedSignal() {}

    /** Adds to the last reason to drop the signal that it is in the model, why, and what it weighs. */
    static SignalReport inModel(SignalReport report, ConversionModel model) {
        List<SignalFinding> findings = new ArrayList<>(report.findings());
        int last = findings.size() - 1;
        while (findings.get(last).verdict() != Verdict.DROP) {
            last--;
        }
        SignalFinding drop = findings.get(last);
        String sentence = drop.sentence() + "; " + why(report.signal(), drop.dimension(), model);
        findings.set(last, new SignalFinding(drop.dimension(), Verdict.DROP, sentence));
        return report.withFindings(findings);
    }

    private static String why(String signal, Dimension dimension, ConversionModel model) {
        double all = model.weights().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        double weight = model.weights().getOrDefault(signal, 0.0);
        String weighs = weight == 0 ? "with no weight" : "with " + Text.percent(weight / all) + " of its weight";
        return override(dimension, model)
                .map(reason -> "it is in the model, " + weighs + ", since the gate was overridden: " + reason)
                .orElse("it is in the model all the same, " + weighs
                        + ": training takes each signal of its schema; exclude it to leave it out");
    }

    private static Optional<String> override(Dimension dimension, ConversionModel model) {
        return dimension == Dimension.LEAKAGE
                ? model.training().map(TrainingProvenance::gate).orElse(List.of()).stream()
                        .filter(check -> check.name().equals("leakage"))
                        .flatMap(check -> check.override().stream())
                        .findFirst()
                : Optional.empty();
    }
}
