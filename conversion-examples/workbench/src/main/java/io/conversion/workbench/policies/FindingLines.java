package io.conversion.workbench.policies;

import io.conversion.policy.review.PolicyFinding;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.Wording;
import java.io.PrintWriter;
import java.util.List;

/**
 * What the verification of a policy found, as text.
 *
 * @param findings the findings
 */
record FindingLines(List<PolicyFinding> findings) {

    void print(PrintWriter out) {
        out.println(findings.isEmpty() ? "findings: none" : "findings:");
        for (PolicyFinding finding : findings) {
            out.println("  " + Wording.of(finding.severity()) + " " + Wording.of(finding.code()) + " at "
                    + finding.pointer());
            out.println("    " + finding.sentence());
        }
    }

    boolean hasErrors() {
        return countErrors() > 0;
    }

    /** Such as {@code 2 errors}. */
    String errors() {
        return Numbers.count(countErrors(), "error");
    }

    private long countErrors() {
        return findings.stream()
                .filter(finding -> finding.severity() == PolicyFinding.Severity.ERROR)
                .count();
    }
}
