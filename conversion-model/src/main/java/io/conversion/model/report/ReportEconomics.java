package io.conversion.model.report;

import java.util.List;
import java.util.Optional;

/**
 * What a policy is expected to gain on the users of a report, by economics that somebody declares, as a report shows it.
 * All amounts are in one unit. Immutable and safe to share between threads.
 *
 * @param value what a conversion is worth
 * @param gains what each action gains, against doing nothing
 * @param changes what the policy gains if one assumption is another one
 * @param limits what the amounts do not say, in whole sentences
 */
public record ReportEconomics(double value, List<Gain> gains, List<Change> changes, List<String> limits) {

    /** Copies the lists. {@inheritDoc} */
    public ReportEconomics {
        gains = List.copyOf(gains);
        changes = List.copyOf(changes);
        limits = List.copyOf(limits);
    }

    /** What all actions gain together. */
    double total() {
        return gains.stream().mapToDouble(Gain::gain).sum();
    }

    Optional<Gain> gain(String action) {
        return gains.stream().filter(gain -> gain.action().equals(action)).findFirst();
    }

    /**
     * What an action is expected to gain on its users.
     *
     * @param action the action
     * @param gain the expected gain by the declared effect
     * @param effect the declared effect, in words
     * @param source where that is from, such as an experiment or a guess
     * @param paysFrom the least effect by which it gains anything, in words
     */
    public record Gain(String action, double gain, String effect, String source, String paysFrom) {}

    /**
     * What the policy gains if one assumption is another one.
     *
     * @param assumption the assumption in words
     * @param assumed the number that was assumed
     * @param changed the number that is tried instead
     * @param gain the expected gain of the same decisions then
     */
    public record Change(String assumption, double assumed, double changed, double gain) {}
}
