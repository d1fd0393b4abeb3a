package io.conversion.policy.history;

import static io.conversion.policy.history.Histories.on;
import static io.conversion.policy.history.Histories.policy;

import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that publishes versions, each of them again until it is not stale. */
final class PublishingProcess {

    private PublishingProcess() {}

    /**
     * Publishes a version for each byte of input and prints a line for it; at the end of the input, one with the number
     * of times that it was stale.
     *
     * @param args the folder, and the beginning of the names of the versions
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        PolicyHistory history = PolicyHistory.load(folder);
        System.out.println("ready");
        int stale = 0;
        for (int i = 0; System.in.read() >= 0; i++) {
            String version = args[1] + i;
            while (history.version(version).isEmpty()) {
                try {
                    history = history.publish(policy(version, 0.7), on("2026-01-05"));
                } catch (StaleHistoryException e) {
                    history = PolicyHistory.load(folder);
                    stale++;
                }
            }
            System.out.println(version);
        }
        System.out.println(stale);
    }
}
