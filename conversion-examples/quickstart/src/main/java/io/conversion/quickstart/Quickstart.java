package io.conversion.quickstart;

import static io.conversion.model.data.CsvDataSet.label;

import io.conversion.core.ConversionModel;
import io.conversion.core.Score;
import io.conversion.core.Scorer;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import io.conversion.model.LogisticTrainer;
import io.conversion.model.RefusedModelException;
import io.conversion.model.TrainingResult;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.report.ModelReport;
import io.conversion.model.synthetic.StreamingUsers;
import io.conversion.policy.Decision;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.serving.ServingFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * From users to decisions: trains a model on synthetic streaming users, or on a CSV file of one's own, shows what it
 * learnt, scores three users, decides, and shows that a misspelt level is refused rather than ignored.
 */
public final class Quickstart {

    private final PrintStream out;

    private Quickstart(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs the quick start.
     *
     * @param args nothing, or a CSV file and the name of its label column, then columns that are no signals
     */
    public static void main(String[] args) {
        try {
            run(args, Path.of("target", "quickstart"), System.out);
        } catch (IllegalArgumentException | InvalidDataException | RefusedModelException | IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    static void run(String[] args, Path folder, PrintStream out) throws IOException {
        if (args.length == 1) {
            throw new IllegalArgumentException("give a CSV file and its label column, such as: users.csv converted");
        }
        boolean synthetic = args.length == 0;
        DataSet users = synthetic
                ? StreamingUsers.generate(5_000, 42)
                : CsvDataSet.read(
                        Path.of(args[0]), label(args[1]).exclude(List.of(args).subList(2, args.length)));
        Files.createDirectories(folder);
        new Quickstart(out).decideOn(users, folder, synthetic);
    }

    private void decideOn(DataSet users, Path folder, boolean synthetic) throws IOException {
        // A data scientist trains a model and publishes it, a product manager writes a policy ...
        TrainingResult result =
                LogisticTrainer.withDefaults().train(users.training()).heldOut(users.holdout());
        ConversionModel trained = result.publish("trial-conversion", "1");
        Evaluation evaluation = Evaluation.of(trained, users.holdout());
        trained.save(folder.resolve("model.json"));
        Policy written = caseStudyPolicy();
        written.save(folder.resolve("policy.json"));
        ServingFolder.publish(Files.createDirectories(folder.resolve("serving")), trained, written, "the quick start");
        ModelReport.of(trained, evaluation)
                .training(result)
                .users(users.training())
                .policy(ReportedPolicy.of(written, trained, users.holdout()))
                .write(folder.resolve("report.html"));
        // ... and a service loads both, to score and decide.
        ConversionModel model = ConversionModel.load(folder.resolve("model.json"));
        Scorer scorer = model.scorer();
        PolicyEngine engine = PolicyEngine.of(Policy.load(folder.resolve("policy.json")));

        print(model, users.training());
        print(evaluation);
        for (Signals signals : synthetic ? threeUsers(model.schema()) : threeHeldOut(users.holdout())) {
            Score score = scorer.score(signals);
            Decision decision = engine.decide(score);
            print(score, decision);
        }
        if (synthetic) {
            showMisspeltLevel(scorer, engine);
        }
        out.println(
                "The model and the policy are in " + folder + ", and a page about the model is in report.html there.");
    }

    private static List<Signals> threeUsers(SignalSchema schema) {
        return List.of(
                signals(schema, 45, 0, 0.0, 0, 0, "tier_3").orElseThrow(),
                signals(schema, 20, 2, 1.0, 0, 1, "tier_3").orElseThrow(),
                signals(schema, 4, 9, 6.5, 2, 1, "tier_1").orElseThrow());
    }

    private static List<Signals> threeHeldOut(DataSet users) {
        return IntStream.range(0, Math.min(3, users.rows()))
                .mapToObj(users::signals)
                .toList();
    }

    /** The case study served tier_1 to a model of Tier_1, and lost the signal of every user without a word. */
    private void showMisspeltLevel(Scorer scorer, PolicyEngine engine) {
        SignalReading reading = signals(scorer.schema(), 4, 9, 6.5, 2, 1, "Tier_1");
        out.println("The last user again, with the tier spelt Tier_1. It is not ignored:");
        if (engine.decide(scorer, reading) instanceof Decision.Fallback fallback) {
            out.printf(Locale.ROOT, "  fallback %s, action %s%n", fallback.reason(), fallback.action());
            fallback.details().forEach(detail -> out.println("  " + detail));
            out.println();
        }
    }

    private static SignalReading signals(
            SignalSchema schema, int days, int sessions, double hours, int downloads, int paywallViews, String tier) {
        return schema.read(Map.of(
                "days_since_signup", days,
                "sessions_7d", sessions,
                "content_hours_7d", hours,
                "downloads_7d", downloads,
                "paywall_views_7d", paywallViews,
                "country_tier", tier));
    }

    private void print(ConversionModel model, DataSet training) {
        out.printf(
                Locale.ROOT, "Trained on %,d users, of whom %,d converted.%n%n", training.rows(), training.positives());
        out.println(ModelTable.of(model));
    }

    private void print(Evaluation evaluation) {
        out.printf(
                Locale.ROOT,
                "On %,d users held out: ROC AUC %.4f, log loss %.4f; %.1f %% converted, %.1f %% were predicted to.%n%n",
                evaluation.rows(),
                evaluation.rocAuc().value(),
                evaluation.logLoss(),
                100 * evaluation.baseRate(),
                100 * evaluation.meanPredicted());
    }

    private void print(Score score, Decision decision) {
        out.println(score.signals());
        out.printf(
                Locale.ROOT,
                "  probability %.4f, segment %s, action %s%n%n",
                score.probability(),
                decision.segment().orElse("none"),
                decision.action());
    }

    private static Policy caseStudyPolicy() throws IOException {
        try (InputStream in = Quickstart.class.getResourceAsStream("/case-study-policy.json")) {
            if (in == null) {
                throw new IOException("the policy is missing from the jar");
            }
            return Policy.fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
