package io.conversion.policy.review;

import io.conversion.core.json.ArtifactText;
import io.conversion.policy.Guardrail;
import io.conversion.policy.internal.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A guardrail that is new, gone, asked in another order or says something else; guardrails are told by their names.
 * Immutable and safe to share between threads.
 */
public final class GuardrailChange {

    /** What happened to a guardrail. */
    public enum Kind {
        /** It is new. */
        ADDED,
        /** It is gone. */
        REMOVED,
        /** It is asked before or after others that it was not before or after. */
        MOVED,
        /** Its condition, action or reason is another one. */
        CHANGED
    }

    private final Kind kind;
    private final @Nullable Guardrail before;
    private final @Nullable Guardrail after;
    private final int place;
    private final String sentence;

    private GuardrailChange(
            Kind kind, @Nullable Guardrail before, @Nullable Guardrail after, int place, String sentence) {
        this.kind = kind;
        this.before = before;
        this.after = after;
        this.place = place;
        this.sentence = sentence;
    }

    static GuardrailChange added(Guardrail guardrail, int place) {
        String sentence = named(guardrail) + " is new, at place " + place + ": " + rule(guardrail);
        return new GuardrailChange(Kind.ADDED, null, guardrail, place, sentence);
    }

    static GuardrailChange removed(Guardrail guardrail, int place) {
        return new GuardrailChange(
                Kind.REMOVED, guardrail, null, place, named(guardrail) + " is gone: " + rule(guardrail));
    }

    static GuardrailChange moved(Guardrail before, Guardrail after, int place) {
        String sentence = named(after) + " is asked in another order, at place " + place + " now";
        return new GuardrailChange(Kind.MOVED, before, after, place, sentence);
    }

    static GuardrailChange changed(Guardrail before, Guardrail after, int place) {
        List<String> parts = new ArrayList<>();
        if (!before.condition().equals(after.condition())) {
            parts.add("condition " + before.condition() + " becomes " + after.condition());
        }
        if (!before.action().equals(after.action())) {
            parts.add("action " + Wording.quoted(before.action()) + " becomes " + Wording.quoted(after.action()));
        }
        if (!before.reason().equals(after.reason())) {
            parts.add("reason " + Wording.quoted(before.reason()) + " becomes " + Wording.quoted(after.reason()));
        }
        return new GuardrailChange(Kind.CHANGED, before, after, place, named(after) + ": " + String.join(", ", parts));
    }

    private static String named(Guardrail guardrail) {
        return "guardrail " + Wording.quoted(guardrail.name());
    }

    private static String rule(Guardrail guardrail) {
        return "if " + guardrail.condition() + ", action " + Wording.quoted(guardrail.action()) + " ("
                + ArtifactText.shown(guardrail.reason()) + ")";
    }

    /**
     * What happened.
     *
     * @return the kind of change
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The guardrail as it was.
     *
     * @return the guardrail; empty if it is new
     */
    public Optional<Guardrail> before() {
        return Optional.ofNullable(before);
    }

    /**
     * The guardrail as it is.
     *
     * @return the guardrail; empty if it is gone
     */
    public Optional<Guardrail> after() {
        return Optional.ofNullable(after);
    }

    /**
     * At which place the guardrail is asked.
     *
     * @return its place among the guardrails, from 1; where it was, if it is gone
     */
    public int place() {
        return place;
    }

    /**
     * The change in a sentence.
     *
     * @return such as {@code guardrail "complaint" is new, at place 1: if "complaints" > 0, action "apologise" (reason)}
     */
    public String sentence() {
        return sentence;
    }

    /** The sentence. */
    @Override
    public String toString() {
        return sentence;
    }
}
