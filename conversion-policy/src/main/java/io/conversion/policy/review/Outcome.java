package io.conversion.policy.review;

import io.conversion.policy.Band;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Decision;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.Exploration;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What can come of a decision by one policy: a band decides, a guardrail overrides it, the user is in the control group, an
 * alternative of the band is drawn, or there is no decision. Immutable and safe to share between threads.
 *
 * @param kind which of them
 * @param name the segment of the band (of an alternative, too), the name of the guardrail, or the reason of the fallback in lower case
 * @param action what the host is then to do
 */
public record Outcome(Kind kind, String name, String action) {

    /** What a decision came of. */
    public enum Kind {
        /** A band, that of the probability or a held one. */
        BAND,
        /** A guardrail. */
        GUARDRAIL,
        /** The control group. */
        CONTROL,
        /** An alternative of the band that was drawn. */
        EXPLORATION,
        /** No decision. */
        FALLBACK
    }

    private static final List<Reason> FALLBACKS = Stream.of(Reason.values())
            .filter(reason -> reason.isFallback() && reason != Reason.NO_POLICY)
            .toList();

    /** Everything that can come of a policy: bands, guardrails, the control group if there is one, alternatives, fallbacks. */
    static List<Outcome> of(Policy policy) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Band band : policy.bands()) {
            outcomes.add(new Outcome(Kind.BAND, band.segment(), band.action()));
        }
        for (Guardrail guardrail : policy.guardrails()) {
            outcomes.add(new Outcome(Kind.GUARDRAIL, guardrail.name(), guardrail.action()));
        }
        policy.control()
                .map(ControlGroup::action)
                .ifPresent(action -> outcomes.add(new Outcome(Kind.CONTROL, "control group", action)));
        explored(policy)
                .forEach((segment, actions) ->
                        actions.forEach(action -> outcomes.add(new Outcome(Kind.EXPLORATION, segment, action))));
        for (Reason reason : FALLBACKS) {
            outcomes.add(new Outcome(Kind.FALLBACK, reason.name().toLowerCase(Locale.ROOT), policy.fallbackAction()));
        }
        return List.copyOf(outcomes);
    }

    /** The index of what came of a decision by the policy among {@link #of}. */
    static int index(Decision decision, Policy policy) {
        int bands = policy.bands().size();
        int guardrails = policy.guardrails().size();
        if (decision instanceof Decision.Overridden overridden) {
            return bands + policy.guardrails().indexOf(overridden.guardrail());
        } else if (decision instanceof Decision.Control) {
            return bands + guardrails;
        } else if (decision instanceof Decision.Explored explored) {
            return of(policy)
                    .indexOf(new Outcome(Kind.EXPLORATION, explored.band().segment(), explored.action()));
        } else if (decision instanceof Decision.Banded banded) {
            return policy.bands().indexOf(banded.band());
        }
        int explored = explored(policy).values().stream().mapToInt(List::size).sum();
        return bands
                + guardrails
                + (policy.control().isPresent() ? 1 : 0)
                + explored
                + FALLBACKS.indexOf(decision.reason());
    }

    private static Map<String, List<String>> explored(Policy policy) {
        return policy.exploration().map(Exploration::alternatives).orElse(Map.of());
    }
}
