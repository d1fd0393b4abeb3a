package io.conversion.policy;

import io.conversion.core.json.ArtifactText;
import io.conversion.policy.internal.Wording;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    record Problem(String pointer, String found, String expected, String sentence) {

        /** A number that is not allowed. */
        static Problem of(String pointer, String what, double found, String expected) {
            return new Problem(pointer, String.valueOf(found), expected, what + " is " + found + "; " + expected);
        }
    }

    private PolicyCheck() {}

    static void check(PolicyParts parts, Consumer<Problem> problems) {
        name("name", "its name", parts.name(), problems);
        name("version", "its version", parts.version(), problems);
        text("owner", "its owner", parts.owner(), problems);
        text("change_note", "its change note", parts.changeNote(), problems);
        name("model/name", "the name of its model", parts.model().name(), problems);
        name("fallback/action", "its fallback action", parts.fallbackAction(), problems);
        bands(parts.bands(), problems);
        margin(parts, problems);
        guardrails(parts.guardrails(), problems);
        if (parts.control() != null) {
            control(parts.control(), problems);
        }
        if (parts.exploration() != null) {
            exploration(parts.exploration(), parts, problems);
        }
        Set<String> actions = parts.actions();
        counts("action_ranks", "a rank", parts.actionRanks(), actions, problems);
        counts("capacities", "a capacity", parts.capacities(), actions, problems);
    }

    private static void bands(List<Band> bands, Consumer<Problem> problems) {
        if (bands.isEmpty()) {
            problems.accept(new Problem("bands", "empty", "expected at least one band", "it has no band"));
        }
        for (int i = 0; i < bands.size(); i++) {
            Band band = bands.get(i);
            String at = "bands/" + i;
            String named = "band " + Wording.quoted(band.segment());
            name(at + "/segment", "the segment of band " + (i + 1), band.segment(), problems);
            name(at + "/action", "the action of " + named, band.action(), problems);
            text(at + "/recommendation", "the recommendation of " + named, band.recommendation(), problems);
            text(at + "/rationale", "the rationale of " + named, band.rationale(), problems);
            bound(at + "/from", named, band.from(), i == 0 ? null : bands.get(i - 1), problems);
        }
    }

    private static void margin(PolicyParts parts, Consumer<Problem> problems) {
        if (!(parts.margin() >= 0 && parts.margin() < 1)) {
            problems.accept(Problem.of("margin", "its margin", parts.margin(), "expected a number from 0 to below 1"));
        }
        if (parts.margin() == 0) {
            return;
        }
        Set<String> segments = new HashSet<>();
        for (int i = 0; i < parts.bands().size(); i++) {
            String segment = parts.bands().get(i).segment();
            if (!segments.add(segment)) {
                problems.accept(new Problem(
                        "bands/" + i + "/segment",
                        ArtifactText.quoted(segment) + " again",
                        "with a margin each band has a segment of its own, since the previous band is named by it",
                        "two bands have the segment " + Wording.quoted(segment)
                                + "; with a margin each band has a segment of its own, since the previous band is"
                                + " named by it"));
            }
        }
    }

    private static void guardrails(List<Guardrail> guardrails, Consumer<Problem> problems) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < guardrails.size(); i++) {
            Guardrail guardrail = guardrails.get(i);
            String at = "guardrails/" + i;
            String named = "guardrail " + Wording.quoted(guardrail.name());
            name(at + "/name", "the name of guardrail " + (i + 1), guardrail.name(), problems);
            if (!names.add(guardrail.name())) {
                problems.accept(new Problem(
                        at + "/name",
                        ArtifactText.quoted(guardrail.name()) + " again",
                        "each guardrail has a name of its own",
                        "two guardrails have the name " + Wording.quoted(guardrail.name())
                                + "; each guardrail has a name of its own"));
            }
            new ConditionCheck(at + "/condition", named, problems).check(guardrail.condition());
            name(at + "/action", "the action of " + named, guardrail.action(), problems);
            name(at + "/reason", "the reason of " + named, guardrail.reason(), problems);
        }
    }

    private static void control(ControlGroup control, Consumer<Problem> problems) {
        if (!(control.share() >= 0 && control.share() <= 1)) {
            problems.accept(Problem.of(
                    "control/share",
                    "the share of its control group",
                    control.share(),
                    "expected a number from 0 to 1"));
        }
        name("control/salt", "the salt of its control group", control.salt(), problems);
        name("control/action", "the action of its control group", control.action(), problems);
    }

    private static void exploration(Exploration exploration, PolicyParts parts, Consumer<Problem> problems) {
        if (!(exploration.share() >= 0 && exploration.share() <= 1)) {
            problems.accept(Problem.of(
                    "exploration/share",
                    "the share of its exploration",
                    exploration.share(),
                    "expected a number from 0 to 1"));
        }
        name("exploration/salt", "the salt of its exploration", exploration.salt(), problems);
        if (parts.control() != null && parts.control().salt().equals(exploration.salt())) {
            problems.accept(new Problem(
                    "exploration/salt",
                    "that of the control group",
                    "expected another salt, since nobody whom the control group leaves would be explored by chance",
                    "its exploration has the salt of its control group; each draw needs its own"));
        }
        if (exploration.alternatives().isEmpty()) {
            problems.accept(new Problem(
                    "exploration/alternatives",
                    "empty",
                    "expected the alternatives of at least one segment",
                    "its exploration has no alternatives"));
        }
        Set<String> segments = new LinkedHashSet<>();
        parts.bands().forEach(band -> segments.add(band.segment()));
        exploration.alternatives().forEach((segment, actions) -> {
            String at = "exploration/alternatives/" + ArtifactText.inPointer(segment);
            if (!segments.contains(segment)) {
                String expected = "the policy has the segments " + String.join(", ", segments);
                problems.accept(new Problem(
                        at,
                        "for a segment of no band",
                        expected,
                        "its exploration has alternatives for segment " + Wording.quoted(segment) + "; " + expected));
            }
            alternatives(at, segment, actions, problems);
        });
    }

    private static void alternatives(String at, String segment, List<String> actions, Consumer<Problem> problems) {
        String named = "of segment " + Wording.quoted(segment);
        if (actions.isEmpty()) {
            problems.accept(new Problem(
                    at, "empty", "expected at least one action", "its exploration has no alternatives " + named));
        }
        Set<String> once = new HashSet<>();
        for (int i = 0; i < actions.size(); i++) {
            name(at + "/" + i, "alternative " + (i + 1) + " " + named, actions.get(i), problems);
            if (!once.add(actions.get(i))) {
                problems.accept(new Problem(
                        at + "/" + i,
                        ArtifactText.quoted(actions.get(i)) + " again",
                        "each alternative is listed once, since all are drawn alike",
                        "its exploration has alternative " + Wording.quoted(actions.get(i)) + " " + named
                                + " twice; all are drawn alike"));
            }
        }
    }

    private static void counts(
            String field, String what, Map<String, Long> counts, Set<String> actions, Consumer<Problem> problems) {
        counts.forEach((action, count) -> {
            String at = field + "/" + ArtifactText.inPointer(action);
            String named = what + " for action " + ArtifactText.quoted(action);
            if (!actions.contains(action)) {
                String expected = "the policy has the actions " + String.join(", ", actions);
                problems.accept(new Problem(
                        at, "for an action that nothing answers with", expected, "it has " + named + "; " + expected));
            }
            if (!(count >= 0 && count <= 1L << 53)) {
                String expected = "expected a whole number from 0 to 2^53";
                problems.accept(new Problem(
                        at, String.valueOf(count), expected, "it has " + named + " of " + count + "; " + expected));
            }
        });
    }

    static void name(String pointer, String what, String text, Consumer<Problem> problems) {
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
            problem = ", not above band " + Wording.quoted(previous.segment()) + " at " + previous.from()
                    + "; list bands in ascending order";
        }
        if (problem != null) {
            String sentence = band + " starts at " + from + problem;
            problems.accept(new Problem(pointer, String.valueOf(from), sentence, sentence));
        }
    }
}
