package io.conversion.workbench.console;

import io.conversion.policy.review.PolicyFinding;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the verification of a policy found, as text.
 *
 * @param findings the findings
 */
public record FindingLines(List<PolicyFinding> findings) {

    public void print(PrintWriter out) {
        out.println(findings.isEmpty() ? "findings: none" : "findings:");
        lines().forEach(out::println);
    }

    /** Where each finding is, and its sentence. */
    public List<String> lines() {
        return findings.stream()
                .flatMap(finding -> Stream.of(
                        "  " + Wording.of(finding.severity()) + " " + Wording.of(finding.code()) + " at "
                                + finding.pointer(),
                        "    " + finding.sentence()))
                .toList();
    }

    public boolean hasErrors() {
        return countErrors() > 0;
    }

    /** Such as {@code 2 errors}. */
    public String errors() {
        return Numbers.count(countErrors(), "error");
    }

    private long countErrors() {
        return findings.stream()
                .filter(finding -> finding.severity() == PolicyFinding.Severity.ERROR)
                .count();
    }
}
