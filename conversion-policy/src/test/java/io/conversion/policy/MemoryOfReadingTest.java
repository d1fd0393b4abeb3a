package io.conversion.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.ReadWithin.Reader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryOfReadingTest {

    /** What a JVM needs that reads next to nothing, with room for what differs from one JVM to another. */
    private static final int BARE_MEGABYTES = 10;

    private static final int TEXT_MEGABYTES = 1;

    @TempDir
    private Path folder;

    @Test
    void noReaderHoldsMoreThanTwentyTimesItsText() throws IOException, InterruptedException {
        List<Path> worst = new ArrayList<>();
        for (Reader reader : ReadWithin.READERS) {
            worst.addAll(ReadWithin.writeByTurns(folder, reader, TEXT_MEGABYTES << 20));
        }

        assertThat(ReadWithin.tooLarge(BARE_MEGABYTES + 20 * TEXT_MEGABYTES, worst))
                .isEmpty();
    }
}
