package io.conversion.plainhost;

import io.conversion.policy.Decision;
import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.records.JsonlOptions;
import io.conversion.policy.requests.RequestReader;
import io.conversion.policy.requests.UserRequest;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.WatcherOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;

/** Takes messages from a queue, decides on each user by what a folder serves, and writes the decisions down. */
final class PlainHost {

    private static final String MESSAGE = """
            {"request": "%s", "user_key": "%s", "signals": {"days_since_signup": %d, "sessions_7d": %d,
             "content_hours_7d": %s, "downloads_7d": %d, "paywall_views_7d": %d, "country_tier": "%s"}}""";

    public static void main(String[] args) throws IOException {
        Queue<String> queue = new ArrayDeque<>(List.of(
                String.format(Locale.ROOT, MESSAGE, "ada", "user-1", 4, 9, "6.5", 2, 1, "tier_1"),
                String.format(Locale.ROOT, MESSAGE, "bob", "user-2", 45, 0, "0", 0, 0, "tier_3"),
                String.format(Locale.ROOT, MESSAGE, "eve", "user-3", 4, 9, "\"6.5\"", 2, 1, "Tier_1")));
        run(Path.of(args[0]), Path.of(args[1]), queue, System.out);
    }

    static void run(Path serving, Path log, Queue<String> queue, PrintStream out) throws IOException {
        RequestReader reader = RequestReader.defaults();
        try (ArtifactWatcher watcher = ArtifactWatcher.open(serving, WatcherOptions.defaults());
                JsonlDecisionLog written =
                        JsonlDecisionLog.open(Files.createDirectories(log), JsonlOptions.defaults())) {
            watcher.start(Duration.ofSeconds(5));
            DecisionPoint point = DecisionPoint.of(watcher::current, written);
            for (String message = queue.poll(); message != null; message = queue.poll()) {
                UserRequest user = reader.user(message);
                String name = user.name().orElse("a user");
                Decision decision = point.decide(
                                unit -> user.read(unit.model().schema()), user.context(), name, Instant.now())
                        .decision();
                out.println(name + ": " + decision.action() + ", " + decision.details());
            }
        }
    }
}
