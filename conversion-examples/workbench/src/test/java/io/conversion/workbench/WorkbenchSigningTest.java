package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records and histories that are signed by a file of keys, and what is said of those that are not. */
class WorkbenchSigningTest {

    @TempDir
    private Path folder;

    private Path keys;
    private Path model;
    private Path policy;
    private Path users;
    private Path records;

    @BeforeEach
    void write() throws IOException {
        keys = folder.resolve("keys.json");
        Files.writeString(
                keys,
                "{\"format\":\"conversion-signing-keys\",\"format_version\":1,\"keys\":[{\"id\":\"2026-11\","
                        + "\"secret\":\"" + "0123456789abcdef".repeat(4) + "\"}]}");
        SignalSchema schema = SignalSchema.of("one", "1", Signal.numeric("hours"));
        model = folder.resolve("model.json");
        ConversionModel.of("trial", "1", schema, 0, Map.of("hours", new Shape.Linear(1, 0, 0)))
                .save(model);
        policy = folder.resolve("policy.json");
        Policy.of(
                        "offers",
                        "1",
                        ModelRequirement.named("trial"),
                        List.of(Band.of("low", 0, "wait"), Band.of("high", 0.7, "offer")),
                        "none")
                .save(policy);
        users = Files.writeString(folder.resolve("users.csv"), "hours\n-1\n0\n2\n");
        records = folder.resolve("decisions.jsonl");
    }

    @Test
    void signedRecordsVerify() {
        decide("--key-file", keys);

        assertThat(replay("--key-file", keys)).isEqualTo(new Outcome(0, """
                signatures verified: 3, unsigned: 0, not verified: 0
                  replayed  records
                  verified        3
                  all             3
                """, ""));
        assertThat(replay())
                .isEqualTo(
                        new Outcome(0, """
                  replayed  records
                  verified        3
                  all             3
                """, "3 lines are signed, and not verified: give the keys with --key-file\n"));
    }

    @Test
    void unsignedRecordsAreReplayedAndSaidToBeUnsigned() {
        decide();

        assertThat(replay("--key-file", keys))
                .isEqualTo(new Outcome(
                        0, """
                signatures verified: 0, unsigned: 3, not verified: 0
                  replayed  records
                  verified        3
                  all             3
                """, "3 lines are unsigned: whoever can compute a digest may have changed them\n"));
    }

    @Test
    void removedRecordIsFound() throws IOException {
        decide("--key-file", keys);
        List<String> lines = Files.readAllLines(records);
        lines.remove(1);
        Files.write(records, lines);

        assertThat(replay().exitCode()).isZero();
        Outcome found = replay("--key-file", keys);
        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.err())
                .startsWith(records
                        + " line 2: /signature/line is 3; it is line 2 of the file: lines were removed, added or"
                        + " moved\n");
    }

    @Test
    void signedHistoryIsVerifiedAndChangedWithItsKeysOnly() throws IOException {
        Path history = Files.createDirectory(folder.resolve("history"));
        Outcome published = Outcome.of(
                "policy publish",
                policy,
                "--history",
                history,
                "--author",
                "ana",
                "--note",
                "first",
                "--key-file",
                keys);
        Outcome unsigned = Outcome.of("policy pin 1 --history", history, "--author", "ben", "--note", "hold");

        assertThat(published.exitCode()).isZero();
        assertThat(unsigned.exitCode()).isEqualTo(1);
        assertThat(unsigned.err())
                .isEqualTo(
                        history + " is signed, and this entry would have no signature; load the history with its keys,"
                                + " and make the change on top of it\n");
        assertThat(Outcome.of("policy log --history", history, "--key-file", keys)
                        .out())
                .endsWith("signed: 1 entry, verified; unsigned: 0 entries\n");
        assertThat(Outcome.of("policy log --history", history).out())
                .endsWith("signed: 1 entry, not verified: give --key-file; unsigned: 0 entries\n");

        Path other = Files.writeString(
                folder.resolve("other.json"), Files.readString(keys).replace("cdef", "cdee"));
        Outcome forged = Outcome.of("policy log --history", history, "--key-file", other);
        assertThat(forged.exitCode()).isEqualTo(1);
        assertThat(forged.err()).contains("/signature/mac is not that of the entry");
    }

    @Test
    void unreadableKeysAreRefusedWithoutTheirSecret() throws IOException {
        decide();
        Files.writeString(keys, Files.readString(keys).replace("0123", "012x"));

        Outcome refused = replay("--key-file", keys);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("keys.json: /keys/0/secret is no secret of a key")
                .doesNotContain("4567");
    }

    private void decide(Object... more) {
        Outcome decided =
                Outcome.with(more, "decide --model", model, "--policy", policy, "--data", users, "--out", records);
        assertThat(decided.err()).isEmpty();
    }

    private Outcome replay(Object... more) {
        return Outcome.with(more, "replay --records", records, "--model", model, "--policy", policy);
    }
}
