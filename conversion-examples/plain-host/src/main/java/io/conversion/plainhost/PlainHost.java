package io.conversion.plainhost;

import io.conversion.policy.Decision;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.records.JsonlOptions;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.WatcherOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/** Takes users from a queue, decides on each by what a folder serves, and writes the decisions down. */
final class PlainHost {

    record User(
            int daysSinceSignup,
            int sessions7d,
            double contentHours7d,
            int downloads7d,
            int paywallViews7d,
            String countryTier) {}

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    public static void main(String[] args) throws IOException {
        Queue<Map.Entry<String, User>> queue = new ArrayDeque<>();
        queue.add(Map.entry("ada", new User(4, 9, 6.5, 2, 1, "tier_1")));
        queue.add(Map.entry("bob", new User(45, 0, 0, 0, 0, "tier_3")));
        queue.add(Map.entry("eve", new User(4, 9, 6.5, 2, 1, "Tier_1")));
        run(Path.of(args[0]), Path.of(args[1]), queue, System.out);
    }

    static void run(Path serving, Path log, Queue<Map.Entry<String, User>> queue, PrintStream out) throws IOException {
        WatcherOptions options = WatcherOptions.DEFAULT.binds(User.class, LOOKUP);
        try (ArtifactWatcher watcher = ArtifactWatcher.open(serving, options);
                JsonlDecisionLog written = JsonlDecisionLog.open(Files.createDirectories(log), JsonlOptions.DEFAULT)) {
            watcher.start(Duration.ofSeconds(5));
            DecisionPoint point = DecisionPoint.of(watcher::current, (event, time) -> written.log(event));
            for (Map.Entry<String, User> next = queue.poll(); next != null; next = queue.poll()) {
                String id = next.getKey();
                User user = next.getValue();
                DecisionContext context = DecisionContext.NONE.userKey(id);
                Decision decision = point.decide(
                                unit -> unit.binding(User.class, LOOKUP).read(user), context, id, Instant.now())
                        .decision();
                out.println(id + ": " + decision.action() + ", " + decision.details());
            }
        }
    }
}
