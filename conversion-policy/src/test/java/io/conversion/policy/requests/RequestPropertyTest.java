package io.conversion.policy.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.SignalReading;
import io.conversion.policy.RandomUsers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RequestPropertyTest {

    private static final RequestReader READER = RequestReader.defaults();
    private static final String WHOLE = "{\"request\":\"v\",\"user_key\":\"u\",\"signals\":"
            + "{\"hours\":1.5,\"sessions\":3,\"plan\":\"month\",\"weekend\":true}}";

    /** Whatever bytes come, there is an answer: signals, or at least one thing that is wrong. */
    @Property
    void anyBytesAreAnswered(@ForAll byte[] bytes) {
        assertAnswered(READER.user(bytes));
        assertThat(READER.batch(bytes).rows().isEmpty()
                        || READER.batch(bytes).faults().isEmpty())
                .isTrue();
        READER.outcome(bytes);
    }

    @Property
    void mutatedRequestsAreAnswered(@ForAll("mutations") byte[] bytes) {
        assertAnswered(READER.user(bytes));
    }

    @Provide
    Arbitrary<byte[]> mutations() {
        byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
        return Arbitraries.integers()
                .between(0, whole.length - 1)
                .flatMap(at -> Arbitraries.bytes().map(changed -> {
                    byte[] copy = whole.clone();
                    copy[at] = changed;
                    return copy;
                }));
    }

    private static void assertAnswered(UserRequest user) {
        if (user.read(RandomUsers.SCHEMA) instanceof SignalReading.Refused refused) {
            assertThat(refused.violations()).isNotEmpty();
        }
        assertThat(user.faults(RandomUsers.SCHEMA).isEmpty())
                .isEqualTo(user.read(RandomUsers.SCHEMA) instanceof SignalReading.Accepted);
    }

    /** A request reads as the map of its signals does, alone and as a row. */
    @Property
    void requestReadsAsItsSignalsDo(@ForAll("users") Map<String, Object> user) {
        String json = "{\"signals\":" + Json.object(user) + "}";

        SignalReading reading = READER.user(json).read(RandomUsers.SCHEMA);

        assertThat(reading).isEqualTo(RandomUsers.SCHEMA.read(user));
        assertThat(READER.batch("{\"rows\":[" + json + "]}").rows().get(0).read(RandomUsers.SCHEMA))
                .isEqualTo(reading);
        assertThat(RandomUsers.SCHEMA.readJson(Json.object(user))).isEqualTo(reading);
    }

    @Provide
    Arbitrary<Map<String, Object>> users() {
        // Numbers that are not finite cannot be written.
        return Arbitraries.randomValue(RandomUsers::user)
                .filter(user -> user.values().stream()
                        .noneMatch(value -> value instanceof Double number && !Double.isFinite(number)));
    }

    /** JSON written by hand, since the library's writer is not what is tested. */
    private static final class Json {

        static String object(Map<String, Object> values) {
            StringBuilder json = new StringBuilder("{");
            values.forEach((name, value) -> json.append(json.length() == 1 ? "" : ",")
                    .append('"')
                    .append(name)
                    .append("\":")
                    .append(value instanceof String ? "\"" + value + "\"" : value));
            return json.append('}').toString();
        }
    }
}
