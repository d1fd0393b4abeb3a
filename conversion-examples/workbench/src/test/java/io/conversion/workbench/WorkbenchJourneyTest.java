package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.Score;
import io.conversion.core.Scorer;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.LogisticTrainer;
import io.conversion.model.ScoredRows;
import io.conversion.model.TrainingResult;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.DataSet;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.RocAuc;
import io.conversion.model.report.EvaluationReport;
import io.conversion.model.synthetic.StreamingUsers;
import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.records.DecisionRecord;
import io.conversion.workbench.console.Numbers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From generated users to decisions on them; the numbers are those of the library. */
class WorkbenchJourneyTest {

    private static final int USERS = 400;
    private static final long SEED = 7;

    @TempDir
    static Path folder;

    private static Path users;
    private static Path modelFile;
    private static Path policyFile;
    private static Policy policy;
    private static DataSet data;
    private static Outcome trained;

    @BeforeAll
    static void train() throws IOException {
        users = folder.resolve("users.csv");
        modelFile = folder.resolve("models/first/model.json");
        policyFile = folder.resolve("policy.json");
        Outcome.of("generate --users", USERS, "--seed", SEED, "--out", users);
        data = CsvDataSet.read(users, CsvDataSet.label("converted"));
        trained = Outcome.of(
                Outcome.TRAIN,
                "--data",
                users,
                "--name",
                "trial-conversion",
                "--model-version",
                "1",
                "--out",
                folder.resolve("models/first"));
        policy = Policy.of(
                "trial",
                "4",
                ModelRequirement.named("trial-conversion"),
                List.of(
                        Band.of("low_intent", 0, "nothing"),
                        Band.of("medium_intent", 0.4, "extend_trial"),
                        Band.of("high_intent", 0.7, "offer_annual_plan")),
                "show_default");
        policy.save(policyFile);
    }

    @Test
    void generatedUsersAreThoseOfTheLibrary() throws IOException {
        DataSet read = CsvDataSet.read(users, CsvDataSet.label("converted").schema(StreamingUsers.schema()));

        assertThat(read.digest()).isEqualTo(StreamingUsers.generate(USERS, SEED).digest());
        assertThat(Files.readAllLines(users).get(0))
                .isEqualTo("days_since_signup,sessions_7d,content_hours_7d,downloads_7d,paywall_views_7d,"
                        + "country_tier,converted");
    }

    @Test
    void theTrainedModelIsThatOfTheLibrary() throws IOException {
        ConversionModel model = ConversionModel.load(modelFile);

        TrainingResult result = result();
        ConversionModel expected = result.publish("trial-conversion", "1");
        assertThat(model.name()).isEqualTo("trial-conversion");
        assertThat(model.version()).isEqualTo("1");
        assertThat(model.intercept()).isEqualTo(expected.intercept());
        assertThat(model.shapes()).isEqualTo(expected.shapes());
        assertThat(folder.resolve("models/first/evaluation.json"))
                .usingCharset(StandardCharsets.UTF_8)
                .hasContent(EvaluationReport.ofTraining(model, result, Evaluation.of(model, data))
                        .outOfFold(outOfFold(result))
                        .toJson());
        assertThat(folder.resolve("models/first/report.html")).content().contains("<h1>trial-conversion ");
    }

    @Test
    void trainingSaysWhatItDid() throws IOException {
        Evaluation evaluation = outOfFold(result());

        assertThat(trained.exitCode()).isZero();
        assertThat(trained.err()).isEmpty();
        assertThat(trained.out().lines())
                .startsWith("model " + ConversionModel.load(modelFile).reference(), "  rows              400")
                .contains(
                        "  signals           5 numeric, 1 categorical",
                        "  columns excluded  none",
                        "  signals imputed   none",
                        "  penalty           1",
                        "  columns left out  none",
                        "metrics on 400 training users, each scored by a fit that had not seen it:",
                        rocAucLine(evaluation))
                .endsWith(
                        "wrote " + modelFile,
                        "wrote " + folder.resolve("models/first/evaluation.json"),
                        "wrote " + folder.resolve("models/first/report.html"));
    }

    private static Evaluation outOfFold(TrainingResult result) {
        ScoredRows scored = result.outOfFold().orElseThrow();
        return Evaluation.ofLogOdds(scored.logOdds(), scored.converted());
    }

    private static String rocAucLine(Evaluation evaluation) {
        RocAuc auc = evaluation.rocAuc();
        return "  ROC AUC            " + Numbers.decimals(auc.value()) + "  " + Numbers.decimals(auc.lower()) + " to "
                + Numbers.decimals(auc.upper()) + "   0.5 is a random ranking";
    }

    @Test
    void modelIsNamedAfterTheFileAndTheDateUnlessToldOtherwise() throws IOException {
        Path out = folder.resolve("default-names");

        Outcome.of(Outcome.TRAIN, "--data", users, "--out", out);

        ConversionModel model = ConversionModel.load(out.resolve("model.json"));
        assertThat(model.name()).isEqualTo("users");
        assertThat(model.version()).matches("\\d{4}-\\d{2}-\\d{2}");
    }

    @Test
    void aPenaltyOfZeroIsMaximumLikelihood() throws IOException {
        Path out = folder.resolve("unpenalised");

        Outcome.of(
                "train --shapes linear --calibrate none --data",
                users,
                "--label",
                "converted",
                "--penalty",
                "0",
                "--out",
                out);

        ConversionModel model = ConversionModel.load(out.resolve("model.json"));
        assertThat(model.training().map(training -> training.fit().penalty())).contains(0.0);
        assertThat(model.shapes())
                .isEqualTo(LogisticTrainer.linear()
                        .penalty(0)
                        .train(data)
                        .publish("users", "1")
                        .shapes());
    }

    @Test
    void scoresAreThoseOfTheLibraryBitForBit() throws IOException {
        Path out = folder.resolve("scores.csv");

        Outcome outcome = Outcome.of("score --model", modelFile, "--data", users, "--out", out);

        ConversionModel model = ConversionModel.load(modelFile);
        assertThat(outcome)
                .isEqualTo(new Outcome(
                        0,
                        "model " + model.reference() + "\n"
                                + "columns passed over: converted (the label of the model)\n"
                                + "wrote " + out + ": 400 of 400 users scored\n",
                        ""));
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(USERS + 1);
        assertThat(lines.get(0)).isEqualTo("row,log_odds,raw_log_odds,probability,problem");
        for (int i = 0; i < USERS; i++) {
            Score score = model.scorer().score(data.signals(i));
            String[] cells = lines.get(i + 1).split(",", -1);
            assertThat(cells[0]).isEqualTo(String.valueOf(i));
            assertThat(Double.parseDouble(cells[1])).isEqualTo(score.logOdds());
            assertThat(Double.parseDouble(cells[2])).isEqualTo(score.rawLogOdds());
            assertThat(Double.parseDouble(cells[3])).isEqualTo(score.probability());
            assertThat(cells[4]).isEmpty();
        }
    }

    @Test
    void decisionsAreThoseOfThePolicy() throws IOException {
        Path out = folder.resolve("decisions.jsonl");

        Outcome outcome =
                Outcome.of("decide --model", modelFile, "--policy", policyFile, "--data", users, "--out", out);

        ConversionModel model = ConversionModel.load(modelFile);
        Scorer scorer = model.scorer();
        List<String> lines = Files.readAllLines(out);
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(lines).hasSize(USERS);
        long high = 0;
        for (int i = 0; i < USERS; i++) {
            Score score = scorer.score(data.signals(i));
            Band band = policy.bandOf(score.probability()).orElseThrow();
            high += band.segment().equals("high_intent") ? 1 : 0;
            DecisionRecord record = DecisionRecord.fromJson(lines.get(i));
            assertThat(record.request()).isEqualTo(String.valueOf(i));
            assertThat(record.model()).isEqualTo(model.reference());
            assertThat(record.policy()).isEqualTo(policy.reference());
            assertThat(record.score())
                    .isEqualTo(new DecisionRecord.Numbers(
                            score.rawLogOdds(), score.logOdds(), score.probability(), score.evidence(), false));
            assertThat(record.outcome().segment()).isEqualTo(band.segment());
            assertThat(record.outcome().action()).isEqualTo(band.action());
        }
        assertThat(outcome.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        " segment users share action",
                        " high_intent " + high + " " + Numbers.share(high, USERS) + " offer_annual_plan",
                        " all 400 100.0 %");
    }

    @Test
    void decisionsAreVerifiedByTheirReplay() throws IOException {
        Path out = folder.resolve("replayed.jsonl");
        Outcome.of("decide --model", modelFile, "--policy", policyFile, "--data", users, "--out", out);

        Outcome outcome = replay(out);

        assertThat(outcome)
                .isEqualTo(new Outcome(0, "  replayed  records\n  verified      400\n  all           400\n", ""));
    }

    @Test
    void replayNamesTheLineThatWasAlteredAndCountsTheOneThatIsCut() throws IOException {
        Path out = folder.resolve("altered.jsonl");
        Outcome.of("decide --model", modelFile, "--policy", policyFile, "--data", users, "--out", out);
        List<String> lines = Files.readAllLines(out);
        lines.set(1, lines.get(1).replaceFirst("\"action\":\"[a-z_]+\"", "\"action\":\"bribe\""));
        String last = lines.remove(USERS - 1);
        Files.writeString(out, String.join("\n", lines) + "\n" + last.substring(0, 100));

        Outcome outcome = replay(out);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith(out + " line 2: ")
                .contains("the record was changed after it was written, or the file is damaged");
        assertThat(outcome.out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(" replayed records", " verified 398", " altered 1", " cut 1", " all 400");
    }

    private Outcome replay(Path records) {
        return Outcome.of("replay --records", records, "--model", modelFile, "--policy", policyFile);
    }

    @Test
    void evaluationIsThatOfTheLibrary() throws IOException {
        Path fresh = folder.resolve("fresh.csv");
        Path out = folder.resolve("evaluation.json");
        Outcome.of("generate --users", 300, "--seed", 8, "--out", fresh);

        Outcome outcome =
                Outcome.of("evaluate --model", modelFile, "--data", fresh, "--label", "converted", "--out", out);

        ConversionModel model = ConversionModel.load(modelFile);
        DataSet holdout = CsvDataSet.read(fresh, CsvDataSet.label("converted").schema(model.schema()));
        Evaluation evaluation = Evaluation.of(model, holdout);
        assertThat(out)
                .usingCharset(StandardCharsets.UTF_8)
                .hasContent(EvaluationReport.of(model, evaluation).toJson());
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines())
                .contains("columns passed over: converted (the label)", "  rows       300", rocAucLine(evaluation))
                .endsWith("wrote " + out);
    }

    @Test
    void anInferredSchemaCanBeGivenBack() throws IOException {
        Path schemaFile = folder.resolve("schema.json");
        Path out = folder.resolve("with-schema");

        Outcome inferred = Outcome.of("schema infer --data", users, "--label", "converted", "--out", schemaFile);
        Outcome.of(Outcome.TRAIN, "--data", users, "--schema", schemaFile, "--out", out);

        SignalSchema schema = SignalSchema.load(schemaFile);
        assertThat(inferred).isEqualTo(new Outcome(0, """
                                schema "users" 1: 5 numeric, 1 categorical
                                  signal             kind         missing  levels or numbers
                                  days_since_signup  numeric      refuse   whole
                                  sessions_7d        numeric      refuse   whole
                                  content_hours_7d   numeric      refuse
                                  downloads_7d       numeric      refuse   whole
                                  paywall_views_7d   numeric      refuse   whole
                                  country_tier       categorical  refuse   tier_1, tier_2, tier_3
                                no column has empty cells, so missing values are refused everywhere
                                all numbers are whole, and others will be refused (delete "whole" where they can
                                  come): days_since_signup, sessions_7d, downloads_7d, paywall_views_7d
                                not signals: converted (the label)
                                wrote %s
                                """.formatted(schemaFile), ""));
        assertThat(ConversionModel.load(out.resolve("model.json")).schema()).isEqualTo(schema);
    }

    @Test
    void aCheckedPolicyIsPrintedWithItsIntervals() throws IOException {
        Path draft = folder.resolve("draft.json");
        Files.writeString(
                draft, Files.readString(policyFile).replaceFirst(",\\s*\"digest\": \"sha256:[0-9a-f]{64}\"", ""));

        Outcome sealed = Outcome.of("policy check", policyFile);
        Outcome open = Outcome.of("policy check", draft);

        String expected = """
                policy "trial" 4 is valid
                  model   "trial-conversion", any version
                  digest  %s
                  state   %s
                bands:
                  probability  segment        action
                  [0, 0.4)     low_intent     nothing
                  [0.4, 0.7)   medium_intent  extend_trial
                  [0.7, 1]     high_intent    offer_annual_plan
                  no decision  fallback       show_default
                findings: none
                """;
        String digest = policy.reference().digest();
        assertThat(sealed).isEqualTo(new Outcome(0, expected.formatted(digest, "sealed"), ""));
        assertThat(open)
                .isEqualTo(new Outcome(0, expected.formatted(digest, "draft, the file holds no digest yet"), ""));
    }

    @Test
    void aSignalScoredByARuleShowsInTheEvidence() throws IOException {
        Path gaps = folder.resolve("gaps.csv");
        Path out = folder.resolve("with-gaps");
        Path decisions = folder.resolve("gaps.jsonl");
        String text = Files.readString(users);
        Files.writeString(gaps, text.replaceFirst("(\n\\d+,\\d+,)[0-9.]+,", "$1,"));

        Outcome.of(Outcome.TRAIN, "--data", gaps, "--name", "trial-conversion", "--out", out);
        Outcome.of(
                "decide --model",
                out.resolve("model.json"),
                "--policy",
                policyFile,
                "--data",
                gaps,
                "--out",
                decisions);

        assertThat(Files.readAllLines(decisions).get(0))
                .contains("\"rules\":[{\"signal\":\"content_hours_7d\",\"rule\":\"missing\"}]");
        assertThat(Files.readAllLines(decisions).get(1)).doesNotContain("\"rules\"");
    }

    private static TrainingResult result() {
        return LogisticTrainer.linear().train(data);
    }
}
