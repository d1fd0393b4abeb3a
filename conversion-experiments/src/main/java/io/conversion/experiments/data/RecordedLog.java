package io.conversion.experiments.data;

import io.conversion.core.signals.SignalSchema;
import io.conversion.experiments.value.LoggedDecisions;
import io.conversion.experiments.value.TargetPolicy;
import io.conversion.policy.Experiment;
import io.conversion.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decision records joined with what users did afterwards, beside what another policy would have done with the same users.
 * Immutable and safe to share between threads.
 *
 * @param decisions the decisions, in the order of their moments; what was left out, and why, is among their findings
 * @param target the other policy, with its bands
 */
public record RecordedLog(LoggedDecisions decisions, TargetPolicy target) {

    /**
     * Starts to read.
     *
     * @param policy the policy whose value is asked for
     * @param schemas the schemas of the recorded signals, as models hold them
     * @return what reads, of one metric, with a window of 30 days
     */
    public static Reader of(Policy policy, Collection<SignalSchema> schemas) {
        return new Reader(policy, List.copyOf(schemas), List.of(), List.of(), null, 30);
    }

    /**
     * Reads records and outcomes. Outcomes are CSV files with the columns {@code moment} (with a zone), {@code metric} and
     * {@code value}, and {@code request} (what the record calls the request) or {@code key} (the user's, which is hashed here as
     * it was for the record: for that it must be known by which salts). Of a user with a key the first decision counts, and what
     * follows it within the window. Reading needs about 300 bytes of memory for each decision. Immutable and safe to share
     * between threads.
     */
    public static final class Reader {

        final Policy policy;
        final List<SignalSchema> schemas;
        final List<Policy> inForce;
        final List<Experiment> experiments;
        final @Nullable String metric;
        final int windowDays;

        private Reader(
                Policy policy,
                List<SignalSchema> schemas,
                List<Policy> inForce,
                List<Experiment> experiments,
                @Nullable String metric,
                int windowDays) {
            this.policy = policy;
            this.schemas = schemas;
            this.inForce = inForce;
            this.experiments = experiments;
            this.metric = metric;
            this.windowDays = windowDays;
        }

        /**
         * Names the policies that were in force, whose control groups and exploration drew by the key.
         *
         * @param policies the policies
         * @return the changed copy
         */
        public Reader inForce(Collection<Policy> policies) {
            return new Reader(policy, schemas, List.copyOf(policies), experiments, metric, windowDays);
        }

        /**
         * Names the experiments that ran.
         *
         * @param running the experiments
         * @return the changed copy
         */
        public Reader experiments(Collection<Experiment> running) {
            return new Reader(policy, schemas, inForce, List.copyOf(running), metric, windowDays);
        }

        /**
         * Says which outcomes count.
         *
         * @param name the metric; outcomes of others are left out
         * @return the changed copy
         */
        public Reader metric(String name) {
            return new Reader(policy, schemas, inForce, experiments, name, windowDays);
        }

        /**
         * Says how long after a decision outcomes count.
         *
         * @param days the days, at least 1
         * @return the changed copy
         * @throws IllegalArgumentException if there are fewer than 1
         */
        public Reader windowDays(int days) {
            if (days < 1) {
                throw new IllegalArgumentException("the window is " + days + " days; it must be at least 1");
            }
            return new Reader(policy, schemas, inForce, experiments, metric, days);
        }

        /**
         * Reads.
         *
         * @param records files of decision records
         * @param outcomes files of outcomes
         * @param asOf the moment of reading: what is dated after it has not happened, and a decision less than a window before
         *     it has no outcome yet
         * @param progress told how many bytes of records have been read
         * @return the log
         * @throws IOException if a file cannot be read
         * @throws io.conversion.model.data.InvalidDataException if a file of outcomes has not the columns, there are outcomes of
         *     several metrics and none was named, or no decision is left
         */
        public RecordedLog read(List<Path> records, List<Path> outcomes, Instant asOf, LongConsumer progress)
                throws IOException {
            return joined(records, outcomes, asOf, progress).log();
        }

        /**
         * Reads the same for the bounds of the policy, which must be one that was in force: only its decisions count.
         *
         * @param records files of decision records
         * @param outcomes files of outcomes
         * @param asOf the moment of reading, as for the value of a policy
         * @param progress told how many bytes of records have been read
         * @return the bounds of the policy with the decisions around them
         * @throws IOException if a file cannot be read
         * @throws io.conversion.model.data.InvalidDataException as for the value of a policy
         */
        public RecordedThresholds readThresholds(
                List<Path> records, List<Path> outcomes, Instant asOf, LongConsumer progress) throws IOException {
            return joined(records, outcomes, asOf, progress).thresholds();
        }

        private RecordedLogReader joined(List<Path> records, List<Path> outcomes, Instant asOf, LongConsumer progress)
                throws IOException {
            RecordedLogReader reader = new RecordedLogReader(this, asOf);
            reader.records(records, progress);
            for (Path file : outcomes) {
                reader.outcomes(file);
            }
            return reader;
        }
    }
}
