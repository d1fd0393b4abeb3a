package io.conversion.workbench.models;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.workbench.console.Numbers;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the inference of a schema from a CSV file is likely to have got wrong. */
final class InferredSchema {

    /** So many levels or fewer are nothing to ask about. */
    private static final int USUAL_LEVELS = 50;

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.,]+([eE][+-]?[0-9]+)?");

    private InferredSchema() {}

    /** What to look at, in sentences. */
    static List<String> doubts(SignalSchema schema) {
        return schema.declared().stream()
                .filter(CategoricalSignal.class::isInstance)
                .flatMap(signal -> doubt((CategoricalSignal) signal))
                .toList();
    }

    private static Stream<String> doubt(CategoricalSignal signal) {
        List<String> levels = signal.levels();
        List<String> words = levels.stream()
                .filter(level -> !NUMBER.matcher(level).matches())
                .toList();
        String named = "signal \"" + signal.name() + "\" ";
        if (!words.isEmpty() && words.size() * 4 <= levels.size()) {
            return Stream.of(
                    named + "is categorical for " + words.stream().limit(3).toList()
                            + (words.size() > 3 ? " and " + (words.size() - 3) + " more" : "") + "; its other "
                            + Numbers.count(levels.size() - words.size(), "level") + " are numbers");
        } else if (levels.size() > USUAL_LEVELS) {
            return Stream.of(
                    named + "has " + Numbers.count(levels.size()) + " levels; if it identifies users, exclude it");
        }
        return Stream.empty();
    }
}
