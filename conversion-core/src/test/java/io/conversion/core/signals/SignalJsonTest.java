package io.conversion.core.signals;

import static io.conversion.core.Fixtures.SCHEMA;
import static io.conversion.core.Fixtures.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.json.JsonText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalJsonTest {

    @Test
    void textBytesAndStreamReadAsTheMapDoes() throws IOException {
        String json = JsonText.pretty(user());
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        assertThat(List.of(
                        SCHEMA.readJson(json),
                        SCHEMA.readJson(bytes),
                        SCHEMA.readJson(new ByteArrayInputStream(bytes))))
                .containsOnly(SCHEMA.read(user()));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    json                                   | signal | message
                    ''                                     | ''     | the JSON of the signals is empty; expected a JSON object
                    [1]                                    | ''     | the JSON of the signals is a list; expected an object
                    {"x": 1                                | ''     | the JSON of the signals is cut off at line 1, column 8; the JSON is not complete: write or copy it again
                    {"x": 1, "x": 1}                       | x      | /x is given twice; each field may be given once
                    {"x": null}                            | x      | /x is null; leave the field out or give a value
                    {"x": {"y": 1}}                        | x      | /x is an object; expected a number, a text, or true or false
                    {"a/b": 9007199254740993}              | a/b    | /a~1b is 9007199254740993; it has no exact double; whole numbers are exact up to 2^53
                    """)
    void whatIsWrongWithTheJsonComesFirst(String json, String signal, String message) {
        SignalReading.Refused refused = (SignalReading.Refused) SCHEMA.readJson(json);

        assertThat(refused.violations().get(0)).isEqualTo(new Violation(signal, Violation.Kind.UNREADABLE, message));
        assertThat(refused.violations().stream()
                        .filter(violation -> violation.signal().equals(signal)))
                .hasSize(1);
    }

    @Test
    void textThatIsTooLongIsNotRead() {
        SignalReading.Refused refused = (SignalReading.Refused) SCHEMA.readJson(" ".repeat((1 << 20) + 1));

        assertThat(refused.violations())
                .extracting(Violation::message)
                .containsExactly("the JSON of the signals is too large; at most 1048576 bytes are read");
    }
}
