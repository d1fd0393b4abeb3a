package io.conversion.experiments.data;

import static io.conversion.experiments.Finding.Severity.NOTES;
import static io.conversion.experiments.Finding.Severity.REFUSES;
import static io.conversion.experiments.Finding.Severity.WARNS;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.Finding;
import io.conversion.experiments.UserTable;
import io.conversion.model.data.CsvColumns;
import io.conversion.policy.Arm;
import io.conversion.policy.Assignment;
import io.conversion.policy.Experiment;
import io.conversion.policy.ExperimentMetric;
import io.conversion.policy.records.DecisionRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the decisions of an experiment, then the outcomes of its users. */
final class LedgerReader {

    /** How far the clock that wrote an outcome may be behind the one that wrote the decision. */
    private static final Duration CLOCKS = Duration.ofSeconds(1);

    private static final int SEVERAL = -1;

    /** Whose request it is that several users have. */
    private static final User OF_SEVERAL = new User(-1, SEVERAL, Instant.MIN, Double.NaN);

    private final Experiment experiment;
    private final Instant asOf;
    private final List<String> arms;
    private final Map<Unit, User> users = new HashMap<>();

    /** The users of requests; null if outcomes are of keys. */
    private final @Nullable Map<String, User> requests;

    private final Map<String, OutcomeValues> values = new LinkedHashMap<>();
    private final Map<String, Integer> windows = new HashMap<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Long> unknownMetrics = new TreeMap<>();
    private final Map<String, String> sources = new TreeMap<>();
    private long records;
    private long outcomes;

    LedgerReader(Experiment experiment, Instant asOf, boolean keepsRequests) {
        this.requests = keepsRequests ? new HashMap<>() : null;
        this.experiment = experiment;
        this.asOf = asOf;
        this.arms = experiment.arms().stream().map(Arm::name).toList();
        sources.put("as of", asOf.toString());
        sources.put("experiment " + experiment, experiment.reference().digest());
        Stream.concat(Stream.of(experiment.primary()), experiment.guardrails().stream())
                .forEach(metric -> {
                    column(metric.name(), metric.windowDays());
                    if (metric.kind() == ExperimentMetric.Kind.RATIO) {
                        column(denominator(metric), metric.windowDays());
                    }
                });
    }

    static String denominator(ExperimentMetric metric) {
        return Objects.requireNonNull(metric.denominator());
    }

    private void column(String name, int window) {
        values.computeIfAbsent(name, of -> new OutcomeValues());
        windows.merge(name, window, Math::max);
    }

    /** The pseudonym of a user as two numbers. */
    private record Unit(long high, long low) {
        static Unit of(String hex) {
            return new Unit(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
        }
    }

    /** A user from the first decision on. */
    private static final class User {
        private final int number;
        private int arm;
        private Instant first;
        private double probability;

        User(int number, int arm, Instant first, double probability) {
            this.number = number;
            this.arm = arm;
            this.first = first;
            this.probability = probability;
        }
    }

    void decisions(List<Path> files, LongConsumer progress) throws IOException {
        records = RecordLines.read(files, progress, this::decision, () -> count("unreadable"));
    }

    private void decision(DecisionRecord record) {
        Assignment assignment = record.assignment();
        if (assignment == null
                || !assignment
                        .experiment()
                        .digest()
                        .equals(experiment.reference().digest())) {
            count("other experiment");
            return;
        }
        Instant moment = record.moment();
        if (!assignment.isExposure()) {
            count(assignment.standing().name());
        } else if (moment == null) {
            count("no moment");
        } else if (moment.isAfter(asOf)) {
            count("ahead");
        } else {
            sources.put("model " + record.model(), record.model().digest());
            sources.put("policy " + record.policy(), record.policy().digest());
            int arm = arms.indexOf(String.valueOf(assignment.arm()));
            DecisionRecord.Numbers score = record.score();
            User user = exposed(assignment.unit(), arm, moment, score == null ? Double.NaN : score.probability());
            if (requests != null) {
                requests.merge(record.request(), user, (one, other) -> one == other ? one : OF_SEVERAL);
            }
        }
    }

    private User exposed(String unit, int arm, Instant moment, double probability) {
        User user = users.computeIfAbsent(Unit.of(unit), of -> new User(users.size(), arm, moment, probability));
        if (user.arm != arm) {
            user.arm = SEVERAL;
        }
        if (moment.isBefore(user.first)) {
            user.first = moment;
            user.probability = probability;
        }
        return user;
    }

    /** Whether the outcomes of a file are of requests, not of keys. */
    static boolean isOfRequests(Path file) throws IOException {
        return CsvColumns.header(file).contains("request");
    }

    void outcomes(Path file) throws IOException {
        boolean ofRequests = isOfRequests(file);
        List<String> columns = List.of(ofRequests ? "request" : "key", "moment", "metric", "value");
        try (CsvColumns lines = CsvColumns.open(file, columns, bytes -> {})) {
            while (lines.hasNext()) {
                CsvColumns.Row row = lines.next();
                outcomes++;
                if (row.problem().isEmpty()) {
                    outcome(
                            ofRequests,
                            row.cells().get(0),
                            row.cells().get(1),
                            row.cells().get(2),
                            row.cells().get(3));
                } else {
                    count("unreadable outcome");
                }
            }
        }
    }

    private void outcome(boolean ofRequest, String name, String at, String metric, String text) {
        OutcomeValues sums = values.get(metric);
        OptionalDouble value = CsvColumns.number(text);
        Instant moment = moment(at);
        if (moment == null || value.isEmpty()) {
            count(moment == null ? "outcome without moment" : "unreadable outcome");
            return;
        }
        if (moment.isAfter(asOf)) {
            count("outcome ahead");
            return;
        }
        if (sums == null) {
            unknownMetrics.merge(metric, 1L, Long::sum);
            return;
        }
        User user = ofRequest && requests != null ? requests.get(name) : users.get(Unit.of(experiment.unit(name)));
        if (user == null) {
            count("unknown user");
        } else if (user == OF_SEVERAL) {
            count("request of several");
        } else if (moment.isBefore(user.first.minus(CLOCKS))) {
            count("too early");
        } else if (!moment.isBefore(user.first.plus(Duration.ofDays(windows.getOrDefault(metric, 1))))) {
            count("late");
        } else {
            // All decisions are read before, so that the first one is; a window has fewer nanoseconds than a long
            // counts.
            sums.add(user.number, Duration.between(user.first, moment).toNanos(), value.getAsDouble());
        }
    }

    /** A moment with its zone; null for a text that is none, since nobody knows whose clock it was. */
    static @Nullable Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    UserTable table() {
        // In the order of their first decisions; of one moment, in that of their pseudonyms.
        List<Map.Entry<Unit, User>> ordered = new ArrayList<>(users.entrySet());
        ordered.sort(Comparator.<Map.Entry<Unit, User>, Instant>comparing(of -> of.getValue().first)
                .thenComparing(of -> of.getKey().high())
                .thenComparing(of -> of.getKey().low()));
        List<User> kept = ordered.stream()
                .map(Map.Entry::getValue)
                .filter(user -> user.arm >= 0)
                .toList();
        int[] numbers = kept.stream().mapToInt(user -> user.number).toArray();
        Map<String, double[]> columns = new LinkedHashMap<>();
        values.forEach((name, outcomes) -> {
            columns.put(name, column(name, kept, outcomes.sums(numbers, users.size())));
            if (outcomes.doubles() > 0) {
                counts.merge("double", outcomes.doubles(), Long::sum);
            }
        });
        columns.put(
                Ledger.PROBABILITY,
                kept.stream().mapToDouble(user -> user.probability).toArray());
        return UserTable.of(arms, kept.stream().mapToInt(user -> user.arm).toArray(), columns)
                .findings(findings(kept))
                .sources(sources)
                .usersPerDay(perDay(kept));
    }

    /** Users whose window is still open have no value yet; a share counts who has any. */
    private double[] column(String name, List<User> kept, double[] sums) {
        Duration window = Duration.ofDays(windows.getOrDefault(name, 1));
        boolean isShare = Stream.concat(Stream.of(experiment.primary()), experiment.guardrails().stream())
                .anyMatch(metric -> metric.name().equals(name) && metric.kind() == ExperimentMetric.Kind.PROPORTION);
        return IntStream.range(0, sums.length)
                .mapToDouble(i -> kept.get(i).first.plus(window).isAfter(asOf)
                        ? Double.NaN
                        : isShare ? (sums[i] > 0 ? 1 : 0) : sums[i])
                .toArray();
    }

    private static double perDay(List<User> kept) {
        if (kept.size() < 2) {
            return Double.NaN;
        }
        double days = Duration.between(kept.get(0).first, kept.get(kept.size() - 1).first)
                        .toMillis()
                / 86_400_000.0;
        return days > 0 ? kept.size() / days : Double.NaN;
    }

    private List<Finding> findings(List<User> kept) {
        List<Finding> findings = new ArrayList<>();
        long open = kept.stream()
                .filter(user -> user.first
                        .plus(Duration.ofDays(experiment.primary().windowDays()))
                        .isAfter(asOf))
                .count();
        if (open > 0) {
            findings.add(new Finding(
                    "window_open",
                    NOTES,
                    open + " of " + kept.size() + " users came less than "
                            + experiment.primary().windowDays() + " days ago and have no outcome yet"));
        }
        int several = users.size() - kept.size();
        if (several > 0) {
            findings.add(new Finding(
                    "users_in_several_arms",
                    several > 0.01 * users.size() ? REFUSES : WARNS,
                    several + " of " + users.size() + " users are in several arms and are left out"));
        }
        if (kept.isEmpty()) {
            findings.add(new Finding(
                    "no_users",
                    REFUSES,
                    "none of " + records
                            + " records is of a user who was drawn into this experiment; look whether the file"
                            + " of the experiment is the one that was served"));
        }
        of(
                "unreadable",
                "unreadable_records",
                WARNS,
                records,
                "records could not be read, or were altered or cut",
                findings);
        of(
                "other experiment",
                "other_experiments",
                NOTES,
                records,
                "records are of no experiment, or another one",
                findings);
        for (Assignment.Standing standing : Assignment.Standing.values()) {
            of(
                    standing.name(),
                    "records_" + standing.name().toLowerCase(Locale.ROOT),
                    NOTES,
                    records,
                    "records are of users who were not drawn: " + said(standing),
                    findings);
        }
        of("no moment", "records_without_moment", WARNS, records, "records have no moment and are left out", findings);
        of(
                "ahead",
                "records_ahead",
                WARNS,
                records,
                "records are ahead of the moment of reading and are left out",
                findings);
        of(
                "outcome ahead",
                "outcomes_ahead",
                WARNS,
                outcomes,
                "outcomes are ahead of the moment of reading and do not count; look at their clock",
                findings);
        of(
                "unreadable outcome",
                "unreadable_outcomes",
                WARNS,
                outcomes,
                "outcomes could not be read: a value that is no number, or cut",
                findings);
        of(
                "outcome without moment",
                "outcomes_without_moment",
                WARNS,
                outcomes,
                "outcomes have no moment with a zone, such as 2026-12-24T18:00:00Z",
                findings);
        of(
                "unknown user",
                "unknown_users",
                allUnknown() ? REFUSES : NOTES,
                outcomes,
                "outcomes are of users who are not in it; look whether the keys are those of the decisions",
                findings);
        of(
                "request of several",
                "ambiguous_requests",
                WARNS,
                outcomes,
                "outcomes are of a request that several users have, and do not count; give each request its own name",
                findings);
        of(
                "too early",
                "outcomes_before_exposure",
                WARNS,
                outcomes,
                "outcomes are from before the first decision of their user and do not count",
                findings);
        of(
                "late",
                "late_outcomes",
                NOTES,
                outcomes,
                "outcomes are behind the window of their metric and do not count",
                findings);
        of(
                "double",
                "double_outcomes",
                WARNS,
                outcomes,
                "outcomes were there twice, to the moment and the value, and count once",
                findings);
        unknownMetrics.forEach((metric, count) -> findings.add(new Finding(
                "unknown_metric",
                NOTES,
                count + " outcomes are of metric " + ArtifactText.quoted(metric)
                        + ", which this experiment does not have")));
        if (outcomes == 0) {
            findings.add(new Finding("no_outcomes", REFUSES, "there is no outcome of any user yet"));
        }
        return findings;
    }

    private boolean allUnknown() {
        return counts.getOrDefault("unknown user", 0L) == outcomes;
    }

    private void of(
            String what, String code, Finding.Severity severity, long all, String sentence, List<Finding> findings) {
        Long count = counts.get(what);
        if (count != null) {
            findings.add(new Finding(code, severity, count + " of " + all + " " + sentence));
        }
    }

    private static String said(Assignment.Standing standing) {
        return switch (standing) {
            case DRAWN -> "drawn";
            case FORCED -> "the file gave them an arm";
            case OUTSIDE_LAYER -> "outside the part of the layer";
            case NOT_ELIGIBLE -> "not eligible";
            case NOT_RUNNING -> "before the start or after the end";
            case NO_KEY -> "no key";
        };
    }
}
