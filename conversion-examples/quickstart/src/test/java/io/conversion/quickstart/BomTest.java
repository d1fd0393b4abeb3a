package io.conversion.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The BOM names every module that is released, in its own version, and a project that imports it needs no other one. */
class BomTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final String BOM = pom("conversion-core/bom");
    private static final String CONSUMER = pom("conversion-examples/consumer");

    private static String pom(String folder) {
        try {
            return Files.readString(ROOT.resolve(folder).resolve("pom.xml"));
        } catch (IOException e) {
            throw new AssertionError(folder, e);
        }
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** The artifacts of the modules of the root, but for the BOM itself and the examples. */
    private static Set<String> released() {
        Set<String> released = new TreeSet<>();
        for (String folder : all("<module>([^<]+)</module>", pom("."))) {
            released.addAll(all("</parent>\\s*<artifactId>([^<]+)</artifactId>", pom(folder)));
        }
        released.remove("conversion-examples");
        return released;
    }

    @Test
    void everyReleasedModuleIsNamedAndUsed() {
        assertThat(released()).contains("conversion-core", "conversion-policy", "conversion-spring-boot-starter");
        assertThat(all("<dependency>\\s*<groupId>io.conversion</groupId>\\s*<artifactId>([^<]+)</artifactId>", BOM))
                .containsExactlyElementsOf(released());
        // Without a version, so that Maven takes that of the BOM or refuses to build.
        assertThat(all("<artifactId>(conversion-[^<]+)</artifactId>\\s*</dependency>", CONSUMER))
                .containsExactlyElementsOf(released());
    }

    @Test
    void versionIsThatOfTheModules() {
        String version = all("<artifactId>conversion-parent</artifactId>\\s*<version>([^<]+)<", pom("."))
                .get(0);

        assertThat(all("<artifactId>conversion-bom</artifactId>\\s*<version>([^<]+)<", BOM))
                .containsExactly(version);
        assertThat(all("<artifactId>conversion-bom</artifactId>\\s*<version>([^<]+)<", CONSUMER))
                .containsExactly(version);
        assertThat(Set.copyOf(all("<version>([^<]+)</version>\\s*</dependency>", BOM)))
                .containsExactly("${project.version}");
    }
}
