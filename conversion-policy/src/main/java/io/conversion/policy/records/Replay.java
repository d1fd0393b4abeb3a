package io.conversion.policy.records;

import io.conversion.core.ConversionModel;
import io.conversion.core.Scorer;
import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.artifact.InvalidArtifactException.Problem;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Assignment;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.ExperimentEngine;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.PolicyReference;
import io.conversion.policy.internal.Wording;
import io.conversion.policy.records.DecisionRecord.Numbers;
import io.conversion.policy.records.Replayed.Altered;
import io.conversion.policy.records.Replayed.Cut;
import io.conversion.policy.records.Replayed.Empty;
import io.conversion.policy.records.Replayed.Newer;
import io.conversion.policy.records.Replayed.UnknownArtifact;
import io.conversion.policy.records.Replayed.Verified;
import io.conversion.policy.records.Replayed.VerifiedInPart;
import io.conversion.policy.signing.SigningKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides recorded decisions again, with the very model and policy of each record, and compares every bit. Immutable and
 * safe to share between threads.
 */
public final class Replay {

    /** How many problems of one line are told; a damaged one can have any number. */
    private static final int MOST_PROBLEMS = 10;

    private static final String UTF_16 = "the file is text in UTF-16, and records are in UTF-8: convert it back";

    private final Map<String, Scorer> scorers = new HashMap<>();
    private final Map<String, SignalSchema> schemas = new HashMap<>();
    private final Set<String> ofForeign = new HashSet<>();
    private final Map<String, PolicyEngine> engines = new HashMap<>();
    private final Map<String, RedactedReplay> redacted = new HashMap<>();

    private final List<ExperimentEngine> experiments = new ArrayList<>();

    private final @Nullable SigningKeys keys;

    private Replay(Collection<ConversionModel> models, Collection<Policy> policies, Collection<SignalSchema> foreign) {
        this.keys = null;
        models.forEach(model -> scorers.put(model.reference().digest(), model.scorer()));
        models.forEach(model -> schemas.put(model.schema().digest(), model.schema()));
        foreign.forEach(schema -> schemas.put(schema.digest(), schema));
        foreign.forEach(schema -> ofForeign.add(schema.digest()));
        policies.forEach(policy -> {
            engines.put(policy.reference().digest(), PolicyEngine.of(policy));
            redacted.put(policy.reference().digest(), new RedactedReplay(policy));
        });
    }

    private Replay(Replay other, @Nullable SigningKeys keys) {
        this.keys = keys;
        scorers.putAll(other.scorers);
        schemas.putAll(other.schemas);
        ofForeign.addAll(other.ofForeign);
        engines.putAll(other.engines);
        redacted.putAll(other.redacted);
        experiments.addAll(other.experiments);
    }

    /**
     * The same replay, which knows experiments, too: whose arm a user was in, and with which probability each action could have
     * been got, are computed again by the engine that ran the experiment.
     *
     * @param engine the engine, as it was when the records were written
     * @return the replay
     */
    public Replay running(ExperimentEngine engine) {
        Replay more = new Replay(this, keys);
        more.experiments.add(engine);
        return more;
    }

    /**
     * The same replay, which verifies the signatures of the lines of files and streams, too. A line that does not follow the
     * one before it is {@link Altered}, and so is one without a signature after one that has any. A file without signatures
     * is replayed as before, and each of its lines says so.
     *
     * @param given the keys
     * @return the replay
     */
    public Replay verifying(SigningKeys given) {
        return new Replay(this, given);
    }

    /**
     * Makes a replay with the artifacts that records refer to by their digests.
     *
     * @param models the models
     * @param policies the policies
     * @return the replay
     */
    public static Replay of(Collection<ConversionModel> models, Collection<Policy> policies) {
        return new Replay(models, policies, List.of());
    }

    /**
     * Makes a replay of records among which there are some of foreign scores: the decision is made again from the recorded
     * probability.
     *
     * @param models the models
     * @param policies the policies
     * @param schemas the schemas of the signals of foreign scorers
     * @return the replay
     */
    public static Replay of(
            Collection<ConversionModel> models, Collection<Policy> policies, Collection<SignalSchema> schemas) {
        return new Replay(models, policies, schemas);
    }

    /** What is known of the signature of a line. */
    public enum Signing {
        /** It has none, so that whoever can compute a digest may have changed it. */
        UNSIGNED,
        /** It has one that was not verified, since no keys were given or the line is no record. */
        NOT_VERIFIED,
        /** It follows the line before it, and somebody who has the key wrote both. */
        VERIFIED
    }

    /**
     * One line of a file, and what came of it.
     *
     * @param number the number of the line, from 1
     * @param outcome what came of it
     * @param framing what stands around the record and was no part of it when it was written; mostly nothing
     * @param signing whether the line is signed, and whether that was verified
     */
    public record Line(long number, Replayed outcome, Set<LineFraming> framing, Signing signing) {

        /** Copies the set. {@inheritDoc} */
        public Line {
            framing = Set.copyOf(framing);
        }
    }

    /**
     * Replays all records of a file, line by line and in bounded memory. Line ends, blanks and byte order marks that
     * others put around a record are told and have no part in what comes of it.
     *
     * @param file a file of records
     * @param lines is told each line in order
     * @throws IOException if the file cannot be read
     */
    public void replay(Path file, Consumer<Line> lines) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            replay(in, lines);
        }
    }

    /**
     * Replays all records of a stream, line by line and in bounded memory.
     *
     * @param in lines of records, in UTF-8
     * @param lines is told each line in order
     * @throws IOException if the stream cannot be read
     */
    public void replay(InputStream in, Consumer<Line> lines) throws IOException {
        RecordLines all = new RecordLines(in);
        SignatureChain chain = keys == null ? null : new SignatureChain(keys);
        while (all.next()) {
            if (all.isUtf16()) {
                lines.accept(new Line(1, new Altered(UTF_16), Set.of(), Signing.UNSIGNED));
                return;
            }
            lines.accept(line(all, chain));
        }
    }

    private Line line(RecordLines all, @Nullable SignatureChain chain) {
        Replayed unreadable;
        try {
            if (all.length() <= RecordLines.LONGEST && all.record().length > 0) {
                RecordFormat.Signed read = RecordFormat.readSigned(all.record(), "record");
                return line(all, read, chain);
            }
            unreadable = withoutRecord(all);
        } catch (InvalidArtifactException e) {
            unreadable = refused(all, e);
        }
        if (chain != null && !(unreadable instanceof Empty)) {
            chain.unreadable();
        }
        return new Line(all.number(), unreadable, all.framing(), Signing.UNSIGNED);
    }

    private Line line(RecordLines all, RecordFormat.Signed read, @Nullable SignatureChain chain) {
        Optional<String> forged = chain == null ? Optional.empty() : chain.next(all.record(), read.signature());
        Signing signing = read.signature() == null
                ? Signing.UNSIGNED
                : chain == null || forged.isPresent() ? Signing.NOT_VERIFIED : Signing.VERIFIED;
        Replayed outcome = forged.<Replayed>map(Altered::new).orElseGet(() -> replay(read.record()));
        return new Line(all.number(), outcome, all.framing(), signing);
    }

    private static Replayed withoutRecord(RecordLines line) {
        if (line.record().length == 0) {
            return new Empty();
        }
        return line.ended()
                ? new Altered(
                        "the line has " + line.length() + " bytes; no record has more than " + RecordLines.LONGEST)
                : new Cut(line.length());
    }

    private static Replayed refused(RecordLines line, InvalidArtifactException e) {
        if (!line.ended()) {
            return new Cut(line.length());
        }
        String problems =
                e.problems().stream().map(Replay::inLine).limit(MOST_PROBLEMS).collect(Collectors.joining(", "));
        return e.problems().stream().anyMatch(Replay::isNewer) ? new Newer(problems) : new Altered(problems);
    }

    /** A problem of a line, which whoever shows it names by its number. */
    private static String inLine(Problem problem) {
        // Digests and quoted values are shorter; a number may have any number of digits.
        String found = problem.found().length() <= 100 ? problem.found() : ArtifactText.shown(problem.found());
        return (problem.pointer().isEmpty() ? "the line" : problem.pointer()) + " is " + found + "; "
                + problem.expected();
    }

    private static boolean isNewer(Problem problem) {
        return problem.pointer().equals("/format_version")
                && problem.found().matches("[0-9]{1,9}")
                && Integer.parseInt(problem.found()) > RecordFormat.VERSION;
    }

    /**
     * Replays one record.
     *
     * @param record the record
     * @return what came of it
     */
    public Replayed replay(DecisionRecord record) {
        Scorer scorer = scorer(record);
        if (scorer == null) {
            return new UnknownArtifact(
                    record, record.isForeign() ? "schema " + record.schema() : "model " + record.model());
        }
        Assignment assignment = record.assignment();
        PolicyEngine running = assignment == null ? null : running(assignment);
        if (assignment != null && running == null) {
            return new UnknownArtifact(
                    record,
                    "experiment " + Wording.quoted(assignment.experiment().name()) + " "
                            + assignment.experiment().version() + " ("
                            + assignment.experiment().digest() + ")");
        }
        boolean hasPolicy = !record.policy().equals(PolicyReference.NONE);
        PolicyEngine engine = engines.get(record.policy().digest());
        if (hasPolicy && engine == null) {
            return new UnknownArtifact(
                    record, "policy " + record.policy() + " (" + record.policy().digest() + ")");
        }
        if (!record.inputs().redacted().isEmpty() && !hasPolicy) {
            return new VerifiedInPart(
                    record,
                    List.of("signals "
                            + Wording.listed(record.inputs().redacted().keySet())
                            + " are redacted and no policy was applied, so everything is taken as recorded"));
        }
        RedactedReplay byLogOdds = redacted.get(record.policy().digest());
        if (!record.inputs().redacted().isEmpty() && byLogOdds != null) {
            return byLogOdds.replay(record, scorer);
        }
        DecisionRecord recomputed =
                recomputed(record, scorer, running == null || record.isForced() ? engine : running, running);
        return RecordDifference.first(record, recomputed)
                .<Replayed>map(differs -> differs)
                .orElseGet(() -> record.score() == null
                        ? ofRefused(record)
                        : record.isForeign() ? new VerifiedInPart(record, foreign(record)) : new Verified(record));
    }

    /** The scorer of a model that was given, else one that stands in for a foreign scorer. */
    private @Nullable Scorer scorer(DecisionRecord record) {
        Scorer known = scorers.get(record.model().digest());
        SignalSchema schema = schemas.get(record.schema().digest());
        Numbers score = record.score();
        // Of refused signals nothing but the schema is asked; whether the scorer was foreign is not on record then.
        boolean standsIn = score == null ? ofForeign.contains(record.schema().digest()) : score.isForeign();
        return known != null || schema == null || !standsIn ? known : new RecordedScorer(record.model(), schema, score);
    }

    /** What is taken as recorded of a foreign score. */
    static List<String> foreign(DecisionRecord record) {
        return List.of("the score is of model " + record.model()
                + ", which is not the library's own, so its probability and evidence are taken as recorded");
    }

    private static Replayed ofRefused(DecisionRecord record) {
        return new VerifiedInPart(
                record,
                List.of("the signals were refused and are not on record, so their violations are taken as recorded"));
    }

    private @Nullable PolicyEngine running(Assignment assignment) {
        return experiments.stream()
                .filter(engine -> engine.runs(assignment.experiment()))
                .findFirst()
                .orElse(null);
    }

    /**
     * The event of a record, decided again: what a {@link io.conversion.policy.DecisionListener} was told, so that one, such
     * as a drift monitor, can be told of a file of records. Whether the record is as it was written is for
     * {@link #replay(DecisionRecord)} to say.
     *
     * @param record the record
     * @return the event; empty if signals are redacted, or the model, the policy or the experiment of the record was not
     *     given
     */
    public Optional<DecisionEvent> event(DecisionRecord record) {
        Scorer scorer = scorer(record);
        Assignment assignment = record.assignment();
        PolicyEngine running = assignment == null ? null : running(assignment);
        PolicyEngine engine = engines.get(record.policy().digest());
        boolean isKnown = (assignment == null || running != null)
                && (engine != null || record.policy().equals(PolicyReference.NONE));
        return scorer == null || !isKnown || !record.inputs().redacted().isEmpty()
                ? Optional.empty()
                : Optional.of(again(record, scorer, running == null || record.isForced() ? engine : running, running));
    }

    private static DecisionRecord recomputed(
            DecisionRecord record, Scorer scorer, @Nullable PolicyEngine engine, @Nullable PolicyEngine running) {
        DecisionEvent again = again(record, scorer, engine, running);
        return DecisionRecord.of(again, Redaction.NONE, record.reasons().size()).asRecorded(record);
    }

    private static DecisionEvent again(
            DecisionRecord record, Scorer scorer, @Nullable PolicyEngine engine, @Nullable PolicyEngine running) {
        SignalReading reading = reading(record, scorer);
        DecisionContext context = context(record);
        Decision decision = engine == null
                ? Decision.Fallback.withoutPolicy(
                        scorer.model(), record.outcome().action())
                : engine.decide(scorer, reading, context);
        return new DecisionEvent(
                record.request(),
                record.moment(),
                scorer,
                engine == null ? null : engine.policy(decision),
                reading,
                context,
                decision,
                record.isForced() ? null : running);
    }

    static DecisionContext context(DecisionRecord record) {
        DecisionContext context = DecisionContext.NONE;
        String previous = record.previousSegment();
        if (previous != null) {
            context = context.previousSegment(previous);
        }
        Assignment assignment = record.assignment();
        if (assignment != null && !assignment.unit().isEmpty()) {
            context = context.unit(assignment.unit(), assignment.layerDraw());
        }
        Instant moment = record.moment();
        if (assignment != null && moment != null) {
            context = context.moment(moment);
        }
        Double draw = record.draw();
        Double explorationDraw = record.explorationDraw();
        context = draw == null ? context : context.draw(draw);
        return explorationDraw == null ? context : context.explorationDraw(explorationDraw);
    }

    /** The signals as they were given, read again. */
    static SignalReading reading(DecisionRecord record, Scorer scorer) {
        Numbers score = record.score();
        if (score == null && !record.inputs().violations().isEmpty()) {
            return new SignalReading.Refused(record.inputs().violations());
        }
        Map<String, Object> given = new HashMap<>(record.inputs().signals());
        if (score != null) {
            RecordMaker.putGiven(score.evidence(), given);
        }
        return scorer.schema().read(given);
    }
}
