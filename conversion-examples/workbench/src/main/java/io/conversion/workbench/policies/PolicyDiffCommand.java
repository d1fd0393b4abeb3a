package io.conversion.workbench.policies;

import io.conversion.policy.Policy;
import io.conversion.policy.review.PolicyDiff;
import io.conversion.workbench.console.InputFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
// picocli sets the spec and the parameters. To be removed when NullAway knows its annotations.
@SuppressWarnings("NullAway.Init")
final class PolicyDiffCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "OLD", description = "The old policy file.")
    private Path before;

    @Parameters(index = "1", paramLabel = "NEW", description = "The new policy file.")
    private Path after;

    @Override
    public Integer call() throws IOException {
        InputFiles.of("OLD", before).and("NEW", after).refuseUnreadable();
        print(
                PolicyDiff.of(Policy.load(before), Policy.load(after)),
                spec.commandLine().getOut());
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
