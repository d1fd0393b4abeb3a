package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.Band;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies with a margin and a control group, and users of whom a previous segment and a key are known, or are not. */
class WorkbenchContextTest {

    @TempDir
    static Path folder;

    private static Path model;
    private static Path before;
    private static Path after;
    private static Path users;

    @BeforeAll
    static void writeFiles() throws IOException {
        model = Trial.saveModel(folder.resolve("model.json"));
        Policy old = Trial.offers("1", 0.7);
        before = folder.resolve("before.json");
        old.save(before);
        after = folder.resolve("after.json");
        // A share of 1: everybody with a key is in the control group.
        old.toBuilder("2")
                .owner("growth team")
                .changeNote("No flapping;\n  some are held back")
                .effectiveFrom(Instant.parse("2026-12-01T00:00:00Z"))
                .margin(0.1)
                .control(new ControlGroup(1, "2026", "hold"))
                .actionRanks(Map.of("wait", 0L, "offer", 1L))
                .capacities(Map.of("offer", 1500L))
                .build()
                .save(after);
        // All have the probability 0.65, which is low, and is not below 0.7 by more than the margin.
        users = Files.writeString(folder.resolve("users.csv"), """
                user,logit,last
                a,0.6,high
                ,0.6,high
                ,0.6,
                d,0.6,
                """);
    }

    private static Outcome impact(Object... options) {
        return Outcome.with(options, "policy impact", before, after, "--model", model, "--data", users);
    }

    @Test
    void impactHoldsPreviousSegmentsAndDrawsKeys() throws IOException {
        Path flips = folder.resolve("flips.csv");

        Outcome outcome = impact("--key", "user", "--previous", "last", "--flips", flips);

        assertThat(outcome.err()).isEqualTo("2 of 4 rows have no key, and cannot be joined: row 1, row 2\n");
        assertThat(outcome.out()).contains("""
                columns passed over: user (the key), last (the previous segment)
                4 users, of whom 3 (75.0 %) would get another action
                users by what decides, before (rows) and after (columns):
                        low  high  control group  all
                  low     1     1              2    4
                  high    0     0              0    0
                  all     1     1              2    4
                """).endsWith("""
                  Policy "offers" 2 holds previous bands by a margin; 2 of the 4 users whose band decides came without a \
                previous segment that it has, and count by their plain band.
                  Previous segments are taken as they were given: this is the first decision on each user, and not where \
                users are after several.
                  Policy "offers" 2 has a control group of share 1; 2 of the 4 users whose band decides came without a \
                key, and count as outside of it.
                wrote %s
                """.formatted(flips));
        assertThat(Files.readAllLines(flips)).hasSize(4).last().asString().startsWith("3,d,0.64");
    }

    @Test
    void impactSaysThatContextsAreMissing() {
        Outcome outcome = impact("--ignore", "user,last");

        assertThat(outcome.out())
                .contains("4 users, of whom 0 (0.0 %) would get another action\n")
                .contains("4 of the 4 users whose band decides came without a key");
    }

    @Test
    void aColumnThatTheFileLacksIsRefused() {
        Outcome outcome = impact("--key", "id", "--previous", "last", "--ignore", "user");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("""
                users.csv: there is no column "id"; the columns are [user, logit, last]
                  --ignore names "user"
                """);
    }

    @Test
    void decisionsWithContextsAreCountedAndReplayed() throws IOException {
        Path records = folder.resolve("decisions.jsonl");

        Outcome decided = Outcome.of(
                "decide --model",
                model,
                "--policy",
                after,
                "--data",
                users,
                "--key",
                "user",
                "--previous",
                "last",
                "--out",
                records);
        Outcome replayed = Outcome.of("replay --records", records, "--model", model, "--policy", after);

        assertThat(decided.out()).endsWith("""
                  segment        users    share  action
                  low                1   25.0 %%  wait
                  high               1   25.0 %%  offer
                  control group      2   50.0 %%  hold
                  all                4  100.0 %%
                capacity of "offer": 1 of 1,500 places used (high 1)
                wrote %s
                """.formatted(records));
        assertThat(Files.readAllLines(records).get(0))
                .contains("\"previous_segment\":\"high\"", "\"draw\":", "\"kind\":\"control\"");
        assertThat(replayed.exitCode()).isZero();
    }

    @Test
    void segmentsThatAreCalledLikeOtherRowsAreInQuotes() throws IOException {
        Path names = folder.resolve("names.json");
        Policy.of(
                        "offers",
                        "1",
                        ModelRequirement.named("trial"),
                        List.of(Band.of("all", 0, "wait"), Band.of("fallback", 0.5, "offer")),
                        "nothing")
                .save(names);

        Outcome decided = Outcome.of(
                "decide --model",
                model,
                "--policy",
                names,
                "--data",
                users,
                "--ignore",
                "user,last",
                "--out",
                folder.resolve("o"));

        assertThat(decided.out()).contains("\n  \"all\" ", "\n  \"fallback\" ", "\n  all ");
        assertThat(Outcome.of("policy check", names).out()).contains("  \"fallback\" ", "  fallback ");
    }

    @Test
    void aCheckPrintsWhatElseThePolicySays() throws IOException {
        Outcome outcome = Outcome.of("policy check", after);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .startsWith("""
                policy "offers" 2 is valid
                  model       "trial", any version
                  digest      %s
                  state       sealed
                  owner       growth team
                  change      No flapping; some are held back
                  effective   from 2026-12-01T00:00:00Z
                  margin      0.1; a user stays in the previous band until the probability is so far beyond it
                  control     share 1 of the users with a key, action hold
                  ranks       wait 0, offer 1
                  capacities  offer 1,500
                bands:
                """.formatted(Policy.load(after).reference().digest()));
    }
}
