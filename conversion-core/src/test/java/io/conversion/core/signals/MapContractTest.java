package io.conversion.core.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.SignalReading.Refused;
import io.conversion.core.signals.Violation.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a map holds and whatever kind of map it is, reading it gives an answer and never an exception. */
class MapContractTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "trial",
            "1",
            Signal.numeric("hours").range(0, 1e6),
            Signal.numeric("sessions").wholeNumbers().range(0, 100).whenOutOfRange(WhenOutOfRange.CLIP),
            Signal.numeric("balance"),
            Signal.categorical("tier", "tier_1", "tier_2"),
            Signal.flag("invited"));

    private static Map<Object, Object> user() {
        return new HashMap<>(Map.of("hours", 6.5, "sessions", 9, "balance", -3, "tier", "tier_1", "invited", true));
    }

    private static SignalReading read(String signal, Object value) {
        Map<Object, Object> user = user();
        user.put(signal, value);
        return read(user);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // as callers hand maps over that do not look at their types
    private static SignalReading read(Map<?, ?> map) {
        return SCHEMA.read((Map) map);
    }

    private static List<Violation> violations(SignalReading reading) {
        return reading instanceof Refused refused ? refused.violations() : List.of();
    }

    @Property
    void oneContentHasOneAnswerInEveryKindOfMap(@ForAll("contents") Map<Object, Object> content) {
        SignalReading reading = read(content);
        Map<Object, Object> byAccess = new LinkedHashMap<>(16, 0.75f, true);
        byAccess.putAll(content);

        assertSame(read(new LinkedHashMap<>(content)), reading);
        assertSame(read(byAccess), reading);
        assertSame(read(Collections.unmodifiableMap(content)), reading);
        assertSame(read(new Lenient(content)), reading);
        if (!content.containsKey(null) && !content.containsValue(null)) {
            assertSame(read(Map.copyOf(content)), reading);
            assertSame(read(new ConcurrentHashMap<>(content)), reading);
        }
        assertThat(violations(reading))
                .allSatisfy(violation -> assertThat(violation.message()).hasSizeLessThan(500));
    }

    private static void assertSame(SignalReading actual, SignalReading expected) {
        assertThat(new HashSet<>(violations(actual))).isEqualTo(new HashSet<>(violations(expected)));
        if (violations(expected).isEmpty()) {
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Provide
    Arbitrary<Map<Object, Object>> contents() {
        Arbitrary<Object> names = Arbitraries.of(SCHEMA.names()).map(name -> name);
        Arbitrary<Object> others = Arbitraries.of(
                        Optional.of("hours"), 7, 'c', Kind.MISSING, List.of(), "Hours", "hour", "", "x".repeat(5_000))
                .injectNull(0.2);
        return Arbitraries.maps(Arbitraries.frequencyOf(Tuple.of(5, names), Tuple.of(1, others)), values())
                .ofMaxSize(9)
                .map(some -> {
                    Map<Object, Object> content = user();
                    content.putAll(some);
                    return content;
                });
    }

    private static Arbitrary<Object> values() {
        BigInteger huge = BigInteger.ONE.shiftLeft(700_000);
        return Arbitraries.of(
                1,
                2L,
                (short) 3,
                (byte) 4,
                5.5f,
                -0.0,
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                Long.MIN_VALUE,
                new AtomicLong(6),
                new LongAdder(),
                huge,
                huge.negate(),
                new BigDecimal("100E+2147483647"),
                new BigDecimal("-1E-2147483647"),
                new BigDecimal(huge, 210_000),
                new BigDecimal("0E+2147483647"),
                new Faulty(),
                "tier_2",
                "x".repeat(100_000),
                CharBuffer.wrap("tier_1"),
                true,
                Optional.empty(),
                List.of(1),
                new byte[] {1},
                'x');
    }

    /** Finds names that are spelt otherwise, as a class of somebody's own may do. */
    private static final class Lenient extends HashMap<Object, Object> {

        private static final long serialVersionUID = 1L;

        Lenient(Map<?, ?> content) {
            super(content);
        }

        @Override
        public @Nullable Object get(Object name) {
            return super.get(String.valueOf(name).toUpperCase(Locale.ROOT));
        }
    }

    /** A number that cannot be had. */
    private static final class Faulty extends Number {

        private static final long serialVersionUID = 1L;

        @Override
        public int intValue() {
            throw new IllegalStateException("the store is closed");
        }

        @Override
        public long longValue() {
            return intValue();
        }

        @Override
        public float floatValue() {
            return intValue();
        }

        @Override
        public double doubleValue() {
            return intValue();
        }
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    number              | message
                    100E+2147483647     | signal "hours": a number near 10^2147483650 is out of range, allowed is 0 to 1000000
                    -100E+2147483647    | signal "hours": a number near 10^2147483650 is out of range, allowed is 0 to 1000000
                    1E+400              | signal "hours": 1E+400 has no exact double; whole numbers are exact up to 2^53
                    9007199254740993    | signal "hours": 9007199254740993 has no exact double; whole numbers are exact up to 2^53
                    1000000.5           | signal "hours": 1000000.5 is out of range, allowed is 0 to 1000000
                    """)
    void numberOfArbitrarySizeIsRefusedInWords(BigDecimal number, String message) {
        assertThat(violations(read("hours", number)))
                .containsExactly(new Violation("hours", Kind.OUT_OF_RANGE, message));
    }

    @Test
    void numberOfManyDigitsIsNotWrittenOut() {
        BigInteger many = BigInteger.TEN.pow(200_000);

        assertThat(violations(read("balance", many)))
                .extracting(Violation::message)
                .containsExactly(
                        "signal \"balance\": a number of 664386 bits is out of range, allowed is what a double can"
                                + " hold");
        assertThat(violations(read("tier", many)))
                .extracting(Violation::message)
                .containsExactly("signal \"tier\": a number of 664386 bits is not one of [tier_1, tier_2] as text");
        assertThat(violations(read("balance", BigInteger.TEN.pow(400))))
                .extracting(Violation::message)
                .containsExactly("signal \"balance\": 1" + "0".repeat(76)
                        + "... has no exact double; whole numbers are exact up to 2^53");
    }

    /** The nearest double, as {@code Double.parseDouble} of the JDK finds it for the text of the number. */
    @Property
    void decimalIsTheNearestDouble(@ForAll("fractions") BigDecimal fraction) {
        Signals signals = read("balance", fraction).orElseThrow();

        assertThat(signals.number("balance")).hasValue(Double.parseDouble(fraction.toString()));
    }

    @Provide
    Arbitrary<BigDecimal> fractions() {
        Arbitrary<String> digits =
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(1_200);
        Arbitrary<Integer> exponents = Arbitraries.integers().between(-2_100, 0);
        // The last digit makes it a fraction.
        return Combinators.combine(digits, exponents, Arbitraries.of("", "-"))
                .as((text, exponent, sign) -> new BigDecimal(sign + text + ".5").scaleByPowerOfTen(exponent))
                .filter(number -> number.abs().compareTo(BigDecimal.valueOf(Double.MAX_VALUE)) < 0);
    }

    @Test
    void keyThatIsNoTextIsNamedByItsType() {
        Map<Object, Object> user = user();
        user.put(7, 1);
        user.remove("sessions");
        user.put(CharBuffer.wrap("sessions"), 9);

        assertThat(violations(read(user)))
                .extracting(Violation::message)
                .containsExactlyInAnyOrder(
                        "signal \"sessions\" is required by schema \"trial\" 1 but was not given",
                        "a key of type java.lang.Integer is not in schema \"trial\" 1",
                        "a key of type java.nio.StringCharBuffer is not in schema \"trial\" 1");
    }

    @ParameterizedTest
    @MethodSource
    void mapThatCannotBeReadIsAnAnswer(Map<Object, Object> map) {
        assertThat(violations(read(map))).singleElement().satisfies(violation -> {
            assertThat(violation.kind()).isEqualTo(Kind.UNREADABLE);
            assertThat(violation.message()).startsWith("the map of the signals cannot be read (java.lang.");
        });
    }

    static Stream<Map<Object, Object>> mapThatCannotBeReadIsAnAnswer() {
        return Stream.of(new HashMap<>(user()) {

            private static final long serialVersionUID = 1L;

            @Override
            public void forEach(java.util.function.BiConsumer<? super Object, ? super Object> action) {
                throw new IllegalStateException("the store is closed");
            }
        });
    }

    /** Identical, not equal: a map by identity holds the names of the schema only if they are the very same texts. */
    @Test
    void mapByIdentityIsReadByItsEntries() {
        IdentityHashMap<Object, Object> byIdentity = new IdentityHashMap<>();
        user().forEach((name, value) -> byIdentity.put(new String((String) name), value));

        assertThat(read(byIdentity)).isEqualTo(read(user()));
    }

    /** As another thread would, but at a moment that is certain: while the map is read. */
    @ParameterizedTest
    @ValueSource(strings = {"hours", "balance"})
    void mapThatIsWrittenWhileItIsReadIsRefused(String signal) {
        Map<Object, Object> shared = user();
        shared.put(signal, new Callback(() -> {
            shared.put("x", 1);
            shared.remove("invited");
            return 2.0;
        }));

        assertThat(violations(read(shared)))
                .singleElement()
                .isEqualTo(new Violation(
                        "",
                        Kind.UNREADABLE,
                        "the map of the signals cannot be read (java.util.ConcurrentModificationException); hand over one"
                                + " that nobody writes meanwhile"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hours", "sessions", "balance", "tier", "invited"})
    void numberOfTheCallerThatFailsIsNamedWithItsSignal(String signal) {
        Callback failing = new Callback(() -> {
            throw new UnsupportedOperationException("planted");
        });
        BigDecimal extended = new BigDecimal("1.5") {

            private static final long serialVersionUID = 1L;

            @Override
            public BigInteger unscaledValue() {
                throw new IllegalStateException("planted");
            }
        };

        for (Number number : List.of(failing, extended)) {
            assertThat(violations(read(signal, number))).singleElement().satisfies(violation -> {
                assertThat(violation.signal()).isEqualTo(signal);
                assertThat(violation.kind()).isEqualTo(Kind.WRONG_TYPE);
                assertThat(violation.message())
                        .contains(
                                "a number of type " + number.getClass().getName() + " that cannot be read (java.lang.")
                        .doesNotContain("planted");
            });
        }
    }

    /** A number of a class of the caller. */
    private static final class Callback extends Number {

        private static final long serialVersionUID = 1;

        private final transient DoubleSupplier value;

        Callback(DoubleSupplier value) {
            this.value = value;
        }

        @Override
        public int intValue() {
            return (int) doubleValue();
        }

        @Override
        public long longValue() {
            return (long) doubleValue();
        }

        @Override
        public float floatValue() {
            return (float) doubleValue();
        }

        @Override
        public double doubleValue() {
            return value.getAsDouble();
        }
    }
}
