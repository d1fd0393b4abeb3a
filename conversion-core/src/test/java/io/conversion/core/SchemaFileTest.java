package io.conversion.core;

import static io.conversion.core.Fixtures.SCHEMA;
import static io.conversion.core.Fixtures.replaced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaFileTest {

    /** A draft that somebody typed: one signal of each kind, no digest. */
    private static final String DRAFT = """
            {"format": "conversion-signals", "format_version": 1, "name": "typed", "version": "1", "signals": [
              {"name": "visits", "kind": "numeric", "whole": true, "min": 0, "max": 99},
              {"name": "tier", "kind": "categorical", "levels": ["gold", "silver"], "unseen": "refuse"},
              {"name": "weekend", "kind": "flag", "missing": "impute", "hidden": true}]}""";

    @Test
    void savedSchemaIsReadBackEqual(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("signals.json");

        SCHEMA.save(file);

        assertThat(file).usingCharset(StandardCharsets.UTF_8).hasContent(SCHEMA.toJson());
        assertThat(SignalSchema.load(file).declared()).isEqualTo(SCHEMA.declared());
        assertThat(SignalSchema.load(file)).isEqualTo(SCHEMA);
    }

    /** The file was written by format 1 of the library and its digest recomputed by {@code reference.py} beside it. */
    @Test
    void goldenFileOfFormatOneIsRead() throws Exception {
        Path file = Path.of(
                SchemaFileTest.class.getResource("signals-format-1.json").toURI());

        SignalSchema golden = SignalSchema.load(file);

        assertThat(golden).isEqualTo(SCHEMA);
        assertThat(golden.digest())
                .isEqualTo("sha256:4a624adb7856b65ebabf0887b254023f1e75bf78ed4f168b08d4ed6622be0f0c");
        assertThat(Files.readString(file)).isEqualTo(SCHEMA.toJson());
    }

    @Test
    void draftWithoutADigestIsReadWithTheDefaultsOfItsKinds() {
        SignalSchema schema = SignalSchema.fromJson(DRAFT);

        assertThat(schema)
                .isEqualTo(SignalSchema.of(
                        "typed",
                        "1",
                        Signal.numeric("visits").wholeNumbers().range(0, 99),
                        Signal.categorical("tier", "gold", "silver"),
                        Signal.flag("weekend").whenMissing(WhenMissing.IMPUTE).hidden()));
    }

    @Test
    void digestDoesNotDependOnTheSpellingOfTheFile() {
        String respelled = """
                {"signals":[{"kind":"numeric","max":9.9e1,"min":-0.0,"whole":true,"name":"visits","unit":""},
                {"levels":["gold","silver"],"kind":"categorical","missing":"refuse","name":"t\\u0069er","reasons":{}},
                {"hidden":true,"missing":"impute","kind":"flag","meaning":"","name":"weekend","actionable":false,"reasons":{"lowers":""}}],
                "version":"1","name":"typed","format_version":1.0,"format":"conversion-signals"}""";

        assertThat(SignalSchema.fromJson(respelled).digest())
                .isEqualTo(SignalSchema.fromJson(DRAFT).digest());
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    fragment       | replacement        | message
                    "flag"         | "text"             | /signals/2/kind is "text"; expected one of numeric, categorical, flag
                    "impute"       | "zero"             | /signals/2/missing is "zero"; expected one of refuse, impute
                    "refuse"       | "level"            | /signals/1/unseen_level is missing; expected a text
                    "min": 0       | "min": "0"         | /signals/0/min is the text "0"; expected a finite number
                    "min": 0       | "minimum": 0       | /signals/0/minimum is not a known field; known here are name, meaning, missing, reasons, hidden, actionable, kind, unit, whole, min, max, out_of_range, expected
                    "min": 0       | "min": 100         | /signals/0 is not valid; signal "visits" has the range 100.0 to 99.0; the lower end must not lie above the upper one
                    "whole": true  | "whole": 1         | /signals/0/whole is 1.0; expected true or false
                    "hidden": true | "hidden": "yes"    | /signals/2/hidden is the text "yes"; expected true or false
                    "hidden": true | "hidden": true, "reasons": {"raises": "free"} | /signals/2 is not valid; signal "weekend" is hidden from explanations, so it has no use for reasons
                    "hidden": true | "hidden": true, "actionable": true | /signals/2 is not valid; signal "weekend" is hidden from explanations, so it cannot be actionable
                    "hidden": true | "actionable": 1    | /signals/2/actionable is 1.0; expected true or false
                    "hidden": true | "reasons": "free"  | /signals/2/reasons is the text "free"; expected an object
                    "hidden": true | "reasons": {"raises": 1} | /signals/2/reasons/raises is 1.0; expected a text
                    "hidden": true | "reasons": {"why": "free"} | /signals/2/reasons/why is not a known field; known here are raises, lowers
                    "gold"         | "silver"           | /signals/1 is not valid; signal "tier" lists the level "silver" twice
                    "gold"         | 7                  | /signals/1/levels is 7.0 in its list; expected a list of texts
                    "gold"         | null               | /signals/1/levels/0 is null; leave the field out or give a value
                    ["gold", "silver"] | "gold"         | /signals/1/levels is the text "gold"; expected a list of texts
                    "name": "tier" | "name": " "        | /signals/1/name is blank; expected a text
                    "name": "tier" | "name": ["tier"]   | /signals/1/name is a list; expected a text
                    "conversion-signals" | "conversion-model" | /format is "conversion-model"; expected "conversion-signals"
                    "format_version": 1 | "format_version": 2 | /format_version is 2; this release reads versions up to 1: use a newer release of the library
                    """)
    void faultIsNamedByItsPointer(String fragment, String replacement, String message) {
        String json = replaced(DRAFT, fragment, replacement);

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> SignalSchema.fromJson(json))
                .withMessage("signal schema: " + message);
    }

    @Test
    void wrongDigestIsRefused() {
        SignalSchema typed = SignalSchema.fromJson(DRAFT);
        String changed = replaced(typed.toJson(), "99.0", "98.0");
        SignalSchema intended = SignalSchema.fromJson(replaced(DRAFT, "99", "98"));

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> SignalSchema.fromJson(changed))
                .withMessage(
                        "signal schema: /digest is %s; the content has %s: it was changed after it was sealed, or the file is damaged"
                                + "; if you edited it, delete the line \"digest\" and the comma that it leaves behind, and the file is read as a draft",
                        typed.digest(), intended.digest());
    }

    @Test
    void severalFaultsAreListedInOneMessage() {
        String json = replaced(replaced(DRAFT, "\"min\": 0", "\"min\": true"), "\"tier\"", "3")
                .replace("\"version\"", "\"revision\"");

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> SignalSchema.fromJson(json))
                .withMessage("""
                        signal schema: 4 problems
                          /version is missing; expected a text
                          /signals/0/min is true; expected a finite number
                          /signals/1/name is 3.0; expected a text
                          /revision is not a known field; known here are format, format_version, name, version, digest, signals""");
    }
}
