package io.conversion.workbench.policies;

import io.conversion.policy.review.PolicyDiff;
import io.conversion.workbench.console.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what is different in another version of a policy. */
@Command(
        name = "diff",
        header = "Says what is different in another version of a policy.",
        description = {
            "Exactly which probabilities get another action or segment; which guardrails are",
            "new, gone, asked in another order or changed; and what else says something",
            "else. The version and the digest are no difference."
        },
        customSynopsis = "workbench policy diff OLD NEW",
        footer = "  workbench policy diff policy.json candidate.json")
final class PolicyDiffCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private TwoVersions versions;

    @Override
    public Integer call() throws IOException {
        versions.files().refuseUnreadable();
        print(PolicyDiff.of(versions.loadBefore(), versions.loadAfter()), console.out());
        return 0;
    }

    static void print(PolicyDiff diff, PrintWriter out) {
        out.println("from policy " + diff.before() + " to policy " + diff.after());
        if (diff.isEmpty()) {
            out.println("no difference but the version");
        }
        diff.sentences().forEach(sentence -> out.println("  " + sentence));
    }
}
