package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.model.LogisticTrainer;
import io.conversion.policy.Policy;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A name between quotes in a message goes through what cuts it and shows what is hidden in it: no class puts quotes
 * around an argument itself, as its recipes of concatenation, which are constants of its class file, would show.
 */
class QuotedNamesTest {

    /** Where a recipe has an argument. */
    private static final String ARGUMENT = "\"\u0001\"";

    /** Those who write JSON and attributes, quote what is cut already, or texts of one character. */
    private static final Set<String> ALLOWED = Set.of(
            "io/conversion/core/json/ArtifactHeader",
            "io/conversion/core/json/ArtifactText",
            "io/conversion/core/signals/CleanJson",
            "io/conversion/policy/monitoring/BinLabels",
            "io/conversion/policy/records/RecordFormat",
            "io/conversion/policy/records/RecordWriter",
            "io/conversion/model/chart/ChartSvg",
            "io/conversion/model/data/CsvDialect",
            "io/conversion/model/evaluation/GroupEvaluation",
            "io/conversion/workbench/console/NameList",
            "io/conversion/workbench/console/Wording");

    @ParameterizedTest
    @ValueSource(classes = {ConversionModel.class, Policy.class, LogisticTrainer.class, Workbench.class})
    void noClassPutsQuotesAroundAnArgument(Class<?> one) throws IOException, URISyntaxException {
        Path module =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> found = new ArrayList<>();
        if (Files.isDirectory(module)) {
            collect(module, found);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + module.toUri()), Map.of())) {
                collect(jar.getPath("/"), found);
            }
        }

        assertThat(found).as("use ArtifactText.quoted or Wording.quoted").isEmpty();
    }

    private static void collect(Path root, List<String> found) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> classes =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            assertThat(classes).hasSizeGreaterThan(10);
            for (Path file : classes) {
                String name =
                        root.relativize(file).toString().replace('\\', '/').replaceAll("(\\$.*)?\\.class$", "");
                if (!ALLOWED.contains(name)) {
                    texts(Files.readAllBytes(file)).stream()
                            .filter(text -> text.contains(ARGUMENT) || text.contains("\"%s\""))
                            .map(text -> name + ": " + text.replace('\u0001', '?'))
                            .forEach(found::add);
                }
            }
        }
    }

    /** The texts of a constant pool, by the table of the Java Virtual Machine Specification, 4.4. */
    private static List<String> texts(byte[] classFile) throws IOException {
        List<String> texts = new ArrayList<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        in.skipNBytes(8);
        int constants = in.readUnsignedShort();
        for (int i = 1; i < constants; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.add(in.readUTF());
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++;
                }
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                default -> throw new IOException("constant of the tag " + tag);
            }
        }
        return texts;
    }
}
