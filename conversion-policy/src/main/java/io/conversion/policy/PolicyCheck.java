package io.conversion.policy;

import io.conversion.core.json.ArtifactText;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong with the parts of a policy. */
final class PolicyCheck {

    /**
     * One problem.
     *
     * @param pointer where it is in the policy's file, as a JSON pointer
     * @param found what is there
     * @param expected what is allowed
     * @param sentence the same for somebody who has no file
     */
    record Problem(String pointer, String found, String expected, String sentence) {}

    private PolicyCheck() {}

    static void check(
            String name,
            String version,
            String model,
            List<Band> bands,
            String fallbackAction,
            Consumer<Problem> problems) {
        name("name", "its name", name, problems);
        name("version", "its version", version, problems);
        name("model/name", "the name of its model", model, problems);
        name("fallback/action", "its fallback action", fallbackAction, problems);
        if (bands.isEmpty()) {
            problems.accept(new Problem("bands", "empty", "expected at least one band", "it has no band"));
        }
        for (int i = 0; i < bands.size(); i++) {
            Band band = bands.get(i);
            String at = "bands/" + i;
            String named = "band \"" + band.segment() + "\"";
            name(at + "/segment", "the segment of band " + (i + 1), band.segment(), problems);
            name(at + "/action", "the action of " + named, band.action(), problems);
            text(at + "/recommendation", "the recommendation of " + named, band.recommendation(), problems);
            text(at + "/rationale", "the rationale of " + named, band.rationale(), problems);
            bound(at + "/from", named, band.from(), i == 0 ? null : bands.get(i - 1), problems);
        }
    }

    private static void name(String pointer, String what, String text, Consumer<Problem> problems) {
        if (!ArtifactText.isName(text)) {
            problems.accept(new Problem(
                    pointer,
                    text.isBlank() ? "blank" : "not valid",
                    ArtifactText.NAME,
                    what + " is not valid: " + ArtifactText.NAME));
        }
    }

    private static void text(String pointer, String what, String text, Consumer<Problem> problems) {
        if (!ArtifactText.isText(text)) {
            String expected = "expected a text of at most " + ArtifactText.LONGEST_TEXT + " characters";
            problems.accept(new Problem(pointer, "not valid", expected, what + " is not valid: " + expected));
        }
    }

    private static void bound(
            String pointer, String band, double from, @Nullable Band previous, Consumer<Problem> problems) {
        String problem = null;
        if (!(from >= 0 && from <= 1)) {
            problem = "; a bound is a probability from 0 to 1";
        } else if (previous == null && from != 0) {
            problem = "; the first band starts at 0, so that every probability has a band";
        } else if (previous != null && from <= previous.from()) {
            problem = ", not above band \"" + previous.segment() + "\" at " + previous.from()
                    + "; list bands in ascending order";
        }
        if (problem != null) {
            String sentence = band + " starts at " + from + problem;
            problems.accept(new Problem(pointer, String.valueOf(from), sentence, sentence));
        }
    }
}
