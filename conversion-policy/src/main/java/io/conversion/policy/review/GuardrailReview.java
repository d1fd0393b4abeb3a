package io.conversion.policy.review;

import io.conversion.core.ConversionModel;
import io.conversion.policy.Condition;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Misfit;
import io.conversion.policy.Policy;
import io.conversion.policy.internal.Wording;
import io.conversion.policy.review.PolicyFinding.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with the guardrails of a policy. For one thread. */
final class GuardrailReview {

    private final Policy policy;
    private final @Nullable ConversionModel model;
    private final Consumer<PolicyFinding> findings;
    private final ReviewBudget budget = new ReviewBudget();

    // The guardrails that can be reasoned about, since they fit the model and each other, by position.
    private final Map<Integer, Guardrail> fitting = new LinkedHashMap<>();

    GuardrailReview(Policy policy, @Nullable ConversionModel model, Consumer<PolicyFinding> findings) {
        this.policy = policy;
        this.model = model;
        this.findings = findings;
    }

    void run() {
        Set<String> mixed = signalsOfTwoKinds();
        Set<String> misfitting = new HashSet<>();
        for (Misfit misfit : model == null ? List.<Misfit>of() : policy.misfits(model.schema())) {
            misfitting.add(misfit.guardrail());
            findings.accept(new PolicyFinding(
                    Code.GUARDRAIL_DOES_NOT_FIT, misfit.pointer(), misfit + "; every user gets the fallback"));
        }
        for (int i = 0; i < policy.guardrails().size(); i++) {
            Guardrail guardrail = policy.guardrails().get(i);
            if (!misfitting.contains(guardrail.name())
                    && ofSignals(guardrail).noneMatch(part -> mixed.contains(part.signal()))) {
                fitting.put(i, guardrail);
            }
        }
        ConditionSpace space = new ConditionSpace(
                fitting.values().stream().map(Guardrail::condition).toList(), model);
        Map<String, ConditionBox> earlier = new LinkedHashMap<>();
        fitting.forEach((i, guardrail) -> {
            ConditionBox box = space.box(guardrail.condition());
            judgeReach("/guardrails/" + i, guardrail, box, earlier, space);
            earlier.put(guardrail.name(), box);
        });
    }

    private static Stream<Condition.OfSignal> ofSignals(Guardrail guardrail) {
        return guardrail.condition().parts().stream()
                .filter(Condition.OfSignal.class::isInstance)
                .map(Condition.OfSignal.class::cast);
    }

    /** Reports a condition that nothing satisfies, or nothing that earlier guardrails leave. */
    private void judgeReach(
            String at, Guardrail guardrail, ConditionBox box, Map<String, ConditionBox> earlier, ConditionSpace space) {
        if (box.isEmpty()) {
            add(
                    Code.CONTRADICTION,
                    at + "/condition",
                    guardrail,
                    " never decides: no " + (model == null ? "" : "valid ") + "signals satisfy " + guardrail.condition()
                            + "; correct the condition or remove the guardrail");
            return;
        }
        Optional<Boolean> left = box.reachesBeyond(List.copyOf(earlier.values()), space, budget);
        if (left.isEmpty()) {
            add(
                    Code.TOO_MANY_COMBINATIONS,
                    at,
                    guardrail,
                    " comes after guardrails that divide its users into too many combinations; whether it can decide for"
                            + " anybody was not decided: test it with users of your own, or ask simpler guardrails before it");
        } else if (!left.get()) {
            add(Code.UNREACHABLE_GUARDRAIL, at, guardrail, coveredBy(guardrail, box, earlier, space));
        } else if (box.isOpaque()) {
            add(
                    Code.NOT_DECIDED,
                    at + "/condition",
                    guardrail,
                    " depends on what a score rests on; whether it can decide for anybody was not decided");
        } else {
            List<ConditionBox> widest =
                    earlier.values().stream().map(ConditionBox::bySignalsOnly).toList();
            if (!box.reachesBeyond(widest, space, budget).orElse(false)) {
                add(
                        Code.NOT_DECIDED,
                        at,
                        guardrail,
                        " comes after guardrails that hold for all of its users, unless the evidence or the intervals of"
                                + " their scores say otherwise; whether it can decide for anybody was not decided");
            }
        }
    }

    /** Which earlier guardrails hold whenever the condition does. */
    private String coveredBy(
            Guardrail guardrail, ConditionBox box, Map<String, ConditionBox> earlier, ConditionSpace space) {
        List<String> alone = new ArrayList<>();
        List<String> together = new ArrayList<>();
        earlier.forEach((name, other) -> {
            if (!box.reachesBeyond(List.of(other), space, budget).orElse(true)) {
                alone.add(name);
            } else if (box.intersects(other)) {
                together.add(name);
            }
        });
        String covering = alone.isEmpty()
                ? "one of the guardrails " + Wording.quoted(together) + " holds"
                : "guardrail " + Wording.quoted(alone.get(0)) + " holds";
        return " never decides: whenever " + guardrail.condition() + ", " + covering
                + " and is asked before it; move it up or remove it";
    }

    private void add(Code code, String pointer, Guardrail guardrail, String predicate) {
        findings.accept(new PolicyFinding(code, pointer, "guardrail " + Wording.quoted(guardrail.name()) + predicate));
    }

    private Set<String> signalsOfTwoKinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        Set<String> mixed = new LinkedHashSet<>();
        for (int i = 0; i < policy.guardrails().size(); i++) {
            String at = "/guardrails/" + i + "/condition";
            Guardrail guardrail = policy.guardrails().get(i);
            ofSignals(guardrail).filter(part -> !part.kind().isEmpty()).forEach(part -> {
                String known = kinds.putIfAbsent(part.signal(), part.kind());
                if (known != null && !known.equals(part.kind()) && mixed.add(part.signal())) {
                    add(
                            Code.SIGNAL_OF_TWO_KINDS,
                            at,
                            guardrail,
                            " takes signal " + Wording.quoted(part.signal()) + " for a " + part.kind()
                                    + ", and another condition for a " + known + "; no model fits both");
                }
            });
        }
        return mixed;
    }
}
