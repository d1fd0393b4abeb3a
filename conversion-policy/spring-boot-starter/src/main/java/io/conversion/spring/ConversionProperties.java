package io.conversion.spring;

import io.conversion.policy.monitoring.Challenger;
import io.conversion.policy.monitoring.DriftOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is configured under {@code conversion}. The metadata of the jar describe it for editors; a test holds them against this.
 *
 * @param enabled whether there are any beans
 * @param serving what is served, and how it is watched
 * @param log where decisions are written to
 * @param drift how the outcomes of decisions are followed
 * @param challenger what decides beside what is served, without anybody noticing
 */
@ConfigurationProperties("conversion")
record ConversionProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Serving serving,
        @DefaultValue Log log,
        @DefaultValue Drift drift,
        @DefaultValue ChallengerFolder challenger) {

    /**
     * @param folder the folder with the manifest, the model and the policy; nothing is read from elsewhere
     * @param startWait how long the start waits for something to serve; it fails at once with 0
     * @param poll how often the folder is looked at
     * @param maxFlippedShare the share of the last decisions that a candidate may change, 0 to 1; 1 is no limit
     * @param lastDecisions how many decisions are kept to tell
     */
    record Serving(
            @Nullable Path folder,
            @DefaultValue("0s") Duration startWait,
            @DefaultValue("5s") Duration poll,
            @DefaultValue("1") double maxFlippedShare,
            @DefaultValue("1000") int lastDecisions) {

        Serving {
            require(!startWait.isNegative(), "serving.start-wait", startWait, "it must be 0s or more");
            require(poll.compareTo(Duration.ofMillis(10)) >= 0, "serving.poll", poll, "it must be 10ms or more");
            require(
                    maxFlippedShare >= 0 && maxFlippedShare <= 1,
                    "serving.max-flipped-share",
                    maxFlippedShare,
                    "it must be from 0 to 1");
            require(lastDecisions >= 1, "serving.last-decisions", lastDecisions, "it must be 1 or more");
        }

        Path requiredFolder() {
            if (folder == null) {
                throw new UnsetPropertyException(
                        "conversion.serving.folder", "it must name the folder with manifest.json");
            }
            return folder;
        }
    }

    /**
     * @param folder an existing folder for files of decisions; none is written if it is not set
     * @param capacity how many decisions may be in memory and not yet in a file
     * @param maxFileSize the size at which a new file is started
     */
    record Log(
            @Nullable Path folder,
            @DefaultValue("8192") int capacity,
            @DefaultValue("64MB") DataSize maxFileSize) {

        Log {
            require(capacity >= 2, "log.capacity", capacity, "it must be 2 or more");
            require(maxFileSize.toBytes() >= 1, "log.max-file-size", maxFileSize, "it must be 1 byte or more");
        }

        Path requiredFolder() {
            return Objects.requireNonNull(folder, "conversion.log.folder is not set");
        }
    }

    /**
     * @param enabled whether what is served is monitored
     * @param outcomeWindow how long after its decision a conversion counts
     * @param reportingDelay how long after that it may still be reported
     * @param unreported what a decision is taken for whose outcome was not reported by then
     * @param pendingCapacity how many decisions are followed at the same time
     * @param followedShare the share of requests that is followed, above 0 to 1, by the name of the request
     */
    record Drift(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("30d") Duration outcomeWindow,
            @DefaultValue("1d") Duration reportingDelay,
            @DefaultValue("not_converted") DriftOptions.Unreported unreported,
            @DefaultValue("100000") int pendingCapacity,
            @DefaultValue("1") double followedShare) {

        /** The same for a monitor, which checks the numbers. */
        Drift {
            options(outcomeWindow, reportingDelay, unreported, pendingCapacity, followedShare);
        }

        DriftOptions options() {
            return options(outcomeWindow, reportingDelay, unreported, pendingCapacity, followedShare);
        }

        private static DriftOptions options(
                Duration window, Duration delay, DriftOptions.Unreported unreported, int capacity, double share) {
            return DriftOptions.defaults()
                    .outcomesWithin(window, unreported)
                    .reportingDelay(delay)
                    .pendingCapacity(capacity)
                    .followedShare(share);
        }
    }

    /**
     * @param folder a folder like that of what is served, read at the start; nothing challenges if it is not set
     * @param budget the longest time that a decision of the challenger may take
     * @param slowInARow how many decisions in a row must take longer for it to be switched off
     */
    record ChallengerFolder(
            @Nullable Path folder,
            @DefaultValue("1ms") Duration budget,
            @DefaultValue("10") int slowInARow) {

        /** The same for a challenger, which checks the numbers. */
        ChallengerFolder {
            options(budget, slowInARow);
        }

        Path requiredFolder() {
            return Objects.requireNonNull(folder, "conversion.challenger.folder is not set");
        }

        Challenger.Budget options() {
            return options(budget, slowInARow);
        }

        private static Challenger.Budget options(Duration budget, int slowInARow) {
            return new Challenger.Budget(budget.toNanos(), slowInARow);
        }
    }

    private static void require(boolean holds, String property, Object found, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException("conversion." + property + " is " + found + "; " + allowed);
        }
    }
}
