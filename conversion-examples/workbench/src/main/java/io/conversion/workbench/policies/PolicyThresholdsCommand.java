package io.conversion.workbench.policies;

import io.conversion.core.ConversionModel;
import io.conversion.core.Score;
import io.conversion.core.Scorer;
import io.conversion.core.signals.SignalReading;
import io.conversion.experiments.budget.BudgetBands;
import io.conversion.model.data.CsvSignals;
import io.conversion.policy.Band;
import io.conversion.policy.Exploration;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.economics.Economics;
import io.conversion.policy.economics.Population;
import io.conversion.policy.economics.ShareBands;
import io.conversion.policy.economics.ThresholdAnswer;
import io.conversion.policy.economics.ThresholdSearch;
import io.conversion.policy.economics.Thresholds;
import io.conversion.policy.economics.TopShare;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.ModelAndUsers;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.Progress;
import io.conversion.workbench.console.RefusedInputException;
import io.conversion.workbench.console.RefusedRows;
import io.conversion.workbench.console.Threads;
import io.conversion.workbench.console.UserFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds the bands that gain most by what actions cost and bring. */
@Command(
        name = "thresholds",
        header = "Finds the bands that gain most by what actions cost and bring.",
        description = {
            "The bounds are tuned on one half of the users and reported on the other, or on",
            "other users altogether. Writes a policy that has the assumptions in its",
            "rationales. Gains are expectations by the model and the declared effects; only",
            "a randomised test can tell what an action really does."
        },
        customSynopsis = "workbench policy thresholds --model FILE --data FILE --actions FILE%n"
                + "                                   --out FILE [OPTIONS]",
        footer = {
            "  workbench policy thresholds --model model/model.json --data users.csv \\",
            "                              --actions actions.json --name trial \\",
            "                              --policy-version 2 --out candidate.json",
            "",
            "The actions, as docs/economics.md describes them:",
            "  {",
            "    \"format\": \"conversion-economics\", \"format_version\": 1,",
            "    \"value\": 40, \"no_action\": \"nothing\",",
            "    \"actions\": [",
            "      {\"action\": \"offer_annual_plan\", \"contact_cost\": 0.05, \"discount\": 8,",
            "       \"effect\": {\"kind\": \"relative\", \"by\": 0.5, \"source\": \"a guess\"},",
            "       \"capacity\": {\"users\": 500, \"out_of\": 10000}}",
            "    ]",
            "  }"
        })
final class PolicyThresholdsCommand implements Callable<Integer> {

    private static final double LEVEL = 0.95;

    private final RefusedRows refused = new RefusedRows();
    private long rows;

    @Mixin
    private Console console;

    @Mixin
    private ModelAndUsers source;

    @Mixin
    private Threads threads;

    @Option(
            names = "--actions",
            paramLabel = "FILE",
            required = true,
            description = "What a conversion is worth, and what each action costs and does.")
    private Path actions;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The policy file to write.")
    private Path out;

    @Option(
            names = "--report-on",
            order = 2,
            paramLabel = "FILE",
            description = "Other users of the same columns to report on; then the bounds are tuned on all of --data"
                    + " (default: each half of --data has one purpose).")
    private @Nullable Path reportOn;

    @Option(
            names = "--policy",
            order = 2,
            paramLabel = "FILE",
            description = "The policy in force, to say what it forgoes; the candidate has its guardrails, margin and"
                    + " control group (default: none).")
    private @Nullable Path present;

    @Option(
            names = "--least-band",
            order = 2,
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description = "The least share of users that a band holds; a smaller one gets the action of a neighbour,"
                    + " which is said (default: ${DEFAULT-VALUE}; 0 for bands of any size).")
    private double leastBand;

    @Option(
            names = "--top",
            order = 2,
            paramLabel = "ACTION=SHARE,...",
            split = ",",
            hideParamSyntax = true,
            description = "Writes bands by share of users instead, those of the highest probabilities first: with"
                    + " offer=0.1,nudge=0.3 the top tenth get the offer, the next three tenths the nudge, others no action"
                    + " (default: the bands that gain most).")
    private Map<String, Double> top = new LinkedHashMap<>();

    @Option(
            names = "--budget",
            order = 2,
            paramLabel = "AMOUNT",
            defaultValue = "NaN",
            description = "Writes bands that spend at most this on the users of --data together, where it gains most:"
                    + " contacts, and discounts of those who are expected to convert (default: no budget).")
    private double budget;

    @Option(
            names = "--name",
            order = 2,
            paramLabel = "NAME",
            defaultValue = "candidate",
            description = "The name of the policy to write (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(
            names = "--policy-version",
            order = 2,
            paramLabel = "TEXT",
            defaultValue = "1",
            description = "Its version (default: ${DEFAULT-VALUE}).")
    private String version;

    @Option(
            names = "--change",
            order = 2,
            paramLabel = "SHARE",
            defaultValue = "0.2",
            description =
                    "The share by which each assumption is tried smaller and larger (default:" + " ${DEFAULT-VALUE}).")
    private double change;

    @Option(
            names = "--resamples",
            order = 2,
            paramLabel = "N",
            defaultValue = "500",
            description = "How many times the users are drawn anew for intervals of the bounds (default:"
                    + " ${DEFAULT-VALUE}).")
    private int resamples;

    @Option(
            names = "--seed",
            order = 2,
            paramLabel = "S",
            defaultValue = "1",
            description = "A whole number that halves and draws follow from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws IOException {
        InputFiles inputs = source.files()
                .and("--actions", actions)
                .and("--report-on", reportOn)
                .and("--policy", present)
                .refuseUnreadable();
        OutputFile file = OutputFile.of(out, inputs);
        Economics economics = Economics.load(actions);
        Policy inForce = present == null ? null : Policy.load(present);
        ConversionModel model = source.loadModel();
        PrintWriter print = console.out();
        print.println("model " + model.reference());
        try {
            if (!Double.isNaN(budget)) {
                BudgetBands bands = BudgetBands.of(economics, probabilities(model, source.data(), print), budget);
                refused.print(rows, console.err());
                BudgetTables.print(bands, print);
                file.write(
                        inForce(bands.candidate(name, version, required(model)), inForce)
                                .toDraftJson(),
                        print);
                return 0;
            }
            List<Population> populations = populations(model, print);
            refused.print(rows, console.err());
            ThresholdAnswer answer = search(ThresholdSearch.of(economics).leastShare(leastBand), populations);
            if (!top.isEmpty()) {
                ShareBands bands = shares(economics, populations);
                ThresholdTables.printShares(bands, answer, print);
                file.write(
                        inForce(bands.candidate(name, version, required(model)), inForce)
                                .toDraftJson(),
                        print);
                return 0;
            }
            if (answer instanceof ThresholdAnswer.None none) {
                throw new RefusedInputException(actions.getFileName() + ": " + none.sentence());
            }
            Thresholds thresholds = answer.orElseThrow();
            Policy candidate = thresholds.candidate(name, version, required(model));
            print(thresholds, inForce, print);
            file.write(inForce(candidate, inForce).toDraftJson(), print);
        } catch (IllegalArgumentException e) {
            // No user, an action without economics, a share or a name that is not allowed: the message says which.
            throw new RefusedInputException(e);
        }
        return 0;
    }

    /** What is no matter of economics stays as it is in force. */
    private static Policy inForce(Policy candidate, @Nullable Policy inForce) {
        return inForce == null ? candidate : withRulesOf(inForce, candidate);
    }

    private static ModelRequirement required(ConversionModel model) {
        return ModelRequirement.named(model.name());
    }

    private static Policy withRulesOf(Policy inForce, Policy candidate) {
        Exploration exploration = inForce.exploration()
                .map(of -> explored(of, candidate))
                .filter(of -> !of.alternatives().isEmpty())
                .orElse(null);
        return candidate.toBuilder(candidate.version())
                .guardrails(inForce.guardrails())
                .margin(inForce.margin())
                .control(inForce.control().orElse(null))
                .exploration(exploration)
                .build();
    }

    /** With the alternatives of segments that the candidate still has. */
    private static Exploration explored(Exploration exploration, Policy candidate) {
        Map<String, List<String>> alternatives = new LinkedHashMap<>(exploration.alternatives());
        alternatives
                .keySet()
                .retainAll(candidate.bands().stream().map(Band::segment).toList());
        return new Exploration(exploration.share(), exploration.salt(), alternatives);
    }

    private void print(Thresholds thresholds, @Nullable Policy inForce, PrintWriter print) {
        ThresholdTables tables = new ThresholdTables(thresholds, print);
        tables.printAssumptions();
        tables.printBands();
        if (inForce != null) {
            tables.printRegret(inForce);
        }
        tables.printSensitivity(change);
        tables.printIntervals(thresholds.intervals(resamples, LEVEL, seed));
    }

    /** All users, and others to report on if there are some. */
    private List<Population> populations(ConversionModel model, PrintWriter print) throws IOException {
        Population users = population(model, source.data(), print);
        return reportOn == null ? List.of(users) : List.of(users, population(model, reportOn, print));
    }

    private ThresholdAnswer search(ThresholdSearch search, List<Population> populations) {
        Population users = populations.get(0);
        return populations.size() == 1 ? search.search(users, seed) : search.search(users, populations.get(1));
    }

    private ShareBands shares(Economics economics, List<Population> populations) {
        List<TopShare> shares = new ArrayList<>();
        top.forEach((action, share) -> shares.add(new TopShare(action.strip(), share)));
        List<Population> both = populations.size() == 1 ? populations.get(0).halves(seed) : populations;
        return ShareBands.of(economics, shares, both.get(0), both.get(1));
    }

    /** The users of a file that a policy would decide on by their probability; the others get its fallback. */
    private Population population(ConversionModel model, Path path, PrintWriter print) throws IOException {
        return Population.of(String.valueOf(path.getFileName()), probabilities(model, path, print));
    }

    private double[] probabilities(ConversionModel model, Path path, PrintWriter print) throws IOException {
        UserFile file = source.userFile(model, path);
        DoubleStream.Builder probabilities = DoubleStream.builder();
        try (Progress progress = Progress.ofReading(path);
                CsvSignals users = file.open(progress)) {
            threads.forEachChunk(users, chunk -> Scored.of(chunk, model.scorer()), scored -> {
                rows += scored.size();
                for (Scored user : scored) {
                    if (user.problem().isEmpty()) {
                        probabilities.add(user.probability());
                    } else {
                        refused.add(user.row(), user.problem());
                    }
                }
            });
            print.println(file.passedOver());
        }
        return probabilities.build().toArray();
    }

    /** One user, and why a policy would not decide by the probability, if it would not. */
    private record Scored(long row, double probability, String problem) {

        private static List<Scored> of(Iterable<CsvSignals.Row> users, Scorer scorer) {
            List<Scored> scored = new ArrayList<>();
            for (CsvSignals.Row row : users) {
                scored.add(of(row, scorer));
            }
            return scored;
        }

        private static Scored of(CsvSignals.Row row, Scorer scorer) {
            if (row.reading() instanceof SignalReading.Refused refused) {
                return new Scored(row.row(), 0, RefusedRows.problem(refused));
            }
            Score score = scorer.score(row.reading().orElseThrow());
            String problem = !Double.isFinite(score.logOdds())
                    ? "the score has log-odds " + score.logOdds()
                    : String.join("; ", score.evidence().shortfalls());
            return new Scored(row.row(), score.probability(), problem);
        }
    }
}
