package io.conversion.policy.review;

import io.conversion.core.ConversionModel;
import io.conversion.policy.Condition;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import io.conversion.policy.review.Finding.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with the guardrails of a policy. For one thread. */
final class GuardrailReview {

    private final Policy policy;
    private final @Nullable ConversionModel model;
    private final Consumer<Finding> findings;

    // The guardrails that can be reasoned about, since they fit the model and each other, by position.
    private final Map<Integer, Guardrail> fitting = new LinkedHashMap<>();

    GuardrailReview(Policy policy, @Nullable ConversionModel model, Consumer<Finding> findings) {
        this.policy = policy;
        this.model = model;
        this.findings = findings;
    }

    void run() {
        Set<String> mixed = signalsOfTwoKinds();
        for (int i = 0; i < policy.guardrails().size(); i++) {
            Guardrail guardrail = policy.guardrails().get(i);
            boolean fits = model == null || misfits(i, guardrail, model) == 0;
            if (fits && signals(guardrail.condition()).stream().noneMatch(mixed::contains)) {
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

    private static List<String> signals(Condition condition) {
        return ConditionSpace.parts(condition).stream()
                .filter(Condition.OfSignal.class::isInstance)
                .map(part -> ((Condition.OfSignal) part).signal())
                .toList();
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
        Optional<Boolean> left = box.reachesBeyond(List.copyOf(earlier.values()), space);
        if (left.isPresent() && !left.get()) {
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
            if (!box.reachesBeyond(widest, space).orElse(false)) {
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
    private static String coveredBy(
            Guardrail guardrail, ConditionBox box, Map<String, ConditionBox> earlier, ConditionSpace space) {
        List<String> alone = new ArrayList<>();
        List<String> together = new ArrayList<>();
        earlier.forEach((name, other) -> {
            if (!box.reachesBeyond(List.of(other), space).orElse(true)) {
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
        findings.accept(new Finding(code, pointer, "guardrail " + Wording.quoted(guardrail.name()) + predicate));
    }

    /** Reports each part of a condition that does not fit the model, and how many there are. */
    private int misfits(int position, Guardrail guardrail, ConversionModel against) {
        List<Condition> parts = ConditionSpace.parts(guardrail.condition());
        int found = 0;
        for (int i = 0; i < parts.size(); i++) {
            String at = "/guardrails/" + position + "/condition"
                    + (guardrail.condition() instanceof Condition.AllOf ? "/conditions/" + i : "");
            Guardrail alone = new Guardrail(guardrail.name(), parts.get(i), guardrail.action(), guardrail.reason());
            Policy single = Policy.builder(policy.name(), policy.version(), policy.model())
                    .bands(policy.bands())
                    .fallbackAction(policy.fallbackAction())
                    .guardrail(alone)
                    .build();
            for (String misfit : single.misfits(against.schema())) {
                findings.accept(
                        new Finding(Code.GUARDRAIL_DOES_NOT_FIT, at, misfit + "; every user gets the fallback"));
                found++;
            }
        }
        return found;
    }

    private Set<String> signalsOfTwoKinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        Set<String> mixed = new LinkedHashSet<>();
        for (int i = 0; i < policy.guardrails().size(); i++) {
            Guardrail guardrail = policy.guardrails().get(i);
            for (Condition part : ConditionSpace.parts(guardrail.condition())) {
                String kind = kind(part);
                if (!kind.isEmpty() && part instanceof Condition.OfSignal ofSignal) {
                    String known = kinds.putIfAbsent(ofSignal.signal(), kind);
                    if (known != null && !known.equals(kind) && mixed.add(ofSignal.signal())) {
                        add(
                                Code.SIGNAL_OF_TWO_KINDS,
                                "/guardrails/" + i + "/condition",
                                guardrail,
                                " takes signal " + Wording.quoted(ofSignal.signal()) + " for a " + kind
                                        + ", and another condition for a " + known + "; no model fits both");
                    }
                }
            }
        }
        return mixed;
    }

    /** The kind of signal that a condition needs; empty if any will do. */
    private static String kind(Condition part) {
        if (part instanceof Condition.NumberIs) {
            return "numeric signal";
        } else if (part instanceof Condition.LevelIn) {
            return "categorical signal";
        }
        return part instanceof Condition.FlagIs ? "flag" : "";
    }
}
