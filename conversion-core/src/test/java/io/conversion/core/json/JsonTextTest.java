package io.conversion.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @Test
    void prettyTextKeepsTheOrderAndPutsPlainListsOnOneLine() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("z", 1);
        json.put("a", 0.1);
        json.put("plain", List.of("x", true, -2L));
        json.put("nested", List.of(Map.of("k", List.of()), List.of(1.5)));
        json.put("empty", Map.of());

        String text = JsonText.pretty(json);

        assertThat(text).isEqualTo("""
                        {
                          "z": 1,
                          "a": 0.1,
                          "plain": ["x", true, -2],
                          "nested": [
                            {
                              "k": []
                            },
                            [1.5]
                          ],
                          "empty": {}
                        }""");
    }

    @Test
    void embeddedArtifactIsIndentedAndItsTextsAreKept() {
        String artifact = JsonText.pretty(JsonText.object("a", "one\ntwo", "list", List.of(Map.of("k", 1))));

        String text = JsonText.pretty(JsonText.object("artifact", new JsonText.Embedded(artifact), "last", true));

        assertThat(text).isEqualTo("""
                        {
                          "artifact": {
                            "a": "one\\ntwo",
                            "list": [
                              {
                                "k": 1
                              }
                            ]
                          },
                          "last": true
                        }""");
    }

    @Test
    void embeddedArtifactHasNoCanonicalForm() {
        JsonText.Embedded artifact = new JsonText.Embedded("{}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonText.digest(artifact))
                .withMessage("not a JSON value: Embedded[pretty={}]");
    }

    @Test
    void lineKeepsTheOrderAndHasNoWhiteSpace() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("z", 1);
        json.put("a", List.of(Map.of("k", List.of()), List.of(1.5, -0.0), "one\ntwo"));
        json.put("empty", Map.of());

        assertThat(JsonText.line(json)).isEqualTo("{\"z\":1,\"a\":[{\"k\":[]},[1.5,-0.0],\"one\\ntwo\"],\"empty\":{}}");
    }

    @Test
    void textsAreEscaped() {
        assertThat(JsonText.pretty("a\"b\\c\n\tcafé\u0001")).isEqualTo("\"a\\\"b\\\\c\\n\\tcafé\\u0001\"");
    }

    /**
     * The canonical forms are given to another implementation:
     * {@code printf '%s' '<canonical form>' | sha256sum}.
     */
    @Test
    void digestIsTakenOfTheCanonicalForm() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("b", List.of(1, 2.5));
        json.put("a", -0.0);
        json.put("\uD83D\uDCFA", true);
        json.put("\uFF5E", "last but one: sorted by code point, not by UTF-16 unit");

        String canonical = "{\"a\":0000000000000000,\"b\":[3ff0000000000000,4004000000000000],"
                + "\"\uFF5E\":\"last but one: sorted by code point, not by UTF-16 unit\",\"\uD83D\uDCFA\":true}";

        assertThat(JsonText.digest(json)).isEqualTo(JsonText.sha256(canonical.getBytes(StandardCharsets.UTF_8)));
        assertThat(JsonText.digest(json))
                .isEqualTo("sha256:c0225308dcbe15b4dc6f8bbf64695837df09ec1a756701457468e0db86326f7d");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numberThatJsonCannotHoldIsNotWritten(double number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonText.pretty(List.of(number)))
                .withMessage("JSON has no number " + number);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonText.digest(List.of(number)))
                .withMessage("JSON has no number " + number);
    }

    @Test
    void valueThatIsNotJsonIsNotWritten() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonText.pretty('x'))
                .withMessage("not a JSON value: x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonText.pretty(Arrays.asList(1, null)))
                .withMessage("not a JSON value: null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonText.pretty(Collections.singletonMap("key", null)))
                .withMessage("no value for the key key");
    }
}
