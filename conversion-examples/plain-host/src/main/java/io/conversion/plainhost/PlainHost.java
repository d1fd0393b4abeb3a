package io.conversion.plainhost;

import io.conversion.policy.DecisionContext;
import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.records.JsonlOptions;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.ServedDecision;
import io.conversion.policy.serving.WatcherOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Takes users from a queue, decides on each by what a folder serves, and writes the decisions down. */
public final class PlainHost {

    enum CountryTier { TIER_1, TIER_2, TIER_3 }

    record User(int daysSinceSignup, int sessions7d, double contentHours7d, int downloads7d, int paywallViews7d,
            CountryTier countryTier) {}

    record Arrival(String id, User user) {}

    static final Arrival LAST = new Arrival("", new User(0, 0, 0, 0, 0, CountryTier.TIER_1));

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    public static void main(String[] args) throws IOException, InterruptedException {
        BlockingQueue<Arrival> queue = new ArrayBlockingQueue<>(100);
        queue.put(new Arrival("ada", new User(4, 9, 6.5, 2, 1, CountryTier.TIER_1)));
        queue.put(new Arrival("bob", new User(45, 0, 0, 0, 0, CountryTier.TIER_3)));
        queue.put(new Arrival("eve", new User(4, -9, 6.5, 2, 1, CountryTier.TIER_1)));
        queue.put(LAST);
        run(Path.of(args[0]), Path.of(args[1]), queue, System.out);
    }

    static void run(Path serving, Path log, BlockingQueue<Arrival> queue, PrintStream out)
            throws IOException, InterruptedException {
        WatcherOptions options = WatcherOptions.DEFAULT.binds(User.class, LOOKUP);
        try (ArtifactWatcher watcher = ArtifactWatcher.open(serving, options);
                JsonlDecisionLog written = JsonlDecisionLog.open(Files.createDirectories(log), JsonlOptions.DEFAULT)) {
            watcher.start(Duration.ofSeconds(5));
            DecisionPoint point = DecisionPoint.of(watcher::current, List.of((event, time) -> written.log(event)));
            for (Arrival next = queue.take(); next != LAST; next = queue.take()) {
                User user = next.user();
                ServedDecision served = point.decide(unit -> unit.binding(User.class, LOOKUP).read(user),
                        DecisionContext.NONE.userKey(next.id()), next.id(), Instant.now());
                out.println(next.id() + ": " + served.decision().action() + ", " + served.decision().details());
            }
        }
    }
}
