package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.json.JsonText;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.RandomUsers;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line that is written straight into bytes, beside the one that is made of maps. */
class RecordWriterTest {

    private static final ConversionModel MODEL = LoggedDecisions.model();
    private static final PolicyEngine ENGINE = PolicyEngine.of(LoggedDecisions.policy());

    @Test
    void lineIsThatOfTheContent() {
        Random random = new Random(8);
        for (int i = 0; i < 3_000; i++) {
            DecisionEvent event = event(random, i);
            DecisionRecord record = DecisionRecord.of(
                    event,
                    i % 3 == 0 ? Redaction.of(MODEL.schema(), Set.of("sessions", "weekend"), "salt") : Redaction.NONE,
                    i % 4);
            String json = JsonText.line(RecordFormat.content(record));

            assertThat(record.toJson()).isEqualTo(RecordFormat.sealed(json.substring(0, json.length() - 1)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                1,
                -1,
                0.1,
                1.5,
                3,
                1e300,
                -1e-300,
                Double.MIN_VALUE,
                -Double.MIN_VALUE,
                Double.MIN_NORMAL,
                Double.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                0x1.0000000000001p0,
                0x0.8p-1022,
                0x0.0000000000001p-1022,
                0x1.fffffffffffffp1023
            })
    void hexadecimalNumberIsThatOfTheJdk(double number) {
        assertThat(new LineBuffer(1).bareHex(number).text()).isEqualTo(Double.toHexString(number));
    }

    @Test
    void anyHexadecimalNumberIsThatOfTheJdk() {
        Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong() & -1L << random.nextInt(64));
            assertThat(new LineBuffer(8).bareHex(number).text()).isEqualTo(Double.toHexString(number));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, -1, -10, 999, 1_000, Long.MAX_VALUE, Long.MIN_VALUE, 999_999_999_999_999L})
    void wholeNumberIsThatOfTheJdk(long number) {
        assertThat(new LineBuffer(1).whole(number).text()).isEqualTo(Long.toString(number));
    }

    @Test
    void anyTextIsEscapedAsElsewhere() {
        for (int c = 0; c < 0x3000; c++) {
            String text = "a" + (char) c + "b";
            assertThat(new LineBuffer(1).text(text).text()).isEqualTo(JsonText.line(text));
        }
        assertThat(new LineBuffer(1).text("\uD83D\uDE00").text()).isEqualTo("\"\uD83D\uDE00\"");
    }

    private static DecisionEvent event(Random random, int i) {
        return DecisionEvent.decide(
                ENGINE,
                MODEL.scorer(),
                MODEL.schema().read(RandomUsers.user(random)),
                i % 2 == 0
                        ? DecisionContext.NONE
                        : DecisionContext.NONE.userKey("user " + i).previousSegment("high"),
                i % 5 == 0 ? "caf\u00e9 \"\uD83D\uDE00\u0000\\\n" : "request " + i,
                i % 7 == 0 ? null : Instant.ofEpochMilli(random.nextInt()));
    }
}
