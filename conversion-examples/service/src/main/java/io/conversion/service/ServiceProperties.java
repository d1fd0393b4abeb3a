package io.conversion.service;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is configured under {@code conversion} beside what the starter asks for.
 *
 * @param serving what is shown of what is served
 * @param limits what a request may hold
 */
@ConfigurationProperties("conversion")
record ServiceProperties(
        @DefaultValue Serving serving, @DefaultValue Limits limits) {

    /**
     * @param showArtifacts whether the artifacts are shown as they are, with control salts and hidden signals
     */
    record Serving(@DefaultValue("false") boolean showArtifacts) {}

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
