package io.conversion.core.signals;

import io.conversion.core.artifact.InvalidArtifactException.Problem;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonLimits;
import io.conversion.core.json.JsonObject;
import io.conversion.core.json.JsonReading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The signals of one user as a JSON object by itself. */
final class SignalJson {

    private static final int VALUES = 64 * 1024;

    static final JsonLimits LIMITS =
            JsonLimits.of(1 << 20, 8, 4 * 1024, 64 * 1024, 512).budget(VALUES, 1_000);

    private SignalJson() {}

    static SignalReading read(SignalSchema schema, CleanJson quick, byte[] json) {
        Signals clean = json.length <= LIMITS.bytes() && schema.size() < VALUES ? quick.read(json) : null;
        return clean != null ? new SignalReading.Accepted(clean) : thorough(schema, json);
    }

    static SignalReading read(SignalSchema schema, CleanJson quick, String json) {
        byte[] ascii = json.getBytes(StandardCharsets.US_ASCII);
        // What is not ASCII was replaced by question marks.
        boolean whole = json.equals(new String(ascii, StandardCharsets.US_ASCII));
        return whole
                ? read(schema, quick, ascii)
                : read(schema, JsonDocument.attempt(json, LIMITS, JsonObject::values));
    }

    /** By the strict parser, which can tell what is wrong. */
    static SignalReading thorough(SignalSchema schema, byte[] json) {
        return read(schema, JsonDocument.attempt(json, LIMITS, JsonObject::values));
    }

    private static SignalReading read(SignalSchema schema, JsonReading<Map<String, Object>> read) {
        Map<String, Object> values = read.value();
        if (values != null && read.problems().isEmpty()) {
            return schema.read(values);
        }
        List<Violation> violations = new ArrayList<>();
        Set<String> unreadable = new HashSet<>();
        for (Problem problem : read.problems()) {
            String signal = ArtifactText.firstName(problem.pointer());
            unreadable.add(signal);
            violations.add(new Violation(signal, Violation.Kind.UNREADABLE, sentence(problem)));
        }
        if (values != null && schema.read(values) instanceof SignalReading.Refused refused) {
            refused.violations().stream()
                    .filter(violation -> !unreadable.contains(violation.signal()))
                    .forEach(violations::add);
        }
        return new SignalReading.Refused(violations);
    }

    private static String sentence(Problem problem) {
        // The reader is made for files, and says so of the document as a whole.
        String what = problem.pointer().isEmpty() ? "the JSON of the signals" : problem.pointer();
        return what + " is " + problem.found() + "; " + problem.expected().replace("the file", "the JSON");
    }
}
