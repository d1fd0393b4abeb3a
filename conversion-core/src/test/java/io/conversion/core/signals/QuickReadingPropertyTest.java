package io.conversion.core.signals;

import static io.conversion.core.Fixtures.SCHEMA;
import static io.conversion.core.Fixtures.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick ways of reading a map or JSON answer as the thorough ones do, whatever they are given. */
class QuickReadingPropertyTest {

    private static final List<Function<Map<String, Object>, Map<String, Object>>> KINDS =
            List.of(LinkedHashMap::new, TreeMap::new, Collections::unmodifiableMap, Collections::synchronizedMap);

    @Property
    void mapIsReadAsValueByValue(
            @ForAll("users") Map<String, Object> user, @ForAll Random random, @ForAll("kinds") int kind) {
        SignalReading reading = SCHEMA.read(KINDS.get(kind).apply(shuffled(user, random)));

        assertThat(reading).isEqualTo(valueByValue(user));
    }

    @Provide
    Arbitrary<Integer> kinds() {
        return Arbitraries.integers().between(0, KINDS.size() - 1);
    }

    private static SignalReading valueByValue(Map<String, Object> user) {
        SignalsBuilder builder = SCHEMA.signals();
        user.forEach((name, value) -> builder.set(SCHEMA.position(name), value));
        return builder.read();
    }

    private static Map<String, Object> shuffled(Map<String, Object> user, Random random) {
        List<String> names = new ArrayList<>(user.keySet());
        Collections.shuffle(names, random);
        Map<String, Object> shuffled = new LinkedHashMap<>();
        names.forEach(name -> shuffled.put(name, user.get(name)));
        return shuffled;
    }

    /** A user of whom some values are missing, null, or not clean. */
    @Provide
    Arbitrary<Map<String, Object>> users() {
        Arbitrary<Object> values = Arbitraries.<Object>of(
                        0, 7L, -3, 2.5, 200.0, Long.MAX_VALUE, Double.NaN, "tier_2", "café", "radio", true, false)
                .injectNull(0.2);
        Arbitrary<String> names = Arbitraries.of(SCHEMA.names());
        return Arbitraries.maps(names, values)
                .ofMaxSize(3)
                .flatMap(changes -> Arbitraries.of(SCHEMA.names())
                        .set()
                        .ofMaxSize(3)
                        .map(left -> {
                            Map<String, Object> user = new LinkedHashMap<>(user());
                            user.putAll(changes);
                            user.keySet().removeAll(left);
                            return user;
                        }));
    }

    @Test
    void nameGivenTwiceIsRefusedAlsoWhereAnotherOneIsMissing() {
        IdentityHashMap<String, Object> twice = new IdentityHashMap<>();
        user().forEach((name, value) -> {
            // Another one may be missing, so that there are as many names as signals.
            if (!name.equals("weekend")) {
                twice.put(name, value);
            }
        });
        twice.put(new String("referrals"), 1);

        assertThat(SCHEMA.read(twice))
                .isInstanceOfSatisfying(
                        SignalReading.Refused.class,
                        refused -> assertThat(refused.violations())
                                .extracting(Violation::kind)
                                .containsExactly(Violation.Kind.SET_TWICE));
    }

    @Property(tries = 1_500)
    void jsonIsReadAsByTheStrictParser(@ForAll("documents") byte[] json) {
        SignalReading strict = SignalJson.thorough(SCHEMA, json);

        assertThat(SCHEMA.readJson(json)).isEqualTo(strict);
        String text = new String(json, StandardCharsets.UTF_8);
        assertThat(SCHEMA.readJson(text)).isEqualTo(SignalJson.thorough(SCHEMA, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A user as JSON in which a few pieces are replaced by others, or cut out. */
    @Provide
    Arbitrary<byte[]> documents() {
        Arbitrary<String> numbers = Arbitraries.of(
                "0",
                "-0",
                "-0.0",
                "00",
                "01",
                "1.",
                ".5",
                "1.50",
                "-",
                "--1",
                "+1",
                "1e2",
                "1E2",
                "NaN",
                "Infinity",
                "9007199254740993",
                "999999999999999",
                "9999999999999999",
                "0.1",
                "0.30000000000000004",
                "3.14159265358979",
                "123456789.123456",
                "0.000000000000001",
                "0.0000000000000001",
                "1.5.2",
                "1 2",
                "00000000000000000001");
        Arbitrary<String> others = Arbitraries.of(
                "\"",
                "\"\"",
                "\\",
                "\"tier_1\"",
                "\"tier\\u005f1\"",
                "\"café\"",
                "\"radio\"",
                "true",
                "truely",
                "false",
                "null",
                "{}",
                "[]",
                "{",
                "}",
                ",",
                ":",
                " ",
                "\t\r\n",
                "\u00a0",
                "\ufeff",
                "\u0000",
                "\"weekend\"",
                "\"weekend\":true,",
                "\"weekend\":null,",
                "'",
                "/**/");
        Arbitrary<String> pieces = Arbitraries.frequencyOf(Tuple.of(2, numbers), Tuple.of(1, others));
        Arbitrary<Boolean> pretty = Arbitraries.of(true, false);
        return pretty.flatMap(indented -> pieces.list()
                .ofMaxSize(2)
                .flatMap(some -> Arbitraries.randoms().map(random -> {
                    String json = spelling(shuffled(user(), random), indented);
                    for (String piece : some) {
                        json = changed(json, piece, random);
                    }
                    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
                    if (bytes.length > 0 && random.nextInt(10) == 0) {
                        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                    }
                    return bytes;
                })));
    }

    private static String spelling(Map<String, Object> user, boolean indented) {
        String pretty = JsonText.pretty(user);
        return indented ? pretty : pretty.replaceAll("\\s+", "");
    }

    /** Mostly in the place of a whole value. */
    private static String changed(String json, String piece, Random random) {
        int colon = json.indexOf(':', random.nextInt(json.length() + 1));
        if (colon >= 0 && random.nextInt(4) > 0) {
            int end = colon + 1;
            while (end < json.length() && ",}\n".indexOf(json.charAt(end)) < 0) {
                end++;
            }
            return json.substring(0, colon + 1) + piece + json.substring(end);
        }
        int from = random.nextInt(json.length() + 1);
        int to = Math.min(json.length(), from + random.nextInt(4));
        return json.substring(0, from) + piece + json.substring(to);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hours\":6.5,\"tier\":\"tier_1\",\"invited\":true}",
                " { \"tier\" : \"tier_1\" ,\r\n\t\"invited\" : false , \"hours\" : 0 } \n",
                "{\"hours\":-123456789.123456,\"invited\":true,\"tier\":\"tier_2\"}",
                "{\"invited\":true,\"tier\":\"tier_2\"}"
            })
    void plainJsonNeedsNoParser(String json) {
        SignalSchema schema = SignalSchema.of(
                "trial",
                "1",
                Signal.numeric("hours").whenMissing(WhenMissing.IMPUTE),
                Signal.categorical("tier", "tier_1", "tier_2"),
                Signal.flag("invited"));
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        CompiledSignal[] compiled = {schema.compiled(0), schema.compiled(1), schema.compiled(2)};

        Signals quick = new CleanJson(new CleanSignals(schema, compiled), compiled).read(bytes);

        assertThat(quick).isEqualTo(SignalJson.thorough(schema, bytes).orElseThrow());
    }

    /** A name may hold what ends a text in JSON; only its escapes spell it. */
    @Test
    void nameThatNeedsEscapesIsNotTakenAsItStands() {
        SignalSchema schema = SignalSchema.of("odd", "1", Signal.flag("a\":true,\"b"));

        assertThat(schema.readJson("{\"a\":true,\"b\":true}")).isInstanceOf(SignalReading.Refused.class);
        assertThat(schema.readJson("{\"a\\\":true,\\\"b\":true}")).isInstanceOf(SignalReading.Accepted.class);
    }

    /** Half of a surrogate pair becomes a question mark where text is encoded. */
    @Test
    void textThatCannotBeEncodedIsNoQuestionMark() {
        SignalSchema schema = SignalSchema.of("odd", "1", Signal.categorical("answer", "?", "!"));

        assertThat(schema.readJson("{\"answer\":\"?\"}")).isInstanceOf(SignalReading.Accepted.class);
        assertThat(schema.readJson("{\"answer\":\"\ud800\"}")).isInstanceOf(SignalReading.Refused.class);
    }
}
