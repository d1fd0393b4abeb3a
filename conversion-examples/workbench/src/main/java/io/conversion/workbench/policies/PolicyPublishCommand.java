package io.conversion.workbench.policies;

import io.conversion.core.ConversionModel;
import io.conversion.policy.Policy;
import io.conversion.policy.history.PolicyHistory;
import io.conversion.policy.review.PolicyVerifier;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.FindingLines;
import io.conversion.workbench.console.RefusedInputException;
import io.conversion.workbench.console.Wording;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds a version of a policy to its history. */
@Command(
        name = "publish",
        header = "Adds a version of a policy to its history.",
        description = {
            "The policy is verified, and one with an error is not published. Prints the",
            "findings, what is different from the version before, and what is in force then:",
            "the new version at once or, where it has a later \"effective_from\", from then on.",
            "An entry is never changed afterwards. A history is started in an empty folder."
        },
        customSynopsis = "workbench policy publish FILE --history DIR --author NAME%n"
                + "                                --note TEXT [OPTIONS]",
        footer = {
            "  mkdir -p policies/offers",
            "  workbench policy publish policy.json --history policies/offers --author ana \\",
            "                           --note \"The first one\" --moment 2024-05-06T09:00:00Z",
            "  workbench policy publish candidate.json --history policies/offers \\",
            "                           --author ana --note \"Offer from 0.65 on\" --replaces 1"
        })
final class PolicyPublishCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private PolicyFile file;

    @Mixin
    private HistoryChange change;

    @Option(
            names = "--replaces",
            order = 2,
            paramLabel = "VERSION",
            description =
                    "The version that the policy was made from; refused if others came after it (default: whatever"
                            + " is the last).")
    private @Nullable String replaces;

    @Override
    public Integer call() throws IOException {
        file.files().refuseUnreadable();
        PolicyHistory history = change.load();
        Policy policy = file.load();
        refuseIfStale(history);
        Optional<ConversionModel> model = file.loadModel();
        FindingLines findings = new FindingLines(
                model.isEmpty() ? PolicyVerifier.verify(policy) : PolicyVerifier.verify(policy, model.get()));
        PrintWriter out = console.out();
        findings.print(out);
        if (findings.hasErrors()) {
            throw new RefusedInputException("policy " + policy.reference() + " has " + findings.errors()
                    + " and is not published; the findings say what to do");
        }
        change.make(history, (before, publication) -> before.publish(policy, publication), out);
        return 0;
    }

    private void refuseIfStale(PolicyHistory history) {
        if (replaces == null) {
            return;
        }
        Optional<String> last = HistoryChange.lastVersion(history).map(Policy::version);
        if (!last.equals(Optional.of(replaces))) {
            throw new RefusedInputException("--replaces is " + Wording.quoted(replaces) + ", and the last version is "
                    + last.map(Wording::quoted).orElse("none, since there is no entry yet")
                    + "; look at what changed with \"workbench policy log\", and make the change on top of it");
        }
    }
}
