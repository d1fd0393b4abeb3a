package io.conversion.workbench;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A model whose log-odds are a signal, and a policy of two bands, so that what comes of them can be counted by hand. */
final class Trial {

    private Trial() {}

    /** Saves model "trial" 1, whose log-odds are its signal "logit", whatever the other signals are. */
    static Path saveModel(Path file, Signal... others) throws IOException {
        Map<String, Shape> shapes = new HashMap<>(Map.of("logit", new Shape.Linear(1, 0, 0)));
        for (Signal other : others) {
            shapes.put(other.name(), new Shape.Linear(0, 0, 0));
        }
        Signal[] signals = Stream.concat(Stream.of(Signal.numeric("logit")), Stream.of(others))
                .toArray(Signal[]::new);
        ConversionModel.of("trial", "1", SignalSchema.of("trial", "1", signals), 0, shapes)
                .save(file);
        return file;
    }

    /** Policy "offers" for that model: "wait" below the bound, "offer" from it on, "nothing" as the fallback. */
    static Policy offers(String version, double bound) {
        return Policy.of(
                "offers",
                version,
                ModelRequirement.named("trial"),
                List.of(Band.of("low", 0, "wait"), Band.of("high", bound, "offer")),
                "nothing");
    }
}
