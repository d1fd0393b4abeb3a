package io.conversion.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The decisions of the golden folder are the same in this JVM, in an interpreter, with either compiler, and under other
 * JDKs. Expected is what {@code golden.py} beside them computes; other JDKs are the homes that
 * {@code -Dconversion.jdks=...} lists, separated as in a class path.
 */
class GoldenDecisionsTest {

    private static final Path FOLDER = folder();

    @TempDir
    private Path temp;

    /** How a JVM runs the byte code. */
    enum Mode {
        INTERPRETED("-Xint", 1),
        /** The first compiler only, which compiles a method after 200 calls. */
        C1("-XX:TieredStopAtLevel=1", 10),
        /** The second compiler only, which compiles a method after 10,000 calls or loops; the caller waits for it. */
        C2("-XX:-TieredCompilation -Xbatch", 20),
        /** The second compiler only, for all of our methods before their first call, without any profile. */
        C2_AT_ONCE(
                "-XX:-TieredCompilation -Xcomp -XX:CompileCommand=quiet"
                        + " -XX:CompileCommand=compileonly,io.conversion.*::*",
                2),
        /** As users run it. */
        MIXED("-Xmixed", 10);

        private final String options;
        private final int rounds;

        Mode(String options, int rounds) {
            this.options = options;
            this.rounds = rounds;
        }
    }

    @Test
    void decisionsAreThoseOfAnIndependentImplementation() throws IOException {
        assertThat(GoldenDecisions.text(FOLDER)).isEqualTo(expected());
    }

    @ParameterizedTest
    @EnumSource
    void decisionsDoNotDependOnHowTheByteCodeIsRun(Mode mode) throws Exception {
        assertThat(run(Path.of(System.getProperty("java.home")), mode)).isEqualTo(expected());
    }

    @ParameterizedTest
    @EnumSource
    void decisionsDoNotDependOnTheJdk(Mode mode) throws Exception {
        String homes = System.getProperty("conversion.jdks", "");
        assumeThat(homes)
                .as("homes of other JDKs, given by -Dconversion.jdks=...")
                .isNotEmpty();

        for (String home : homes.split(File.pathSeparator, -1)) {
            assertThat(run(Path.of(home), mode)).as(home).isEqualTo(expected());
        }
    }

    /** What a JVM of its own prints. */
    private String run(Path home, Mode mode) throws IOException, InterruptedException {
        Path out = temp.resolve("out");
        List<String> command = new ArrayList<>();
        command.add(OtherJvm.launcher(home));
        command.addAll(List.of(mode.options.split(" ", -1)));
        command.addAll(List.of("-cp", OtherJvm.classPath(), GoldenDecisions.class.getName(), FOLDER.toString()));
        command.add(String.valueOf(mode.rounds));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES))
                    .as("%s in time", command)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(out);
        System.out.printf(
                Locale.ROOT,
                "golden decisions of %s %s, %d rounds: %s%n",
                home,
                mode.options,
                mode.rounds,
                printed.substring(printed.lastIndexOf("sha256")).strip());
        return printed;
    }

    private static String expected() throws IOException {
        return Files.readString(FOLDER.resolve("decisions.txt"), StandardCharsets.UTF_8);
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(GoldenDecisionsTest.class.getResource("golden"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError("the folder of a resource is a URI", e);
        }
    }
}
