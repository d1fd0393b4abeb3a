package io.conversion.workbench.users;

import io.conversion.core.ConversionModel;
import io.conversion.policy.ExperimentEngine;
import io.conversion.policy.Policy;
import io.conversion.policy.records.LineFraming;
import io.conversion.policy.records.Replay;
import io.conversion.policy.records.Replay.Signing;
import io.conversion.policy.records.Replayed;
import io.conversion.policy.records.Replayed.Altered;
import io.conversion.policy.records.Replayed.Cut;
import io.conversion.policy.records.Replayed.Differs;
import io.conversion.policy.records.Replayed.Empty;
import io.conversion.policy.records.Replayed.Newer;
import io.conversion.policy.records.Replayed.UnknownArtifact;
import io.conversion.policy.records.Replayed.Verified;
import io.conversion.policy.records.Replayed.VerifiedInPart;
import io.conversion.policy.signing.SigningKeys;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.ExperimentFiles;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Decides recorded decisions again, record by record and in constant memory. */
@Command(
        name = "replay",
        header = "Decides recorded decisions again and compares every bit.",
        description = {
            "Prints how many records were verified, and of each of the first ten that were",
            "not, the line and the first element that differs. Exits with 1 if any record",
            "differs, was altered, is of a newer release, or of a model or policy that was",
            "not given; a last line that is cut, as a killed process leaves it, is counted.",
            "Line ends, blanks, empty lines and byte order marks of other programs are named",
            "and change nothing."
        },
        customSynopsis = "workbench replay --records FILE --model FILE --policy FILE%n"
                + "                        [--key-file FILE]",
        footer = {
            "  workbench replay --records decisions.jsonl --model model/model.json \\",
            "                   --policy policy.json"
        })
public final class ReplayCommand implements Callable<Integer> {

    private static final int SHOWN = 10;

    @Mixin
    private Console console;

    @Option(
            names = "--records",
            paramLabel = "FILE",
            required = true,
            description = "A file of decision records; may be given several times.")
    private List<Path> records;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            required = true,
            description = "A model of the records; may be given several times.")
    private List<Path> models;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            required = true,
            description = "A policy of the records; may be given several times.")
    private List<Path> policies;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The keys by which signed lines are verified (default: none, and no signature is looked at).")
    private @Nullable Path keyFile;

    @Mixin
    private ExperimentFiles experiments;

    private final Map<Signing, Long> signing = new EnumMap<>(Signing.class);
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, Framed> framed = new LinkedHashMap<>();
    private long failed;

    @Override
    public Integer call() throws IOException {
        InputFiles.none()
                .and("--records", records)
                .and("--model", models)
                .and("--policy", policies)
                .and("--key-file", keyFile)
                .and(experiments.files())
                .refuseUnreadable();
        Replay replay = keyFile == null ? replay() : replay().verifying(SigningKeys.load(keyFile));
        for (Path file : records) {
            framed.clear();
            replay.replay(file, line -> tell(file, line));
            framed.forEach((what, lines) -> console.err().println(lines.sentence(file, what)));
        }
        tellSigning();
        PrintWriter out = console.out();
        TextTable table = new TextTable("lr").row("replayed", "records");
        counts.forEach((outcome, count) -> table.row(outcome, Numbers.count(count)));
        table.row(
                        "all",
                        Numbers.count(counts.values().stream()
                                .mapToLong(count -> count)
                                .sum()))
                .print(out);
        return failed == 0 ? 0 : Console.REFUSED;
    }

    private Replay replay() throws IOException {
        List<ConversionModel> loadedModels = new ArrayList<>();
        for (Path file : models) {
            loadedModels.add(ConversionModel.load(file));
        }
        List<Policy> loadedPolicies = new ArrayList<>();
        for (Path file : policies) {
            loadedPolicies.add(Policy.load(file));
        }
        Optional<ExperimentEngine> running = experiments.engine(loadedPolicies.get(0));
        loadedPolicies.addAll(experiments.policies());
        Replay replay = Replay.of(loadedModels, loadedPolicies);
        return running.map(replay::running).orElse(replay);
    }

    /** How many lines of a file have something that no log writes, and the first of them. */
    private record Framed(long first, long lines) {

        Framed and(Framed more) {
            return new Framed(first, lines + more.lines);
        }

        String sentence(Path file, String what) {
            return file + ": " + Numbers.count(lines) + (lines == 1 ? " line has " : " lines have ") + what
                    + (lines == 1 ? ": line " : ", the first one is line ") + first
                    + "; no log writes that, and it changes no record";
        }
    }

    private void tell(Path file, Replay.Line line) {
        Replayed outcome = line.outcome();
        for (LineFraming framing : line.framing()) {
            framed.merge(framing.words(), new Framed(line.number(), 1), Framed::and);
        }
        if (outcome instanceof Empty) {
            framed.merge("no record", new Framed(line.number(), 1), Framed::and);
            return;
        }
        signing.merge(line.signing(), 1L, Long::sum);
        counts.merge(name(outcome), 1L, Long::sum);
        boolean verified = outcome instanceof Verified || outcome instanceof VerifiedInPart;
        if (!verified && !(outcome instanceof Cut) && ++failed <= SHOWN) {
            console.err().println(file + " line " + line.number() + ": " + outcome.sentence());
        }
    }

    /** Of records without signatures nothing is said, unless keys were given to verify some. */
    private void tellSigning() {
        long signed = signing.getOrDefault(Signing.NOT_VERIFIED, 0L);
        long unsigned = signing.getOrDefault(Signing.UNSIGNED, 0L);
        if (keyFile == null && signed > 0) {
            console.err().println(records(signed) + " signed, and not verified: give the keys with --key-file");
        } else if (keyFile != null && unsigned > 0) {
            console.err().println(records(unsigned) + " unsigned: whoever can compute a digest may have changed them");
        }
        if (keyFile != null) {
            console.out()
                    .println("signatures verified: "
                            + Numbers.count(signing.getOrDefault(Signing.VERIFIED, 0L)) + ", unsigned: "
                            + Numbers.count(unsigned)
                            + ", not verified: " + Numbers.count(signed));
        }
    }

    private static String records(long number) {
        return Numbers.count(number) + (number == 1 ? " line is" : " lines are");
    }

    private static String name(Replayed outcome) {
        if (outcome instanceof Verified) {
            return "verified";
        } else if (outcome instanceof VerifiedInPart) {
            return "verified in part";
        } else if (outcome instanceof Differs) {
            return "differs";
        } else if (outcome instanceof UnknownArtifact) {
            return "of an artifact not given";
        } else if (outcome instanceof Newer) {
            return "of a newer release";
        }
        return outcome instanceof Altered ? "altered" : "cut";
    }
}
