package io.conversion.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.artifact.InvalidArtifactException.Problem;
import io.conversion.policy.FaultyJson.Fault;
import io.conversion.policy.FaultyJson.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JSON Schema of the jar, held against what the library and the documentation say. */
public final class ShippedSchema {

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(
                    Map.of("urn:io.conversion:conversion-policy:1", resource("conversion-policy-1.schema.json"))));

    private final String text;
    private final Schema schema;
    private final Consumer<String> load;

    private ShippedSchema(String text, Consumer<String> load) {
        this.text = text;
        this.schema = REGISTRY.getSchema(text, InputFormat.JSON);
        this.load = load;
    }

    /** The schema of a name, and how the library loads what it describes. */
    public static ShippedSchema of(String name, Consumer<String> load) {
        return new ShippedSchema(resource(name + ".schema.json"), load);
    }

    public void assertIsJsonSchema() {
        Schema dialect = REGISTRY.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));

        assertThat(dialect.validate(text, InputFormat.JSON)).isEmpty();
    }

    public void assertValid(String json) {
        assertThat(errors(json)).as(json).isEmpty();
    }

    public void assertInvalid(String json, String pointer) {
        assertThat(errors(json)).contains(pointer);
    }

    public void assertRefused(String json, String pointer) {
        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> load.accept(json))
                .satisfies(refusal -> assertThat(refusal.problems())
                        .extracting(Problem::pointer)
                        .contains(pointer));
    }

    public void assertInvalidAndRefused(String json, String pointer) {
        assertInvalid(json, pointer);
        assertRefused(json, pointer);
    }

    /**
     * Asserts of each node of a file that is missing, of another name or of another type that the schema refuses it if
     * and only if the library does, except for problems that no schema can see.
     */
    public void assertAgrees(Map<String, Object> file, Predicate<String> pointers, Predicate<Problem> beyondSchemas) {
        int invalid = 0;
        for (Fault fault : FaultyJson.faults(file)) {
            // What is given twice is no JSON to a schema, and it does not know that numbers are finite.
            if (fault.kind() == Kind.DUPLICATED
                    || fault.replacement().equals("1e400")
                    || !pointers.test(fault.pointer())) {
                continue;
            }
            String json = FaultyJson.write(file, fault);
            List<Problem> problems =
                    problems(json).stream().filter(Predicate.not(beyondSchemas)).toList();
            List<String> errors = errors(json);

            assertThat(errors.isEmpty())
                    .as("%s: the schema says %s, the library %s", fault, errors, problems)
                    .isEqualTo(problems.isEmpty());
            invalid += errors.isEmpty() ? 0 : 1;
        }
        // Else this would say nothing.
        assertThat(invalid).isGreaterThan(50);
    }

    private List<Problem> problems(String json) {
        try {
            load.accept(json);
            return List.of();
        } catch (InvalidArtifactException refusal) {
            return refusal.problems();
        }
    }

    /** The validator names a missing or unknown field beside the object that it misses or finds it in. */
    private List<String> errors(String json) {
        return schema.validate(json, InputFormat.JSON).stream()
                .map(error ->
                        error.getInstanceLocation() + (error.getProperty() == null ? "" : "/" + error.getProperty()))
                .toList();
    }

    public static String replace(String json, String replaced, String by) {
        assertThat(json).contains(replaced);
        return json.replaceFirst(Pattern.quote(replaced), Matcher.quoteReplacement(by));
    }

    /** The code blocks of a language in a page, in their order. */
    public static List<String> examples(String page, String language) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(documentation(page))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    public static String documentation(String page) {
        try {
            return Files.readString(Path.of(System.getProperty("basedir", ""), "..", "docs", page));
        } catch (IOException e) {
            throw new AssertionError("the tests run in the folder of their module", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Policy.class.getResourceAsStream("/META-INF/schemas/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
