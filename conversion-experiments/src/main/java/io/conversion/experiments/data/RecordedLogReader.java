package io.conversion.experiments.data;

import static io.conversion.experiments.Finding.Severity.NOTES;
import static io.conversion.experiments.Finding.Severity.WARNS;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.Finding;
import io.conversion.experiments.data.Outcome.Part;
import io.conversion.experiments.data.Outcome.Way;
import io.conversion.experiments.threshold.Decider;
import io.conversion.model.data.CsvColumns;
import io.conversion.model.data.InvalidDataException;
import io.conversion.policy.Assignment;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.Experiment;
import io.conversion.policy.Policy;
import io.conversion.policy.records.DecisionRecord;
import io.conversion.policy.records.PolicyOnRecords;
import io.conversion.policy.records.PolicyOnRecords.Alternative;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/** Reads records, then the outcomes of their users. Not safe for use by several threads at once. */
final class RecordedLogReader {

    /** How far the clock that wrote an outcome may be behind the one that wrote the decision. */
    private static final Duration CLOCKS = Duration.ofSeconds(1);

    /** Log-odds beyond this are certainty for any reward model. */
    private static final double LARGEST_LOG_ODDS = 40;

    private static final String FALLBACK = "(fallback)";
    private static final String UNREADABLE = "unreadable_records";

    private final RecordedLog.Reader settings;
    private final Instant asOf;
    private final Duration window;
    private final PolicyOnRecords other;
    private final Map<Object, Row> rows = new HashMap<>();
    private final Map<String, Row> byRequest = new HashMap<>();
    private final Set<Event> events = new HashSet<>();
    private final Set<String> metrics = new TreeSet<>();
    private final PartValues values = new PartValues(new Part(Way.SUM, "outcome", null, ""));
    private final Map<String, String> sources = new TreeMap<>();
    private final LeftOut leftOut = new LeftOut();
    private long records;
    private long outcomes;
    private int numbered;
    private boolean binary = true;

    RecordedLogReader(RecordedLog.Reader settings, Instant asOf) {
        this.settings = settings;
        this.asOf = asOf;
        this.window = Duration.ofDays(settings.windowDays);
        this.other = PolicyOnRecords.of(settings.policy, settings.schemas);
        values.zeroWithoutRows();
        sources.put("as of", asOf.toString());
        sources.put(
                "evaluated policy " + settings.policy,
                settings.policy.reference().digest());
    }

    /** A user by what was drawn of the key, and by which salt. */
    private record Drawn(String salt, long high, long low) {}

    /** An outcome by its content: two that are alike are one that was sent twice. */
    private record Event(int row, long seconds, int nanos, double value) {}

    /** A decision that counts. */
    private static final class Row {
        private final int number;
        private final String request;
        private final Instant moment;
        private final String action;
        private final double propensity;
        private final double logOdds;
        private final double probability;
        private final Reason reason;
        private final String policy;
        private final String stratum;
        private final Alternative alternative;

        Row(int number, DecisionRecord record, Instant moment, Alternative alternative) {
            this.number = number;
            this.request = record.request();
            this.moment = moment;
            this.action = record.outcome().action();
            this.propensity = record.outcome().propensity();
            DecisionRecord.Numbers score = record.score();
            this.logOdds = score == null || Double.isNaN(score.logOdds())
                    ? Double.NaN
                    : Math.max(-LARGEST_LOG_ODDS, Math.min(score.logOdds(), LARGEST_LOG_ODDS));
            this.probability = score == null ? Double.NaN : score.probability();
            this.reason = record.outcome().reason();
            this.policy = record.policy().digest();
            this.stratum = stratum(record);
            this.alternative = alternative;
        }

        /** Where the same actions could be drawn: they are on record, or follow from the band. */
        private static String stratum(DecisionRecord record) {
            Assignment assignment = record.assignment();
            Map<String, Double> possible = assignment == null ? record.propensities() : assignment.propensities();
            return possible.isEmpty()
                    ? record.policy().digest() + record.outcome().segment()
                    : String.join("\n", new TreeSet<>(possible.keySet()));
        }
    }

    void records(List<Path> files, LongConsumer progress) throws IOException {
        records = RecordLines.read(files, progress, this::record, () -> leftOut.count(UNREADABLE));
    }

    private void record(DecisionRecord record) {
        Instant moment = record.moment();
        if (moment == null) {
            leftOut.count("records_without_moment");
            return;
        } else if (moment.isAfter(asOf)) {
            leftOut.count("records_ahead");
            return;
        }
        Assignment assignment = record.assignment();
        if (assignment != null && assignment.standing() == Assignment.Standing.FORCED) {
            leftOut.count("forced_decisions");
            return;
        }
        other.of(record)
                .ifPresentOrElse(
                        alternative -> keep(record, moment, alternative), () -> leftOut.count("records_not_decidable"));
    }

    private void keep(DecisionRecord record, Instant moment, Alternative alternative) {
        sources.put("model " + record.model(), record.model().digest());
        sources.put("policy in force " + record.policy(), record.policy().digest());
        Object user = user(record);
        Row before = rows.get(user);
        if (before != null) {
            leftOut.count("later_decisions");
            if (!moment.isBefore(before.moment)) {
                return;
            }
            byRequest.remove(before.request, before);
        }
        Row row = new Row(before == null ? numbered++ : before.number, record, moment, alternative);
        rows.put(user, row);
        byRequest.put(record.request(), row);
    }

    /** Who it is: what was drawn of the key, else the request. */
    private Object user(DecisionRecord record) {
        Assignment assignment = record.assignment();
        if (assignment != null && !assignment.unit().isEmpty()) {
            return unit(assignment.experiment().digest(), assignment.unit());
        }
        Policy inForce = settings.inForce.stream()
                .filter(policy ->
                        policy.reference().digest().equals(record.policy().digest()))
                .findFirst()
                .orElse(null);
        Double draw = record.draw();
        if (draw != null) {
            String salt = inForce == null
                    ? record.policy().digest()
                    : inForce.control().map(control -> control.salt()).orElse("");
            return drawn(salt, draw);
        }
        Double explored = record.explorationDraw();
        if (explored != null) {
            String salt = inForce == null
                    ? record.policy().digest()
                    : inForce.exploration()
                            .map(exploration -> exploration.salt())
                            .orElse("");
            return drawn(salt, explored);
        }
        return record.request();
    }

    private static Drawn unit(String salt, String hex) {
        return new Drawn(salt, Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
    }

    private static Drawn drawn(String salt, double draw) {
        return new Drawn(salt, Double.doubleToLongBits(draw), 0);
    }

    private List<Row> ofKey(String key) {
        List<Object> users = new ArrayList<>();
        for (Experiment experiment : settings.experiments) {
            users.add(unit(experiment.reference().digest(), experiment.unit(key)));
        }
        for (Policy policy : settings.inForce) {
            policy.control().ifPresent(control -> users.add(drawn(control.salt(), control.draw(key))));
            policy.exploration().ifPresent(explored -> users.add(drawn(explored.salt(), explored.draw(key))));
        }
        return users.stream()
                .distinct()
                .map(rows::get)
                .filter(row -> row != null)
                .toList();
    }

    void outcomes(Path file) throws IOException {
        boolean ofRequests = LedgerReader.isOfRequests(file);
        if (!ofRequests && settings.inForce.isEmpty() && settings.experiments.isEmpty()) {
            throw new InvalidDataException(file.getFileName()
                    + ": outcomes by key need the policies or experiments that were in force, since their salts join them"
                    + " with records; or give outcomes a column \"request\"");
        }
        List<String> columns = List.of(ofRequests ? "request" : "key", "moment", "metric", "value");
        try (CsvColumns lines = CsvColumns.open(file, columns, bytes -> {})) {
            while (lines.hasNext()) {
                CsvColumns.Row line = lines.next();
                outcomes++;
                if (line.problem().isEmpty()) {
                    outcome(ofRequests, line.cells());
                } else {
                    leftOut.count("unreadable_outcomes");
                }
            }
        }
    }

    private void outcome(boolean ofRequest, List<String> cells) {
        OptionalDouble value = CsvColumns.number(cells.get(3));
        Instant moment = LedgerReader.moment(cells.get(1));
        if (moment == null || value.isEmpty()) {
            leftOut.count(moment == null ? "outcomes_without_moment" : "unreadable_outcomes");
            return;
        } else if (moment.isAfter(asOf)) {
            leftOut.count("outcomes_ahead");
            return;
        } else if (settings.metric != null && !settings.metric.equals(cells.get(2))) {
            leftOut.count("other_metrics");
            return;
        }
        metrics.add(cells.get(2));
        Row ofThe = ofRequest ? byRequest.get(cells.get(0)) : null;
        List<Row> of = ofRequest ? ofThe == null ? List.of() : List.of(ofThe) : ofKey(cells.get(0));
        if (of.isEmpty()) {
            leftOut.count("unknown_users");
        }
        of.forEach(row -> outcome(row, moment, value.getAsDouble()));
    }

    private void outcome(Row row, Instant moment, double value) {
        if (moment.isBefore(row.moment.minus(CLOCKS))) {
            leftOut.count("outcomes_before_decision");
        } else if (!moment.isBefore(row.moment.plus(window))) {
            leftOut.count("late_outcomes");
        } else if (!events.add(new Event(row.number, moment.getEpochSecond(), moment.getNano(), value))) {
            leftOut.count("double_outcomes");
        } else {
            values.add(row.number, value);
            binary &= value == 0 || value == 1;
        }
    }

    RecordedLog log() {
        Joined joined = joined();
        tell();
        return RecordedRows.of(settings.policy, joined.rows.size(), joined.outcomes, i -> recorded(joined.rows.get(i)))
                .about(leftOut.findings(), sources);
    }

    /** The bounds of the policy that was in force, and its decisions around them. */
    RecordedThresholds thresholds() {
        Joined joined = joined();
        String digest = settings.policy.reference().digest();
        ThresholdRows users = new ThresholdRows(List.of());
        for (int i = 0; i < joined.rows.size(); i++) {
            Row row = joined.rows.get(i);
            Optional<Decider> decider = ThresholdRows.decider(row.reason);
            if (!row.policy.equals(digest)) {
                leftOut.count("other_policies");
            } else if (decider.isEmpty() || Double.isNaN(row.probability)) {
                leftOut.count("fallbacks");
            } else {
                users.add(
                        row.probability,
                        joined.outcomes[i],
                        decider.get(),
                        false,
                        Integer.toString(row.number),
                        new double[0]);
            }
        }
        tell();
        leftOut.tell("other_policies", NOTES, joined.rows.size(), "decisions are of other policies or versions")
                .tell("fallbacks", NOTES, joined.rows.size(), "decisions are fallbacks, which no bound decided");
        String metric = settings.metric != null
                ? settings.metric
                : metrics.stream().findFirst().orElse("outcome");
        return new RecordedThresholds(settings.policy, metric, users.users(false), leftOut.findings(), sources);
    }

    /** The decisions whose outcome is known, in the order of their moments. */
    private static final class Joined {

        private final List<Row> rows;
        private final double[] outcomes;

        Joined(List<Row> rows, double[] outcomes) {
            this.rows = rows;
            this.outcomes = outcomes;
        }
    }

    private Joined joined() {
        if (metrics.size() > 1) {
            throw new InvalidDataException("the outcomes are of the metrics "
                    + String.join(
                            ", ", metrics.stream().map(ArtifactText::quoted).toList()) + "; name one of them");
        }
        List<Row> kept = new ArrayList<>();
        for (Row row : rows.values()) {
            if (row.moment.plus(window).isAfter(asOf)) {
                leftOut.count("window_open");
            } else {
                kept.add(row);
            }
        }
        if (kept.isEmpty()) {
            tell();
            throw new InvalidDataException("no decision of " + records + " records has an outcome that is known"
                    + leftOut.findings().stream().map(Finding::sentence).reduce("", (a, b) -> a + "; " + b));
        }
        kept.sort(Comparator.<Row, Instant>comparing(row -> row.moment).thenComparingInt(row -> row.number));
        int[] numbers = kept.stream().mapToInt(row -> row.number).toArray();
        double[] sums = values.finish(numbers, numbered);
        double[] outcome =
                binary ? Arrays.stream(sums).map(sum -> sum > 0 ? 1 : 0).toArray() : sums;
        return new Joined(kept, outcome);
    }

    private static RecordedRows.Recorded recorded(Row row) {
        return new RecordedRows.Recorded(
                row.action,
                row.propensity,
                row.logOdds,
                row.stratum,
                row.alternative.segment() == null ? FALLBACK : row.alternative.segment(),
                row.alternative.propensities());
    }

    private void tell() {
        long known = rows.size();
        leftOut.tell(UNREADABLE, WARNS, records, "records could not be read, or were altered or cut")
                .tell("records_without_moment", WARNS, records, "records have no moment and are left out")
                .tell("records_ahead", WARNS, records, "records are ahead of the moment of reading and are left out")
                .tell("forced_decisions", NOTES, records, "records are of users whose arm was given by a file")
                .tell(
                        "records_not_decidable",
                        WARNS,
                        records,
                        "records are of a schema that no given model has, or hide signals that a guardrail of the policy"
                                + " may look at, and are left out")
                .tell("later_decisions", NOTES, records, "records are of users with an earlier decision, which counts")
                .tell(
                        "window_open",
                        NOTES,
                        known,
                        "decisions are less than " + settings.windowDays + " days old and have no outcome yet")
                .tell(
                        "unreadable_outcomes",
                        WARNS,
                        outcomes,
                        "outcomes could not be read: a value that is no number, or cut")
                .tell(
                        "outcomes_without_moment",
                        WARNS,
                        outcomes,
                        "outcomes have no moment with a zone, such as 2026-12-24T18:00:00Z")
                .tell("outcomes_ahead", WARNS, outcomes, "outcomes are ahead of the moment of reading and do not count")
                .tell("other_metrics", NOTES, outcomes, "outcomes are of other metrics")
                .tell(
                        "unknown_users",
                        outcomes > 0 && leftOut.of("unknown_users") == outcomes ? Finding.Severity.REFUSES : NOTES,
                        outcomes,
                        "outcomes are of no decision that counts; look whether the keys or requests are those of the"
                                + " records")
                .tell("outcomes_before_decision", WARNS, outcomes, "outcomes are from before their decision")
                .tell("late_outcomes", NOTES, outcomes, "outcomes are behind the window and do not count")
                .tell("double_outcomes", WARNS, outcomes, "outcomes were there twice, to the moment and the value");
    }
}
