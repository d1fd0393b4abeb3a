package io.conversion.policy.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Violation;
import io.conversion.core.signals.Violation.Kind;
import io.conversion.policy.DecisionContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "trial-signals",
            "1",
            Signal.numeric("sessions_7d").range(0, 500).wholeNumbers(),
            Signal.categorical("country_tier", "tier_1", "tier_2"),
            Signal.flag("a/b"));
    private static final String SIGNALS = "\"signals\":{\"sessions_7d\":9,\"country_tier\":\"tier_1\",\"a/b\":true}";
    private static final RequestReader READER = RequestReader.defaults();

    @Test
    void wholeRequestIsReadFromTextBytesAndStream() throws IOException {
        String json = "{\"request\":\"visit\",\"user_key\":\"user-17\",\"previous_segment\":\"low\"," + SIGNALS + "}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        for (UserRequest user :
                List.of(READER.user(json), READER.user(bytes), READER.user(new ByteArrayInputStream(bytes)))) {
            assertThat(user.name()).contains("visit");
            assertThat(user.context().userKey()).contains("user-17");
            assertThat(user.context().previousSegment()).contains("low");
            assertThat(user.faults()).isEmpty();
            assertThat(user.faults(SCHEMA)).isEmpty();
            assertThat(user.read(SCHEMA).orElseThrow())
                    .isEqualTo(SCHEMA.signals()
                            .set("sessions_7d", 9)
                            .set("country_tier", "tier_1")
                            .set("a/b", true)
                            .build());
        }
    }

    @Test
    void allButTheSignalsMayBeLeftOut() {
        UserRequest user = READER.user("{" + SIGNALS + "}");

        assertThat(user.name()).isEmpty();
        assertThat(user.context().userKey()).isEmpty();
        assertThat(user.declared()).isEmpty();
        assertThat(user).hasToString("request without a name");
        assertThat(user.read(SCHEMA)).isInstanceOf(SignalReading.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    request                                                        | faults
                    ''                                                             | the request is empty; expected a JSON object
                    []                                                             | the request is a list; expected an object
                    {"signals":{}                                                  | the request is cut off at line 1, column 14; the request is not complete: write or copy it again
                    {}                                                             | /signals is missing; expected an object
                    {"signals":{},"key":"u"}                                       | /key is not a known field; known here are request, user_key, previous_segment, signals
                    {"request":7,"signals":{}}                                     | /request is 7.0; expected a text
                    {"request":null,"signals":{}}                                  | /request is null; leave the field out or give a value
                    {"signals":{"sessions_7d":1,"sessions_7d":2}}                  | /signals/sessions_7d is given twice; each field may be given once
                    {"signals":{"sessions_7d":[1]}}                                | /signals/sessions_7d is a list; expected a number, a text, or true or false
                    {"signals":{"sessions_7d":1e999}}                              | /signals/sessions_7d is 1e999; every number must be finite
                    {"signals":{"sessions_7d":9007199254740993}}                   | /signals/sessions_7d is 9007199254740993; it has no exact double; whole numbers are exact up to 2^53
                    {"signals":{}} {}                                              | the request is longer than its JSON document; nothing may follow the closing brace
                    """)
    void faultOfTheJsonIsNamedByItsPointer(String request, String fault) {
        UserRequest user = READER.user(request);

        assertThat(user.faults()).extracting(RequestFault::toString).containsExactly(fault);
        assertThat(user.read(SCHEMA)).isInstanceOf(SignalReading.Refused.class);
    }

    @Test
    void faultsOfJsonAndSignalsAreToldTogetherAndNoneTwice() {
        UserRequest user = READER.user("""
                {"signals": {"sessions_7d": "9", "country_tier": null, "a/b": 1, "colour": "red"}, "extra": true}""");

        assertThat(user.faults(SCHEMA))
                .extracting(RequestFault::pointer)
                .containsExactlyInAnyOrder(
                        "/signals/country_tier", "/extra", "/signals/sessions_7d", "/signals/a~1b", "/signals/colour");
        assertThat(user.faults(SCHEMA))
                .filteredOn(fault -> fault.violation().isPresent())
                .extracting(fault -> fault.violation().orElseThrow().kind())
                .containsExactly(Kind.WRONG_TYPE, Kind.WRONG_TYPE, Kind.UNKNOWN_SIGNAL);
        SignalReading.Refused refused = (SignalReading.Refused) user.read(SCHEMA);
        assertThat(refused.violations())
                .extracting(Violation::kind)
                .containsExactly(
                        Kind.UNREADABLE, Kind.UNREADABLE, Kind.WRONG_TYPE, Kind.WRONG_TYPE, Kind.UNKNOWN_SIGNAL);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    number               | isRead
                    9007199254740992     | true
                    9007199254740993     | false
                    9007199254740993.0   | true
                    1e23                 | true
                    0.1                  | true
                    """)
    void wholeNumberIsExactUnlessItIsSpeltAsADouble(String number, boolean isRead) {
        SignalSchema schema = SignalSchema.of("one", "1", Signal.numeric("x"));

        SignalReading reading =
                READER.user("{\"signals\":{\"x\":" + number + "}}").read(schema);

        assertThat(reading instanceof SignalReading.Accepted).isEqualTo(isRead);
    }

    @Test
    void halfOfASurrogatePairIsFoundInTextAsInBytes() {
        String half = "{\"user_key\":\"a\uD800\"," + SIGNALS + "}";
        String name = "{\"signals\":{\"a\uD800\":1}}";

        assertThat(READER.user(half).faults())
                .extracting(RequestFault::message)
                .containsExactly("/user_key is a text with half of a surrogate pair; write the whole character");
        assertThat(READER.user(name).faults().get(0).message())
                .endsWith("is a name with half of a surrogate pair; write the whole character");
    }

    @Test
    void faultsShowNeitherTheKeyOfAUserNorALineOfTheirOwn() {
        UserRequest user = READER.user("{\"user_key\":4711," + SIGNALS + "}");

        assertThat(user.faults().toString()).doesNotContain("4711");
        assertThat(user.read(SCHEMA).toString()).doesNotContain("4711");
        assertThat(READER.user("{\"signals\":{\"a\\nERROR forged\":null}}")
                        .faults()
                        .toString())
                .doesNotContain("\n");
        assertThat(READER.batch("{\"rows\":[{\"user_key\":4711}],\"x\":4711}"))
                .asString()
                .doesNotContain("4711");
    }

    @Test
    void rowsKeepTheirPlaceHoweverMuchIsWrongWithOneOfThem() {
        StringBuilder nulls = new StringBuilder("\"a\":null");
        for (int i = 0; i < 3_000; i++) {
            nulls.append(",\"n").append(i).append("\":null");
        }
        BatchRequest batch = READER.batch(
                "{\"rows\":[{" + SIGNALS + "},{\"signals\":{" + nulls + "}},{" + SIGNALS + "},{\"signals\":null}]}");

        assertThat(batch.faults()).isEmpty();
        assertThat(batch.rows()).hasSize(4);
        assertThat(batch.rows().get(0).read(SCHEMA)).isInstanceOf(SignalReading.Accepted.class);
        assertThat(batch.rows().get(1).faults()).hasSize(1_001);
        assertThat(batch.rows().get(2).read(SCHEMA)).isInstanceOf(SignalReading.Accepted.class);
        assertThat(batch.rows().get(3).faults())
                .extracting(RequestFault::message)
                .containsExactly("/rows/3 is wrong in 1 more place; mend those that are listed first");
    }

    @Test
    void signalThatCannotBeReadIsNamed() {
        SignalReading.Refused refused = (SignalReading.Refused)
                READER.user("{\"signals\":{\"a/b\":null}}").read(SCHEMA);

        assertThat(refused.violations().get(0).signal()).isEqualTo("a/b");
    }

    @Test
    void requestThatIsTooLongIsReadNoFurther() throws IOException {
        RequestReader reader = READER.limits(RequestLimits.defaults().bytes(100));
        ByteArrayInputStream stream =
                new ByteArrayInputStream(" ".repeat(10_000).getBytes(StandardCharsets.UTF_8));

        assertThat(reader.user(stream).faults())
                .extracting(RequestFault::message)
                .containsExactly("the request is too large; at most 100 bytes are read");
        assertThat(stream.available()).isEqualTo(10_000 - 101);
    }

    @Test
    void depthNamesTextsAndNumbersAreLimited() {
        RequestReader reader = READER.limits(new RequestLimits(10_000, 4, 10, 20, 5, 20, 2));

        assertThat(reader.user("{\"signals\":{\"x\":[[[1]]]}}").faults().toString())
                .contains("/signals/x/0 is beyond a limit", "depth");
        assertThat(reader.user("{\"signals\":{\"" + "x".repeat(5_000) + "\":1}}")
                        .faults())
                .hasSize(1);
        assertThat(reader.user("{\"signals\":{\"x\":\"" + "y".repeat(5_000) + "\"}}")
                        .faults())
                .hasSize(1);
        assertThat(reader.user("{\"signals\":{\"x\":" + "1".repeat(400) + "}}").faults())
                .hasSize(1);
        assertThat(reader.batch("{\"rows\":[{\"signals\":{}},{\"signals\":{}},{\"signals\":{}}]}")
                        .faults())
                .extracting(RequestFault::message)
                .containsExactly("/rows is too long; a list may have at most 2 elements");
    }

    @Test
    void limitThatAllowsNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestLimits.defaults().rows(0))
                .withMessage("the limits of requests are 1048576 bytes, depth 8, names of 4096, texts of 65536, numbers"
                        + " of 512, 65536 values, 0 rows; the depth must be at least 4 and the others at least 1");
    }

    @Test
    void contextHoldsWhatTheHostDeclared() {
        RequestReader reader = READER.declaring("campaign", "visits");

        UserRequest user = reader.user("{" + SIGNALS + ",\"context\":{\"campaign\":\"spring\",\"visits\":3}}");

        assertThat(user.declared()).isEqualTo(Map.of("campaign", "spring", "visits", 3.0));
        assertThat(reader.user("{" + SIGNALS + ",\"context\":{\"campaing\":\"spring\"}}")
                        .faults())
                .extracting(RequestFault::message)
                .containsExactly("/context/campaing is not a known field; known here are campaign, visits");
        assertThat(READER.user("{" + SIGNALS + ",\"context\":{}}").faults())
                .extracting(RequestFault::pointer)
                .containsExactly("/context");
    }

    @Test
    void rowsOfABatchHaveTheirOwnFaults() {
        BatchRequest batch = READER.batch("{\"rows\":[{" + SIGNALS + ",\"user_key\":\"a\"},{\"signals\":{\"x\":null}},"
                + "{\"colour\":1,\"signals\":{}}]}");

        assertThat(batch.faults()).isEmpty();
        assertThat(batch.rows()).extracting(UserRequest::pointer).containsExactly("/rows/0", "/rows/1", "/rows/2");
        assertThat(batch.rows().get(0).faults(SCHEMA)).isEmpty();
        assertThat(batch.rows().get(0).context().userKey()).contains("a");
        assertThat(batch.rows().get(1).faults())
                .extracting(RequestFault::pointer)
                .containsExactly("/rows/1/signals/x");
        assertThat(batch.rows().get(2).faults(SCHEMA))
                .extracting(RequestFault::pointer)
                .contains("/rows/2/colour", "/rows/2/signals/sessions_7d");
    }

    @Test
    void faultOutsideOfTheRowsIsOneOfTheWholeBatch() {
        assertThat(READER.batch("{\"rows\":[{" + SIGNALS + "}],\"all\":true}"))
                .satisfies(batch -> assertThat(batch.rows()).isEmpty())
                .satisfies(batch -> assertThat(batch.faults())
                        .extracting(RequestFault::message)
                        .containsExactly("/all is not a known field; known here are rows"));
        assertThat(READER.batch("{\"rows\":{}}").faults()).hasSize(1);
        assertThat(READER.batch("").faults()).hasSize(1);
    }

    @Test
    void outcomeHasAMomentOrNone() throws IOException {
        String json = "{\"request\":\"visit\",\"converted\":true,\"moment\":\"2026-11-22T09:30:00Z\"}";

        OutcomeRequest outcome = READER.outcome(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));

        assertThat(outcome.request()).isEqualTo("visit");
        assertThat(outcome.converted()).isTrue();
        assertThat(outcome.moment()).contains(Instant.parse("2026-11-22T09:30:00Z"));
        assertThat(READER.outcome("{\"request\":\"visit\",\"converted\":false}").moment())
                .isEmpty();
        assertThat(READER.outcome("{\"request\":\"visit\",\"converted\":\"no\",\"at\":1}")
                        .faults())
                .extracting(RequestFault::pointer)
                .containsExactly("/converted", "/at");
        assertThat(READER.outcome("{\"request\":\"visit\"}").faults())
                .extracting(RequestFault::message)
                .containsExactly("/converted is missing; expected true or false");
    }

    @Test
    void contextOfARequestIsNoneWhereNothingIsKnown() {
        assertThat(READER.user("{" + SIGNALS + "}").context()).isSameAs(DecisionContext.NONE);
    }
}
