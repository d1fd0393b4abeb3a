package io.conversion.workbench.policies;

import io.conversion.policy.history.PolicyHistory;
import io.conversion.policy.history.Publication;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.MomentConverter;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.RefusedInputException;
import io.conversion.workbench.console.TextTable;
import io.conversion.workbench.console.Wording;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says which version of a policy is in force at a moment. */
@Command(
        name = "at",
        header = "Says which version of a policy is in force at a moment.",
        description = {
            "The pinned version, else the last one that is effective by then. Prints who made",
            "it so and why, and what is in force later, as far as the history knows. Ends",
            "with exit code 1 if no policy is in force."
        },
        customSynopsis = "workbench policy at --history DIR [--moment MOMENT] [--out FILE]",
        footer = {
            "  workbench policy at --history policies/offers --moment 2024-05-22T09:30:00Z \\",
            "                      --out policy.json"
        })
final class PolicyAtCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private HistoryFolderOption source;

    @Option(
            names = "--moment",
            paramLabel = "MOMENT",
            converter = MomentConverter.class,
            description = "The moment in UTC, such as 2026-11-22T09:30:00Z (default: now).")
    private @Nullable Instant given;

    @Option(names = "--out", paramLabel = "FILE", description = "The policy file to write (default: none).")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        PolicyHistory history = source.load();
        OutputFile file = out == null ? null : outside(OutputFile.of(out, InputFiles.none()));
        Instant moment = given == null ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : given;
        InForce now = InForce.at(history, moment)
                .orElseThrow(() -> new RefusedInputException(
                        source.folder() + ": no policy is in force at " + moment + later(history, moment)));
        PrintWriter print = console.out();
        print.println("in force at " + moment + ": " + now);
        Publication publication = now.by().publication();
        new TextTable("ll")
                .row("digest", now.policy().reference().digest())
                .row("published", publication.moment().toString())
                .row("author", publication.author())
                .row("note", Wording.oneLine(publication.note()))
                .print(print);
        InForce.printAfter(history, moment, print);
        if (file != null) {
            file.write(now.policy().toJson(), print);
        }
        return 0;
    }

    private static String later(PolicyHistory history, Instant moment) {
        return InForce.after(history, moment).stream()
                .findFirst()
                .map(first -> "; from " + first.from() + " on it is " + first)
                .orElse("; the history has no entry yet");
    }

    /** A history is refused once it holds another file. */
    private OutputFile outside(OutputFile file) throws IOException {
        Path folder = file.target().toAbsolutePath().getParent();
        if (folder != null && Files.isSameFile(folder, source.folder())) {
            throw new RefusedInputException(
                    file.path() + " lies in the history, which holds nothing but its entries; write to another folder");
        }
        return file;
    }
}
