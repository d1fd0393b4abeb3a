package io.conversion.policy;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/** What a test needs to run a class of the tests in a JVM of its own. */
public final class OtherJvm {

    private OtherJvm() {}

    /**
     * The tests run on the module path, with their own classes as a patch that no property tells of.
     *
     * @return all of it as one class path
     */
    public static String classPath() {
        return Stream.of(
                        Stream.of(testClasses().toString()),
                        Arrays.stream(System.getProperty("jdk.module.path", "").split(File.pathSeparator, -1)),
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1)))
                .flatMap(entries -> entries)
                .filter(entry -> !entry.isEmpty())
                .reduce((one, other) -> one + File.pathSeparator + other)
                .orElseThrow();
    }

    /**
     * The launcher of a JDK.
     *
     * @param home the home of the JDK
     * @return its path
     */
    public static String launcher(Path home) {
        return home.resolve("bin").resolve("java").toString();
    }

    /**
     * The folder of the classes and resources of the tests.
     *
     * @return its path
     */
    public static Path testClasses() {
        try {
            Path folder = Path.of(Objects.requireNonNull(OtherJvm.class.getResource("OtherJvm.class"))
                    .toURI());
            for (int i = 0; i < 4; i++) {
                folder = Objects.requireNonNull(folder.getParent());
            }
            return folder;
        } catch (URISyntaxException e) {
            throw new AssertionError("the file of a class is a URI", e);
        }
    }
}
