package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonObject;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.OtherJvm;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.records.Replayed.Verified;
import io.conversion.policy.records.Replayed.VerifiedInPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Records of format 1 as they were once written are read, verified and written again with the same bytes. They are of
 * the trained model and policy and some of the users of the golden folder; {@link #main} wrote them.
 */
class GoldenRecordsTest {

    private static final Path FOLDER = OtherJvm.testClasses().resolve("io/conversion/policy");
    private static final Path RECORDS = FOLDER.resolve("records").resolve("decision-format-1.jsonl");

    @Test
    void recordsOfFormat1AreVerified() throws IOException {
        List<Replayed> outcomes = new ArrayList<>();

        Replay.of(List.of(model()), List.of(policy())).replay(RECORDS, line -> outcomes.add(line.outcome()));

        assertThat(outcomes)
                .hasSizeGreaterThan(20)
                .hasOnlyElementsOfTypes(Verified.class, VerifiedInPart.class)
                .hasAtLeastOneElementOfType(Verified.class)
                .hasAtLeastOneElementOfType(VerifiedInPart.class);
    }

    @Test
    void recordsOfFormat1AreWrittenAsTheyWereRead() throws IOException {
        for (String line : Files.readAllLines(RECORDS)) {
            assertThat(DecisionRecord.fromJson(line).toJson()).isEqualTo(line);
        }
    }

    private static ConversionModel model() throws IOException {
        return ConversionModel.load(FOLDER.resolve("golden").resolve("trained-model.json"));
    }

    private static Policy policy() throws IOException {
        return Policy.load(FOLDER.resolve("golden").resolve("trained-policy.json"));
    }

    /**
     * Prints the records of the users, every second one with its reasons.
     *
     * @param args none
     */
    public static void main(String[] args) throws IOException {
        PolicyEngine engine = PolicyEngine.of(policy());
        ConversionModel model = model();
        int user = 0;
        for (String line : Files.readAllLines(FOLDER.resolve("golden").resolve("trained-users.jsonl"))) {
            DecisionEvent event = DecisionEvent.decide(
                    engine,
                    model.scorer(),
                    model.schema()
                            .read(JsonDocument.read(line.getBytes(StandardCharsets.UTF_8), "user", JsonObject::values)),
                    DecisionContext.NONE,
                    "user " + user,
                    Instant.ofEpochSecond(1_800_000_000 + user));
            System.out.println(
                    DecisionRecord.of(event, Redaction.NONE, user++ % 2 * 3).toJson());
        }
    }
}
