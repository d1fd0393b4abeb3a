package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.OtherJvm;
import io.conversion.policy.records.JsonlOptions.Force;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files that take no more bytes, in a process whose files may have 64 KiB: its writes end half way, as on a full disk. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it limits the process by the shell's ulimit")
class FullDiskTest {

    private static final int BLOCKS_OF_512_BYTES = 128;

    @TempDir
    private Path folder;

    @Test
    void linesThatDidNotFitAreTakenBackAndTheNextOnesGoToANewFile() throws Exception {
        assertThat(written(10_000, 3)).isEqualTo(18);

        List<Path> files = JsonlDecisionLog.files(folder);
        assertThat(files)
                .hasSize(3)
                .allSatisfy(file -> assertThat(Files.size(file)).isEqualTo(60_000));
        assertThat(RecordFiles.cut(folder)).isEmpty();
    }

    @Test
    void fileWithoutAWholeLineIsDeleted() throws Exception {
        assertThat(written(100_000, 3)).isZero();

        assertThat(JsonlDecisionLog.files(folder)).isEmpty();
    }

    /** How many lines of a size another process wrote until its writes had failed that often. */
    private int written(int bytes, int failures) throws Exception {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f " + BLOCKS_OF_512_BYTES + " && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        OtherJvm.classPath(),
                        Writer.class.getName(),
                        folder.toString(),
                        String.valueOf(bytes),
                        String.valueOf(failures))
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return Integer.parseInt(out.strip());
    }

    /** The other process. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) {
            RecordFiles files = new RecordFiles(Path.of(args[0]), Long.MAX_VALUE, Force.ON_CLOSE);
            String line = "-".repeat(Integer.parseInt(args[1]) - 1) + "\n";
            int failures = Integer.parseInt(args[2]);
            int written = 0;
            while (failures > 0) {
                try {
                    files.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
                    written++;
                } catch (IOException e) {
                    files.abandon();
                    failures--;
                }
            }
            System.out.println(written);
        }
    }
}
