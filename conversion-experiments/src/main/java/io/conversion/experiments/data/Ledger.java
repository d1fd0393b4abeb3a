package io.conversion.experiments.data;

import io.conversion.experiments.Metric;
import io.conversion.experiments.Readout;
import io.conversion.experiments.ReadoutPlan;
import io.conversion.experiments.UserTable;
import io.conversion.policy.Arm;
import io.conversion.policy.Experiment;
import io.conversion.policy.ExperimentMetric;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * The records of an experiment's decisions, joined with what users did afterwards. A user is in it from the first decision that
 * was drawn; what the user does within the window of a metric counts. What is left out, and why, is counted and named.
 *
 * <p>Decisions are records as the decision log writes them. Outcomes are CSV files with the columns {@code moment} (with a zone),
 * {@code metric}, {@code value}, and {@code key} (the caller's key of a user, hashed here as it was for the record) or
 * {@code request} (what the records of a user call a request; they are kept then while reading). Measured on
 * a JVM with compressed pointers, 200,000 users take 121 bytes each while they are read and 28 more in the table, 1,000,000 and
 * 5,000,000 outcomes 20 bytes each, and 16 more, those of one metric at a time, while they are put together; decisions take
 * nothing. Immutable and safe to share
 * between threads.
 */
public final class Ledger {

    /** The column of the probability that was recorded with the first decision. */
    public static final String PROBABILITY = "recorded probability";

    private final Experiment experiment;
    private final UserTable table;

    Ledger(Experiment experiment, UserTable table) {
        this.experiment = experiment;
        this.table = table;
    }

    /**
     * Reads records and outcomes.
     *
     * @param experiment the experiment; records of others are left out
     * @param decisions files of decision records
     * @param outcomes files of outcomes; may be none yet
     * @param asOf the moment of reading: what is dated after it has not happened and is left out, and who came less than a window
     *     before it has no outcome yet. The same moment gives the same ledger, whenever it is read
     * @param progress told how many bytes of decisions have been read
     * @return the ledger
     * @throws IOException if a file cannot be read
     * @throws io.conversion.model.data.InvalidDataException if an outcomes file has not the columns
     */
    public static Ledger read(
            Experiment experiment, List<Path> decisions, List<Path> outcomes, Instant asOf, LongConsumer progress)
            throws IOException {
        boolean ofRequests = false;
        for (Path file : outcomes) {
            ofRequests |= LedgerReader.isOfRequests(file);
        }
        LedgerReader reader = new LedgerReader(experiment, asOf, ofRequests);
        reader.decisions(decisions, progress);
        for (Path file : outcomes) {
            reader.outcomes(file);
        }
        return new Ledger(experiment, reader.table());
    }

    /**
     * The users with what counts of each.
     *
     * @return the table
     */
    public UserTable table() {
        return table;
    }

    /**
     * Reads the experiment out by its own criteria.
     *
     * @return the read-out
     */
    public Readout readout() {
        return Readout.of(plan(), table);
    }

    /**
     * What the experiment fixed, as a plan of its read-out.
     *
     * @return the plan
     */
    public ReadoutPlan plan() {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (Arm arm : experiment.arms()) {
            shares.put(arm.name(), arm.share());
        }
        ReadoutPlan.Builder plan = ReadoutPlan.builder(
                        experiment.name() + " " + experiment.reference().version(),
                        experiment.control().name(),
                        metric(experiment.primary()))
                .shares(shares)
                .covariates(experiment.criteria().isAdjusted() ? List.of(PROBABILITY) : List.of())
                .alpha(experiment.criteria().falsePositives())
                .plannedUsers(experiment.criteria().plannedUsers())
                .smallestEffect(experiment.criteria().smallestEffect())
                .tolerance(experiment.criteria().sampleRatioTolerance());
        experiment.guardrails().forEach(of -> plan.metric(metric(of).guardrail(of.harm())));
        return (experiment.criteria().singleLook() ? plan.singleLook() : plan).build();
    }

    private static Metric metric(ExperimentMetric of) {
        Metric metric = switch (of.kind()) {
            case PROPORTION -> Metric.of(of.name(), Metric.Kind.PROPORTION);
            case MEAN -> Metric.of(of.name(), Metric.Kind.MEAN);
            case RATIO -> Metric.ratio(of.name(), of.name(), LedgerReader.denominator(of));
        };
        return of.higherIsBetter() ? metric : metric.lowerIsBetter();
    }
}
