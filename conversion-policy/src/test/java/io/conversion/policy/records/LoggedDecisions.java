package io.conversion.policy.records;

import io.conversion.core.ConversionModel;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.RandomPolicies;
import io.conversion.policy.RandomUsers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;

/** Decides and logs until the process is killed; the numbers of decisions are in a file that survives it. */
final class LoggedDecisions {

    static final int CAPACITY = 1_000;

    private LoggedDecisions() {}

    static ConversionModel model() {
        return RandomUsers.model("trial", new Random(11));
    }

    static Policy policy() {
        return RandomPolicies.complete(new Random(11));
    }

    /** How many decisions were taken by the log so far: logged and not lost. */
    static long taken(Path counter) throws IOException {
        try (FileChannel channel = FileChannel.open(counter, StandardOpenOption.READ)) {
            ByteBuffer numbers = ByteBuffer.allocate(16);
            channel.read(numbers, 0);
            return numbers.getLong(0) - numbers.getLong(8);
        }
    }

    /**
     * Logs for ever.
     *
     * @param args the folder of the log and the file of the counter
     */
    public static void main(String[] args) throws IOException {
        Path counter = Path.of(args[1]);
        Random random = new Random();
        PolicyEngine engine = PolicyEngine.of(policy());
        ConversionModel model = model();
        try (FileChannel channel = FileChannel.open(counter, StandardOpenOption.READ, StandardOpenOption.WRITE);
                JsonlDecisionLog log = JsonlDecisionLog.open(
                        Path.of(args[0]),
                        JsonlOptions.defaults()
                                .capacity(CAPACITY)
                                .patience(Duration.ofMinutes(1))
                                .maxFileBytes(1 << 20))) {
            MappedByteBuffer numbers = channel.map(FileChannel.MapMode.READ_WRITE, 0, 16);
            for (long logged = 0; logged < Long.MAX_VALUE; ) {
                DecisionContext context = DecisionContext.NONE.userKey("user " + logged);
                DecisionEvent event = DecisionEvent.decide(
                        engine,
                        model.scorer(),
                        model.schema().read(RandomUsers.user(random)),
                        context,
                        "request " + logged,
                        null);
                log.decided(event, 0);
                numbers.putLong(8, log.lost());
                numbers.putLong(0, ++logged);
            }
        }
    }
}
