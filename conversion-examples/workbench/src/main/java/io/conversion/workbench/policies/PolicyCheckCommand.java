package io.conversion.workbench.policies;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.signals.SignalReading;
import io.conversion.model.data.CsvSignals;
import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.review.PolicyVerifier;
import io.conversion.workbench.console.CapacityUse;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.FindingLines;
import io.conversion.workbench.console.IgnoredColumns;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.PolicyOptions;
import io.conversion.workbench.console.Progress;
import io.conversion.workbench.console.TextTable;
import io.conversion.workbench.console.UserFile;
import io.conversion.workbench.console.Wording;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a policy file and shows what it says. */
@Command(
        name = "check",
        header = "Checks a policy file and prints its bands, or all of its problems.",
        description = {
            "A band holds the probabilities from its lower bound up to, and not including,",
            "the next one. A file without a digest is a draft; one with a digest is sealed,",
            "and refused if its content was changed afterwards. A valid policy is verified:",
            "guardrails that never decide, bands that make no difference; with a model also",
            "signals that it does not have, its calibration error and the shares of its",
            "training rows; with data the shares of these users, and the places of each",
            "capacity that they take. Errors end with exit code 1."
        },
        customSynopsis = "workbench policy check FILE [--model FILE [--data FILE]] [--ignore A,B]",
        footer = {
            "  workbench policy check policy.json --model model/model.json --data users.csv",
            "",
            "A whole policy, as docs/policy-format.md describes it:",
            "  {",
            "    \"format\": \"conversion-policy\", \"format_version\": 1,",
            "    \"name\": \"trial\", \"version\": \"1\",",
            "    \"model\": {\"name\": \"trial-conversion\"},",
            "    \"bands\": [",
            "      {\"segment\": \"low_intent\",    \"from\": 0,   \"action\": \"nothing\"},",
            "      {\"segment\": \"medium_intent\", \"from\": 0.4, \"action\": \"extend_trial\"},",
            "      {\"segment\": \"high_intent\",   \"from\": 0.7, \"action\": \"offer_annual_plan\"}",
            "    ],",
            "    \"fallback\": {\"action\": \"nothing\"}",
            "  }"
        })
final class PolicyCheckCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private PolicyFile file;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            order = 1,
            description = "A CSV file of users to score (default: none).")
    private @Nullable Path data;

    @Mixin
    private IgnoredColumns ignored;

    @Override
    public Integer call() throws IOException {
        if (data != null && !file.hasModel()) {
            throw console.misuse("--data needs --model, which scores the users");
        }
        file.files().and("--data", data).refuseUnreadable();
        Policy policy = file.load();
        ConversionModel model = file.loadModel().orElse(null);
        CapacityUse capacities = new CapacityUse(policy);
        SignalDistribution.Numbers users =
                model == null || data == null ? null : count(ignored.in(data, model), data, policy, model, capacities);
        PrintWriter out = console.out();
        describe(policy, users, out);
        if (users != null) {
            capacities.print(out);
            unknownContexts(policy, out);
        }
        FindingLines findings = new FindingLines(
                model == null
                        ? PolicyVerifier.verify(policy)
                        : users == null
                                ? PolicyVerifier.verify(policy, model)
                                : PolicyVerifier.verify(policy, model, users));
        findings.print(out);
        if (findings.hasErrors()) {
            console.err()
                    .println("policy " + policy.reference() + " has " + findings.errors()
                            + "; the findings say what to do");
        }
        return findings.hasErrors() ? Console.REFUSED : 0;
    }

    /** Says what the places of capacities do not take into account. */
    private static void unknownContexts(Policy policy, PrintWriter out) {
        if (!policy.capacities().isEmpty()
                && (policy.control().isPresent() || policy.exploration().isPresent() || policy.margin() > 0)) {
            Wording.print(
                    "  ",
                    "  ",
                    "counted with guardrails, without control group and previous segments: \"decide\" with --key and"
                            + " --previous counts with them",
                    out);
        }
    }

    /**
     * Counts the users of a file by band, without guardrails, where those without a probability are missing; and who takes
     * the places of capacities, with guardrails.
     */
    private static SignalDistribution.Numbers count(
            UserFile file, Path path, Policy policy, ConversionModel model, CapacityUse capacities) throws IOException {
        PolicyEngine engine = PolicyEngine.of(policy);
        List<Band> bands = policy.bands();
        long[] rows = new long[bands.size() + 1];
        long missing = 0;
        try (Progress progress = Progress.ofReading(path);
                CsvSignals users = file.open(progress)) {
            while (users.hasNext()) {
                SignalReading reading = users.next().reading();
                capacities.add(engine.decide(model.scorer(), reading));
                Optional<Band> band = reading instanceof SignalReading.Accepted accepted
                        ? policy.bandOf(model.scorer().score(accepted.signals()).probability())
                        : Optional.empty();
                if (band.isPresent()) {
                    rows[bands.indexOf(band.get()) + 1]++;
                } else {
                    missing++;
                }
            }
        }
        return new SignalDistribution.Numbers(
                bands.stream().map(Band::from).toList(),
                LongStream.of(rows).boxed().toList(),
                missing);
    }

    private void describe(Policy policy, SignalDistribution.@Nullable Numbers users, PrintWriter out) {
        out.println("policy " + policy.reference() + " is valid");
        TextTable table = new TextTable("ll")
                .row("model", required(policy.model()))
                .row("digest", policy.reference().digest())
                .row("state", policy.isSealed() ? "sealed" : "draft, the file holds no digest yet");
        PolicyOptions.of(policy).forEach(table::row);
        table.print(out);
        out.println("bands:");
        bands(policy, users).print(out);
        if (!policy.guardrails().isEmpty()) {
            out.println("guardrails, of which the first that holds decides:");
            guardrails(policy).print(out);
        }
    }

    private static String required(ModelRequirement model) {
        return Wording.quoted(model.name()) + ", "
                + model.digest().map(digest -> "only " + digest).orElse("any version");
    }

    private static TextTable bands(Policy policy, SignalDistribution.@Nullable Numbers users) {
        List<Band> bands = policy.bands();
        TextTable table = new TextTable("lllrr");
        table.row(withUsers(users == null, "probability", "segment", "action", "users", "share"));
        for (int i = 0; i < bands.size(); i++) {
            Band band = bands.get(i);
            String end = i + 1 < bands.size() ? Numbers.plain(bands.get(i + 1).from()) + ")" : "1]";
            long count = users == null ? 0 : users.rows().get(i + 1);
            table.row(withUsers(
                    users == null,
                    "[" + Numbers.plain(band.from()) + ", " + end,
                    Wording.segment(band.segment()),
                    band.action(),
                    Numbers.count(count),
                    Numbers.share(count, users == null ? 0 : users.total())));
        }
        long missing = users == null ? 0 : users.missing();
        return table.row(withUsers(
                users == null,
                "no decision",
                "fallback",
                policy.fallbackAction(),
                Numbers.count(missing),
                Numbers.share(missing, users == null ? 0 : users.total())));
    }

    private static String[] withUsers(boolean without, String... cells) {
        return without ? Arrays.copyOf(cells, 3) : cells;
    }

    private static TextTable guardrails(Policy policy) {
        TextTable table = new TextTable("lll").row("guardrail", "holds if", "action");
        policy.guardrails()
                .forEach(guardrail ->
                        table.row(guardrail.name(), guardrail.condition().toString(), guardrail.action()));
        return table;
    }
}
