package io.conversion.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a policy, and makes it if they fit. For one thread. */
public final class PolicyBuilder {

    private final String name;
    private final String version;
    private final ModelRequirement model;
    private List<Band> bands = List.of();
    private String fallbackAction = "";
    private List<Guardrail> guardrails = List.of();
    private double margin;
    private String owner = "";
    private String changeNote = "";
    private @Nullable Instant effectiveFrom;
    private @Nullable ControlGroup control;
    private @Nullable Exploration exploration;
    private Map<String, Long> actionRanks = Map.of();
    private Map<String, Long> capacities = Map.of();

    PolicyBuilder(String name, String version, ModelRequirement model) {
        this.name = name;
        this.version = version;
        this.model = model;
    }

    PolicyBuilder(String version, PolicyParts parts) {
        this(parts.name(), version, parts.model());
        this.bands = parts.bands();
        this.fallbackAction = parts.fallbackAction();
        this.guardrails = parts.guardrails();
        this.margin = parts.margin();
        this.owner = parts.owner();
        this.changeNote = parts.changeNote();
        this.effectiveFrom = parts.effectiveFrom();
        this.control = parts.control();
        this.exploration = parts.exploration();
        this.actionRanks = parts.actionRanks();
        this.capacities = parts.capacities();
    }

    /**
     * Sets the bands, which every policy has.
     *
     * @param ascending the bands in ascending order, the first one from 0
     * @return this builder
     */
    public PolicyBuilder bands(List<Band> ascending) {
        bands = ascending;
        return this;
    }

    /**
     * Sets what the host is to do where no decision can be made, which every policy says.
     *
     * @param action the action
     * @return this builder
     */
    public PolicyBuilder fallbackAction(String action) {
        fallbackAction = action;
        return this;
    }

    /**
     * Sets the guardrails; there are none otherwise.
     *
     * @param inOrder the guardrails in the order in which they are asked
     * @return this builder
     */
    public PolicyBuilder guardrails(List<Guardrail> inOrder) {
        guardrails = inOrder;
        return this;
    }

    /**
     * Adds a guardrail after the others.
     *
     * @param guardrail the guardrail
     * @return this builder
     */
    public PolicyBuilder guardrail(Guardrail guardrail) {
        List<Guardrail> more = new ArrayList<>(guardrails);
        more.add(guardrail);
        return guardrails(more);
    }

    /**
     * Sets how far the probability of a user must leave the previous band before another one decides; 0 otherwise. With
     * a margin, no two bands may have one segment.
     *
     * @param probability the margin on either side, from 0 to below 1
     * @return this builder
     */
    public PolicyBuilder margin(double probability) {
        margin = probability;
        return this;
    }

    /**
     * States who answers for the policy; nobody otherwise.
     *
     * @param who any text; may be empty
     * @return this builder
     */
    public PolicyBuilder owner(String who) {
        owner = who;
        return this;
    }

    /**
     * States what is new in this version; nothing otherwise.
     *
     * @param note any text; may be empty
     * @return this builder
     */
    public PolicyBuilder changeNote(String note) {
        changeNote = note;
        return this;
    }

    /**
     * States from when the policy is meant to apply. The engine has no clock and does not look at it.
     *
     * @param moment the moment; null if it is not said
     * @return this builder
     */
    public PolicyBuilder effectiveFrom(@Nullable Instant moment) {
        effectiveFrom = moment;
        return this;
    }

    /**
     * Sets the control group; there is none otherwise.
     *
     * @param group the control group; null for none
     * @return this builder
     */
    public PolicyBuilder control(@Nullable ControlGroup group) {
        control = group;
        return this;
    }

    /**
     * Sets the share of users whose action is drawn from alternatives of their band; there is none otherwise.
     *
     * @param drawn the exploration; null for none
     * @return this builder
     */
    public PolicyBuilder exploration(@Nullable Exploration drawn) {
        exploration = drawn;
        return this;
    }

    /**
     * Ranks actions, so that it can be checked whether a higher band has an action of no lower rank. Has no part in a
     * decision.
     *
     * @param byAction the ranks by action, whole numbers of at least 0, equal ones allowed
     * @return this builder
     */
    public PolicyBuilder actionRanks(Map<String, Long> byAction) {
        actionRanks = byAction;
        return this;
    }

    /**
     * States how many users may get an action at most. Has no part in a decision; what a policy would do to given users
     * is compared with it.
     *
     * @param byAction the number of users by action, at least 0
     * @return this builder
     */
    public PolicyBuilder capacities(Map<String, Long> byAction) {
        capacities = byAction;
        return this;
    }

    /**
     * Makes the policy.
     *
     * @return the policy
     * @throws IllegalArgumentException if the parts do not make a policy; the message lists every problem
     */
    public Policy build() {
        PolicyParts parts = new PolicyParts(
                name,
                version,
                owner,
                changeNote,
                effectiveFrom,
                model,
                bands,
                margin,
                guardrails,
                control,
                exploration,
                fallbackAction,
                actionRanks,
                capacities);
        return Policy.of(parts, false);
    }
}
