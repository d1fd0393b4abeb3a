package io.conversion.service;

import io.conversion.policy.monitoring.DriftOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is configured under {@code conversion}.
 *
 * @param serving what is served, and how it is watched
 * @param log where decisions are written to
 * @param drift how the outcomes of decisions are followed
 * @param limits what a request may hold
 */
@ConfigurationProperties("conversion")
record ServiceProperties(
        Serving serving,
        @DefaultValue Log log,
        @DefaultValue Drift drift,
        @DefaultValue Limits limits) {

    ServiceProperties {
        require(serving != null, "serving.folder", null, "it must name the folder with manifest.json");
    }

    /**
     * @param folder the folder with the manifest, the model and the policy; nothing is read from elsewhere
     * @param poll how often the folder is looked at
     * @param maxFlippedShare the share of the last decisions that a candidate may change, 0 to 1; 1 is no limit
     * @param lastDecisions how many decisions are kept to tell
     * @param showArtifacts whether the artifacts are shown as they are, with control salts and hidden signals
     */
    record Serving(
            Path folder,
            @DefaultValue("5s") Duration poll,
            @DefaultValue("1") double maxFlippedShare,
            @DefaultValue("1000") int lastDecisions,
            @DefaultValue("false") boolean showArtifacts) {

        Serving {
            require(folder != null, "serving.folder", null, "it must name the folder with manifest.json");
            require(poll.compareTo(Duration.ofMillis(10)) >= 0, "serving.poll", poll, "it must be 10ms or more");
            require(
                    maxFlippedShare >= 0 && maxFlippedShare <= 1,
                    "serving.max-flipped-share",
                    maxFlippedShare,
                    "it must be from 0 to 1");
            require(lastDecisions >= 1, "serving.last-decisions", lastDecisions, "it must be 1 or more");
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
     * @param outcomeWindow how long after its decision a conversion counts
     * @param reportingDelay how long after that it may still be reported
     * @param unreported what a decision is taken for whose outcome was not reported by then
     * @param pendingCapacity how many decisions are followed at the same time
     * @param followedShare the share of requests that is followed, above 0 to 1, by the name of the request
     */
    record Drift(
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
     * @param body the longest body of a request that is no batch
     * @param batchBody the longest body of a batch
     * @param rows the most rows of a batch
     * @param batches how many batches with bodies longer than {@code body} are received, read and answered at a time
     * @param turnWait how long another one, or another long answer, waits for its turn
     * @param receiveTime how long the header, and then the body, of a request may take to come
     * @param exchangeTime how long a request may take from its first byte to the last one of its answer
     */
    record Limits(
            @DefaultValue("64KB") DataSize body,
            @DefaultValue("1MB") DataSize batchBody,
            @DefaultValue("1000") int rows,
            @DefaultValue("4") int batches,
            @DefaultValue("2s") Duration turnWait,
            @DefaultValue("10s") Duration receiveTime,
            @DefaultValue("30s") Duration exchangeTime) {

        private static final DataSize MOST = DataSize.ofMegabytes(32);

        Limits {
            bytes("limits.body", body);
            bytes("limits.batch-body", batchBody);
            require(rows >= 1, "limits.rows", rows, "it must be 1 or more");
            require(batches >= 1, "limits.batches", batches, "it must be 1 or more");
            require(
                    turnWait.toMillis() >= 1 && turnWait.compareTo(receiveTime) < 0,
                    "limits.turn-wait",
                    turnWait,
                    "it must be 1ms or more, and less than limits.receive-time");
            require(
                    receiveTime.toMillis() >= 100 && receiveTime.compareTo(exchangeTime) < 0,
                    "limits.receive-time",
                    receiveTime,
                    "it must be 100ms or more, and less than limits.exchange-time");
        }

        private static void bytes(String property, DataSize size) {
            require(
                    size.toBytes() >= 1 && size.compareTo(MOST) <= 0,
                    property,
                    size,
                    "it must be from 1 byte to " + MOST);
        }
    }

    private static void require(boolean holds, String property, @Nullable Object found, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "conversion." + property + " is " + (found == null ? "not set" : found) + "; " + allowed);
        }
    }
}
