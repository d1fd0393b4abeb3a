package io.conversion.workbench;

import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Checks a policy file and shows what it says. */
@Command(
        name = "check",
        header = "Checks a policy file and prints its bands, or all of its problems.",
        description = {
            "A band holds the probabilities from its lower bound up to, and not including,",
            "the next one. A file without a digest is a draft; one with a digest is sealed,",
            "and refused if its content was changed afterwards."
        },
        customSynopsis = "workbench policy check FILE",
        footer = {
            "  workbench policy check policy.json",
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
// picocli sets the spec and the parameter. To be removed when NullAway knows its annotations.
@SuppressWarnings("NullAway.Init")
final class PolicyCheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The policy file.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        InputFiles.of("FILE", file).refuseUnreadable();
        Policy policy = Policy.load(file);
        PrintWriter out = spec.commandLine().getOut();
        out.println("policy " + policy.reference() + " is valid");
        new TextTable("ll")
                .row("model", required(policy.model()))
                .row("digest", policy.reference().digest())
                .row("state", isSealed() ? "sealed" : "draft, the file holds no digest yet")
                .print(out);
        out.println("bands:");
        bands(policy).print(out);
        if (!policy.guardrails().isEmpty()) {
            out.println("guardrails, of which the first that holds decides:");
            guardrails(policy).print(out);
        }
        return 0;
    }

    private static String required(ModelRequirement model) {
        return "\"" + model.name() + "\", "
                + model.digest().map(digest -> "only " + digest).orElse("any version");
    }

    private static TextTable bands(Policy policy) {
        List<Band> bands = policy.bands();
        TextTable table = new TextTable("lll").row("probability", "segment", "action");
        for (int i = 0; i < bands.size(); i++) {
            Band band = bands.get(i);
            String end = i + 1 < bands.size() ? Numbers.plain(bands.get(i + 1).from()) + ")" : "1]";
            table.row("[" + Numbers.plain(band.from()) + ", " + end, band.segment(), band.action());
        }
        return table.row("no decision", "fallback", policy.fallbackAction());
    }

    private static TextTable guardrails(Policy policy) {
        TextTable table = new TextTable("lll").row("guardrail", "holds if", "action");
        policy.guardrails()
                .forEach(guardrail ->
                        table.row(guardrail.name(), guardrail.condition().toString(), guardrail.action()));
        return table;
    }

    /** Whether the file, which was found valid, holds a digest. */
    private boolean isSealed() {
        JsonFactory json = new JsonFactory();
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), file)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("digest")) {
                    return !parser.getString().isEmpty();
                }
                parser.skipChildren();
            }
            return false;
        }
    }
}
