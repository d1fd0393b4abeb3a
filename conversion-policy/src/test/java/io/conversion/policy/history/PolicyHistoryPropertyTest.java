package io.conversion.policy.history;

import static io.conversion.policy.history.Histories.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.Policy;
import io.conversion.policy.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any sequence of changes does what the plainest model of a history does. */
class PolicyHistoryPropertyTest {

    private static final int DAYS = 16;

    /**
     * One change that somebody tries.
     *
     * @param kind what it is
     * @param version the version that is published or pinned, or that is to be the new one of a roll back
     * @param restored the version that a roll back restores
     * @param days how many days pass before, one day back included
     * @param delay how many days after its publication a version is effective, some days back included
     * @param behind on which of the histories loaded so far, counted from the last one, the change is made
     */
    private record Attempt(Kind kind, String version, String restored, int days, int delay, int behind) {}

    private enum Kind {
        PUBLISH,
        ROLL_BACK,
        PIN,
        UNPIN
    }

    /** What became of an attempt. */
    private enum Outcome {
        MADE,
        REFUSED,
        STALE
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void anySequenceOfChangesIsThatOfThePlainModel(@ForAll("attempts") List<Attempt> attempts) throws IOException {
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            Path folder = temporary.path();
            Model model = new Model();
            List<PolicyHistory> loaded = new ArrayList<>(List.of(PolicyHistory.load(folder)));
            for (Attempt attempt : attempts) {
                List<String> earlier = model.answers();
                int today = model.today + attempt.days();
                PolicyHistory base = loaded.get(Math.max(0, loaded.size() - 1 - attempt.behind()));
                Outcome expected =
                        base.entries().size() < model.entries ? Outcome.STALE : model.outcomeOf(attempt, today);

                Outcome outcome = attempted(base, attempt, today, loaded);

                assertThat(outcome).as("%s after %s", attempt, earlier).isEqualTo(expected);
                assertThat(answersOf(loaded.get(loaded.size() - 1))).isEqualTo(model.answers());
                int past = Math.min(DAYS, Math.max(0, model.today));
                assertThat(model.answers().subList(0, past)).isEqualTo(earlier.subList(0, past));
            }
            PolicyHistory read = PolicyHistory.load(folder);
            assertThat(read.entries()).hasSize(model.entries);
            assertThat(answersOf(read)).isEqualTo(model.answers());
        }
    }

    private static Outcome attempted(PolicyHistory base, Attempt attempt, int today, List<PolicyHistory> loaded)
            throws IOException {
        Publication publication = new Publication(day(today), "ana", "A change");
        try {
            loaded.add(
                    switch (attempt.kind()) {
                        case PUBLISH -> base.publish(candidate(attempt, today), publication);
                        case ROLL_BACK -> base.rollBack(attempt.restored(), attempt.version(), publication);
                        case PIN -> base.pin(attempt.version(), publication);
                        case UNPIN -> base.unpin(publication);
                    });
            return Outcome.MADE;
        } catch (IllegalArgumentException e) {
            return Outcome.REFUSED;
        } catch (StaleHistoryException e) {
            return Outcome.STALE;
        }
    }

    private static Policy candidate(Attempt attempt, int today) {
        return policy(attempt.version(), 0.7).toBuilder(attempt.version())
                .effectiveFrom(day(today + attempt.delay()))
                .build();
    }

    private static List<String> answersOf(PolicyHistory history) {
        List<String> answers = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            answers.add(history.at(day(day)).map(Policy::version).orElse("-"));
        }
        return answers;
    }

    private static Instant day(int day) {
        return Instant.EPOCH.plusSeconds(86_400L * day);
    }

    @Provide
    Arbitrary<List<Attempt>> attempts() {
        Arbitrary<String> versions = Arbitraries.of("1", "2", "3", "4", "5", "6");
        Arbitrary<Integer> days = Arbitraries.of(-1, 0, 0, 1, 1, 1, 2);
        Arbitrary<Integer> behind = Arbitraries.of(0, 0, 0, 0, 0, 0, 1, 2);
        Arbitrary<Integer> delays = Arbitraries.integers().between(-3, 6);
        Arbitrary<Kind> kinds = Arbitraries.of(Kind.PUBLISH, Kind.PUBLISH, Kind.ROLL_BACK, Kind.PIN, Kind.UNPIN);
        return Combinators.combine(kinds, versions, versions, days, delays, behind)
                .as(Attempt::new)
                .list()
                .ofMaxSize(12);
    }

    /** A history as a diary: what is meant to be in force on each day, and what is pinned on it. */
    private static final class Model {

        private final Map<String, Integer> effective = new HashMap<>();
        private final String[] inForce = new String[DAYS];
        private final String[] pinned = new String[DAYS];
        private boolean isPinned;
        private int entries;
        private int today;

        Model() {
            Arrays.fill(inForce, "-");
            Arrays.fill(pinned, "");
        }

        /** Makes the change, if it is one. */
        Outcome outcomeOf(Attempt attempt, int day) {
            boolean isNew = !effective.containsKey(attempt.version());
            boolean fits = switch (attempt.kind()) {
                case PUBLISH -> isNew;
                case ROLL_BACK -> isNew && effective.containsKey(attempt.restored());
                case PIN -> !isNew;
                case UNPIN -> isPinned;
            };
            if (!fits || (entries > 0 && day < today)) {
                return Outcome.REFUSED;
            }
            entries++;
            today = day;
            switch (attempt.kind()) {
                case PUBLISH -> add(attempt.version(), day + attempt.delay());
                case ROLL_BACK -> add(attempt.version(), Objects.requireNonNull(effective.get(attempt.restored())));
                case PIN -> pin(attempt.version());
                case UNPIN -> pin("");
            }
            return Outcome.MADE;
        }

        private void add(String version, int day) {
            effective.put(version, day);
            fill(inForce, Math.max(day, today), version);
        }

        private void pin(String version) {
            isPinned = !version.isEmpty();
            fill(pinned, today, version);
        }

        private static void fill(String[] days, int from, String version) {
            Arrays.fill(days, Math.min(DAYS, Math.max(0, from)), DAYS, version);
        }

        List<String> answers() {
            return IntStream.range(0, DAYS)
                    .mapToObj(day -> pinned[day].isEmpty() ? inForce[day] : pinned[day])
                    .toList();
        }
    }
}
