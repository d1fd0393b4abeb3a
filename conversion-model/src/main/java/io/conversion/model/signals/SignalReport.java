package io.conversion.model.signals;

import io.conversion.model.evaluation.RocAuc;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a validation says of one signal. Immutable and safe to share between threads.
 *
 * @param signal the name of the signal
 * @param kind its kind
 * @param missing the rows in which it has no value
 * @param distinct how many values or levels occur
 * @param strength how well it alone tells converters from others
 * @param overCohorts how it does in cohorts; null if there are none, or it tells the cohort itself
 * @param inflation how much of it other signals tell already; null if it has no variation
 * @param availableDay the day on which its value is known; null if it was not declared
 * @param meaning what it is declared to mean, empty if nothing was said
 * @param unit the unit that is declared, empty if there is none
 * @param isActionable whether the product is declared to be able to move it
 * @param findings why it is not kept without condition, in the order of the dimensions; empty if it is kept
 */
public record SignalReport(
        String signal,
        SignalKind kind,
        int missing,
        int distinct,
        PredictiveStrength strength,
        @Nullable Stability overCohorts,
        @Nullable Collinearity inflation,
        @Nullable Integer availableDay,
        String meaning,
        String unit,
        boolean isActionable,
        List<SignalFinding> findings) {

    /** Copies the list. {@inheritDoc} */
    public SignalReport {
        findings = List.copyOf(findings);
    }

    /**
     * What becomes of the signal.
     *
     * @return the most severe verdict that a finding calls for; keep if there is no finding
     */
    public Verdict verdict() {
        return findings.stream()
                .map(SignalFinding::verdict)
                .max(Verdict::compareTo)
                .orElse(Verdict.KEEP);
    }

    /**
     * Why the signal is not kept without condition.
     *
     * @return the sentences of the findings
     */
    public List<String> reasons() {
        return findings.stream().map(SignalFinding::sentence).toList();
    }

    /**
     * How the signal does in cohorts.
     *
     * @return its stability, empty if there are no cohorts, or the signal tells the cohort itself
     */
    public Optional<Stability> stability() {
        return Optional.ofNullable(overCohorts);
    }

    /**
     * How much of the signal other signals tell already.
     *
     * @return its collinearity, empty if it has no variation
     */
    public Optional<Collinearity> collinearity() {
        return Optional.ofNullable(inflation);
    }

    /**
     * When the value of the signal is known.
     *
     * @return the day, empty if it was not declared
     */
    public Optional<Integer> availableOn() {
        return Optional.ofNullable(availableDay);
    }

    /** The strength as a number to sort by. */
    double strengthValue() {
        return strength.strength().map(RocAuc::value).orElse(0.0);
    }

    SignalReport withFindings(List<SignalFinding> found) {
        return new SignalReport(
                signal,
                kind,
                missing,
                distinct,
                strength,
                overCohorts,
                inflation,
                availableDay,
                meaning,
                unit,
                isActionable,
                found);
    }
}
