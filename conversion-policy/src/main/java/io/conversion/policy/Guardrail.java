package io.conversion.policy;

/**
 * A declared condition that overrides the action of the band. Guardrails are asked in the order of the policy; the first
 * one whose condition holds decides.
 *
 * @param name the name, unique in its policy
 * @param condition when it decides
 * @param action what the host is to do then
 * @param reason why, for people
 */
public record Guardrail(String name, Condition condition, String action, String reason) {}
