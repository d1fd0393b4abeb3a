package io.conversion.policy.serving;

import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that publishes pairs to a folder. */
final class PairPublisher {

    private PairPublisher() {}

    /**
     * Publishes a pair for each byte of input and prints its revision.
     *
     * @param args the folder, and what the versions of the policies begin with
     */
    public static void main(String[] args) throws IOException {
        System.out.println("ready");
        for (int i = 0; System.in.read() >= 0; i++) {
            String version = args[1] + i;
            System.out.println(ServingFolder.publish(
                            Path.of(args[0]), Servings.MODEL, Servings.policy(version, 0.7, Servings.MODEL), version)
                    .revision());
        }
    }
}
