package io.conversion.plainhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.serving.ServingFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainHostTest {

    private static final Shape.Linear NOTHING = new Shape.Linear(0, 0, 0);

    @TempDir
    Path folder;

    @Test
    void decidesOnEveryUserOfTheQueueAndWritesThemDown() throws IOException {
        Path serving = Files.createDirectory(folder.resolve("serving"));
        Path log = folder.resolve("log");
        ServingFolder.publish(serving, model(), policy(), "");
        Queue<String> queue = new ArrayDeque<>(List.of(
                message("a", 3, "tier_1"),
                message("b", 0, "tier_2"),
                message("c", -1, "tier_3"),
                "{\"request\": \"d\""));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PlainHost.run(serving, log, queue, new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "a: offer, [probability 0.7310585786300049 is in band \"high\", which starts at 0.5]",
                        "b: wait, [probability 0.11920292202211755 is in band \"low\", which starts at 0.0]",
                        "c: none, [signal \"sessions_7d\": -1 is out of range, allowed is 0 to 500]",
                        "a user: none, [the request is cut off at line 1, column 16; the request is not complete: write"
                                + " or copy it again]");
        List<Path> files = JsonlDecisionLog.files(log);
        assertThat(files).hasSize(1);
        assertThat(Files.readAllLines(files.get(0))).hasSize(4);
    }

    private static String message(String name, int sessions, String tier) {
        return String.format(Locale.ROOT, """
                {"request": "%s", "signals": {"days_since_signup": 4, "sessions_7d": %d, "content_hours_7d": 6.5,
                 "downloads_7d": 2, "paywall_views_7d": 1, "country_tier": "%s"}}""", name, sessions, tier);
    }

    private static ConversionModel model() {
        SignalSchema schema = SignalSchema.of(
                "trial-signals",
                "1",
                Signal.numeric("days_since_signup"),
                Signal.numeric("sessions_7d").range(0, 500),
                Signal.numeric("content_hours_7d"),
                Signal.numeric("downloads_7d"),
                Signal.numeric("paywall_views_7d"),
                Signal.categorical("country_tier", "tier_1", "tier_2", "tier_3"));
        return ConversionModel.of(
                "trial-conversion",
                "1",
                schema,
                -2,
                Map.of(
                        "days_since_signup", NOTHING,
                        "sessions_7d", new Shape.Linear(1, 0, 0),
                        "content_hours_7d", NOTHING,
                        "downloads_7d", NOTHING,
                        "paywall_views_7d", NOTHING,
                        "country_tier",
                                new Shape.Levels(Map.of("tier_1", 0.0, "tier_2", 0.0, "tier_3", 0.0), 0, 0, Set.of())));
    }

    private static Policy policy() {
        return Policy.of(
                "trial-conversion",
                "1",
                ModelRequirement.named("trial-conversion"),
                List.of(Band.of("low", 0, "wait"), Band.of("high", 0.5, "offer")),
                "none");
    }
}
