package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A hold-out, the report of a model, groups, and another model to compare with. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkbenchReportTest {

    private Path folder;
    private Path users;
    private Path later;
    private Path model;
    private Outcome trained;

    @BeforeAll
    void train(@TempDir Path empty) {
        folder = empty;
        users = folder.resolve("users.csv");
        later = folder.resolve("later.csv");
        model = folder.resolve("model");
        Outcome.of("generate --users", 1500, "--seed", 3, "--out", users);
        Outcome.of("generate --users", 500, "--seed", 4, "--out", later);
        trained = Outcome.of(
                "train --data",
                users,
                "--label",
                "converted",
                "--name",
                "trial",
                "--shapes",
                "linear",
                "--holdout",
                "fifth",
                "--out",
                model);
    }

    @Test
    void trainingOnAHoldOutMeasuresOnIt() throws IOException {
        assertThat(trained.exitCode()).isZero();
        assertThat(trained.out())
                .contains("  rows              1,200\n")
                .contains("metrics on 300 users of a hold-out, every fifth row, that no choice has seen:\n");
        JsonNode figures = JsonMapper.shared().readTree(Files.readString(model.resolve("evaluation.json")));
        ConversionModel published = ConversionModel.load(model.resolve("model.json"));
        Metric auc = published.training().orElseThrow().holdout().get(0);
        assertThat(auc.name()).isEqualTo("roc_auc");
        assertThat(auc.value()).isEqualTo(figures.at("/holdout/roc_auc").doubleValue());
        assertThat(auc.lower()).isEqualTo(figures.at("/holdout/roc_auc_lower").doubleValue());
        assertThat(figures.at("/model/digest").stringValue())
                .isEqualTo(published.reference().digest());
        assertThat(published.training().orElseThrow().gate())
                .extracting(check -> check.name())
                .contains("duplicated_rows", "holdout_log_loss");
        assertThat(Files.readString(model.resolve("report.html")))
                .contains("measured on 300 users of a hold-out, every fifth row, that no choice has seen.");
    }

    @Test
    void holdOutMayBeAFileOfItsOwn() {
        Outcome outcome = Outcome.of(
                "train --data",
                users,
                "--label",
                "converted",
                "--shapes",
                "linear",
                "--penalty",
                "1",
                "--holdout",
                later,
                "--out",
                folder.resolve("on-file"));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("  rows              1,500\n")
                .contains("metrics on 500 users of later.csv, that no choice has seen:\n");
    }

    @Test
    void reportKnowsWhatItIsGiven() throws IOException {
        Path page = folder.resolve("report.html");
        Path policy = folder.resolve("policy.json");
        Path product = folder.resolve("product");
        Files.writeString(policy, """
                        {"format": "conversion-policy", "format_version": 1, "name": "p", "version": "1",
                         "model": {"name": "trial"}, "fallback": {"action": "none"},
                         "bands": [{"segment": "low_intent", "from": 0, "action": "none"},
                                   {"segment": "high_intent", "from": 0.9, "action": "offer_annual_plan"}]}""");
        Outcome.of("generate --events --users", 1000, "--seed", 2, "--out", product);

        Outcome outcome = Outcome.of(
                "report --model",
                model.resolve("model.json"),
                "--data",
                later,
                "--label",
                "converted",
                "--training",
                users,
                "--policy",
                policy,
                "--group",
                "country_tier",
                "--signups",
                product.resolve("signups.csv"),
                "--events",
                product.resolve("events.csv"),
                "--purchases",
                product.resolve("purchases.csv"),
                "--out",
                page);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).endsWith("wrote " + page + "\n");
        assertThat(Files.readString(page))
                .contains("high_intent from 90")
                .contains("✓ keep")
                .contains("<h4>By country_tier</h4>")
                .contains("buyers who have bought");
    }

    @Test
    void groupsAndAnotherModelAreMeasuredOnTheSameUsers() throws IOException {
        Path other = folder.resolve("other");
        Path figures = folder.resolve("figures.json");
        Outcome.of(
                "train --data",
                users,
                "--label",
                "converted",
                "--name",
                "weak",
                "--shapes",
                "linear",
                "--penalty",
                "3000",
                "--calibrate",
                "none",
                "--override",
                "calibration_slope=a test",
                "--out",
                other);

        Outcome outcome = Outcome.of(
                "evaluate --model",
                model.resolve("model.json"),
                "--data",
                later,
                "--label",
                "converted",
                "--group",
                "country_tier",
                "--against",
                other.resolve("model.json"),
                "--out",
                figures);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("by country_tier:\n")
                .contains("against model \"weak\"")
                .containsPattern("log loss +-0\\.\\d{4}  [-+]0\\.\\d{4} to [-+]0\\.\\d{4}  negative is better");
        JsonNode json = JsonMapper.shared().readTree(Files.readString(figures));
        assertThat(json.at("/groups/groups").size()).isEqualTo(3);
        double difference = json.at("/against/log_loss/difference").doubleValue();
        assertThat(difference)
                .isNegative()
                .isCloseTo(
                        json.at("/evaluation/log_loss").doubleValue()
                                - json.at("/against/evaluation/log_loss").doubleValue(),
                        within(1e-12));
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefused() {
        assertThat(usage("--compare").err())
                .startsWith("--compare needs --holdout or --split, the rows to compare on\n");
        assertThat(usage("--compare", "--holdout", "fifth", "--base-rate", "0.1")
                        .err())
                .startsWith("--compare and --base-rate exclude each other: other approaches are not shifted\n");
        assertThat(usage("--holdout", "fifth", "--base-rate", "0.1").err())
                .startsWith("--holdout fifth has the base rate of the training rows and not that of --base-rate; give a"
                        + " file of users who have it\n");
    }

    private Outcome usage(Object... options) {
        Outcome outcome = Outcome.with(options, "train --label converted --out unused --data", users);
        assertThat(outcome.exitCode()).isEqualTo(2);
        return outcome;
    }
}
