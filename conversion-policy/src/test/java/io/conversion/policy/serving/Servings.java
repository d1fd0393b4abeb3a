package io.conversion.policy.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.policy.Band;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionListener;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.serving.ServingManifest.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Small models of two schemas, and policies that fit one model each. */
final class Servings {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    static final SignalSchema ONE = SignalSchema.of("one", "1", Signal.numeric("hours"));
    static final SignalSchema TWO = SignalSchema.of(
            "two", "1", Signal.numeric("hours"), Signal.flag("weekend").whenMissing(WhenMissing.IMPUTE));

    static final ConversionModel MODEL = model("1", 0);
    static final Policy POLICY = policy("1", 0.7, MODEL);

    /** Offers from a lower probability on, which users reach half an hour earlier. */
    static final ConversionModel NEXT_MODEL = model("2", 0.5);

    static final Policy NEXT_POLICY = policy("2", 0.6, NEXT_MODEL);

    /** A user of the first schema; one of the second has another binding. */
    record Hours(double hours) {}

    private Servings() {}

    /** A model of the first schema, whose log-odds are the hours plus a shift. */
    static ConversionModel model(String version, double shift) {
        return ConversionModel.of("trial", version, ONE, shift, Map.of("hours", new Shape.Linear(1, 0, 0)));
    }

    /** A model of the second schema. */
    static ConversionModel ofTwo(String version) {
        return ConversionModel.of(
                "trial", version, TWO, 0, Map.of("hours", new Shape.Linear(1, 0, 0), "weekend", new Shape.Flag(4, 0)));
    }

    /** A policy for this model and no other one. */
    static Policy policy(String version, double bound, ConversionModel model) {
        return Policy.of(
                "offers",
                version,
                ModelRequirement.exactly(model.name(), model.reference().digest()),
                List.of(Band.of("low", 0, "wait"), Band.of("high", bound, "offer")),
                "none");
    }

    static WatcherOptions options() {
        return WatcherOptions.defaults().clock(() -> NOON);
    }

    static DecisionPoint point(ArtifactWatcher watcher, DecisionListener... listeners) {
        return DecisionPoint.of(watcher::current, listeners);
    }

    static ServedDecision decide(DecisionPoint point, Map<String, ?> signals) {
        return point.decide(signals, DecisionContext.NONE, "request", NOON);
    }

    /** Writes a manifest of files that are there already, or are not. */
    static ServingManifest writeManifest(Path folder, long revision, ServingManifest like) throws IOException {
        ServingManifest manifest = new ServingManifest(revision, like.model(), like.policy(), "");
        Files.writeString(folder.resolve(ServingManifest.FILE), manifest.toJson());
        return manifest;
    }

    /** Cuts a file in the middle. */
    static void cut(Path file) throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() / 2));
    }

    /** Changes the log-odds of the first golden vector of a model, and seals it again. */
    static Artifact failGolden(Path folder, Artifact model) throws IOException {
        Path file = folder.resolve(model.file());
        String broken =
                Files.readString(file).replaceFirst("\"log_odds\": \"0x1\\.[0-9a-f]+p", "\"log_odds\": \"0x1.234p");
        // The library says which digest the content has now.
        Matcher refusal = Pattern.compile("the content has (sha256:[0-9a-f]{64})")
                .matcher(String.valueOf(
                        catchThrowable(() -> ConversionModel.fromJson(broken)).getMessage()));
        assertThat(refusal.find()).isTrue();
        Files.writeString(file, broken.replace(model.digest(), refusal.group(1)));
        return new Artifact(model.file(), refusal.group(1));
    }

    /** Replaces one fragment of a file, which must be in it. */
    static void edit(Path file, String fragment, String replacement) throws IOException {
        String text = Files.readString(file);
        if (!text.contains(fragment)) {
            throw new IllegalArgumentException("no \"" + fragment + "\" in " + text);
        }
        Files.writeString(file, text.replace(fragment, replacement));
    }
}
