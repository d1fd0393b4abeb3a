package io.conversion.core.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.conversion.core.ClosedModule;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.core.signals.SignalReading.Accepted;
import io.conversion.core.signals.SignalReading.Refused;
import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SignalBindingTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "trial-users",
            "2",
            Signal.numeric("sessions_7d").wholeNumbers().range(0, 500),
            Signal.numeric("content_hours")
                    .range(0, 168)
                    .whenMissing(WhenMissing.IMPUTE)
                    .whenOutOfRange(WhenOutOfRange.CLIP),
            Signal.categorical("country_tier", "tier_1", "tier_2"),
            Signal.categorical("channel", "search", "social")
                    .whenMissing(WhenMissing.IMPUTE)
                    .whenUnseen(WhenUnseen.average()),
            Signal.flag("weekend").whenMissing(WhenMissing.IMPUTE));

    private static final SignalSchema NUMBER = SignalSchema.of(
            "number", "1", Signal.numeric("x").range(-1e300, 1e300).whenMissing(WhenMissing.IMPUTE));

    private static final SignalSchema FLAG =
            SignalSchema.of("flag", "1", Signal.flag("x").whenMissing(WhenMissing.IMPUTE));

    private static final SignalSchema PLAN = SignalSchema.of(
            "plan", "1", Signal.categorical("x", "per-month", "year").whenMissing(WhenMissing.IMPUTE));

    enum Tier {
        TIER_1,
        TIER_2
    }

    /** Each constant is of a class of its own. */
    enum Plan {
        PER_MONTH {
            @Override
            int months() {
                return 1;
            }
        },
        @SignalName("year")
        ANNUAL {
            @Override
            int months() {
                return 12;
            }
        };

        abstract int months();
    }

    /** The components stand in another order than the signals, and are spelt otherwise. */
    record User(
            @Nullable Boolean weekend,
            int sessions7d,
            @SignalName("channel") @Nullable String firstVisit,
            @Nullable Tier countryTier,
            OptionalDouble contentHours) {}

    private static User user() {
        return new User(true, 4, "social", Tier.TIER_2, OptionalDouble.of(9.25));
    }

    // The map of a user whose signals are clean.
    private static Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("sessions_7d", 4);
        values.put("content_hours", 9.25);
        values.put("country_tier", "tier_2");
        values.put("channel", "social");
        values.put("weekend", true);
        return values;
    }

    @Test
    void componentsAreMatchedByNameWithoutLetterCaseAndSeparatorsOrByAnnotation() {
        SignalBinding<User> binding = SignalBinding.of(User.class, SCHEMA);

        Signals signals = binding.signalsOf(user());

        assertThat(signals).isEqualTo(SCHEMA.read(values()).orElseThrow());
        assertThat(binding.read(user())).isEqualTo(SCHEMA.read(values()));
        assertThat(binding.schema()).isSameAs(SCHEMA);
    }

    // One record for each type that a component may have.

    record OfByte(byte x) {}

    record OfShort(short x) {}

    record OfInt(int x) {}

    record OfLong(long x) {}

    record OfFloat(float x) {}

    record OfDouble(double x) {}

    record OfBoxedInt(@Nullable Integer x) {}

    record OfBoxedLong(@Nullable Long x) {}

    record OfBoxedShort(@Nullable Short x) {}

    record OfBoxedFloat(@Nullable Float x) {}

    record OfBoxedDouble(@Nullable Double x) {}

    record OfBigDecimal(@Nullable BigDecimal x) {}

    record OfBigInteger(@Nullable BigInteger x) {}

    record OfAtomicLong(@Nullable AtomicLong x) {}

    record OfNumber(@Nullable Number x) {}

    record OfOptionalInt(@Nullable OptionalInt x) {}

    record OfOptionalLong(OptionalLong x) {}

    record OfOptionalDouble(OptionalDouble x) {}

    record OfOptionalInteger(Optional<Integer> x) {}

    record OfOptionalBigDecimal(Optional<BigDecimal> x) {}

    static Stream<Arguments> numbers() {
        return Stream.of(
                arguments(new OfByte((byte) -3), (byte) -3),
                arguments(new OfShort((short) 300), (short) 300),
                arguments(new OfInt(4), 4),
                arguments(new OfLong(-4), -4L),
                arguments(new OfLong(1L << 53), 1L << 53),
                arguments(new OfLong(1L << 54), 1L << 54),
                arguments(new OfLong(Long.MIN_VALUE), Long.MIN_VALUE),
                arguments(new OfFloat(0.1f), 0.1f),
                arguments(new OfDouble(-0.0), -0.0),
                arguments(new OfDouble(1e300), 1e300),
                arguments(new OfBoxedInt(4), 4),
                arguments(new OfBoxedLong(4L), 4L),
                arguments(new OfBoxedShort((short) 4), (short) 4),
                arguments(new OfBoxedFloat(2.5f), 2.5f),
                arguments(new OfBoxedDouble(2.5), 2.5),
                arguments(new OfBigDecimal(new BigDecimal("0.1")), 0.1),
                arguments(new OfBigInteger(BigInteger.TWO.pow(64)), 0x1p64),
                arguments(new OfAtomicLong(new AtomicLong(7)), 7),
                arguments(new OfNumber(7), 7),
                arguments(new OfNumber(7.5), 7.5),
                arguments(new OfOptionalInt(OptionalInt.of(4)), 4),
                arguments(new OfOptionalLong(OptionalLong.of(4)), 4),
                arguments(new OfOptionalDouble(OptionalDouble.of(4.5)), 4.5),
                arguments(new OfOptionalInteger(Optional.of(4)), 4),
                arguments(new OfOptionalBigDecimal(Optional.of(new BigDecimal("4.5"))), 4.5));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void numberMayBeOfAnyTypeOfNumbers(Record user, Number value) {
        SignalReading reading = read(user, NUMBER);

        assertThat(reading).isEqualTo(NUMBER.read(Map.of("x", value)));
        assertThat(reading.orElseThrow().number("x")).hasValue(value.doubleValue());
    }

    static Stream<Record> missingNumbers() {
        return Stream.of(
                new OfBoxedInt(null),
                new OfBoxedLong(null),
                new OfBoxedShort(null),
                new OfBoxedFloat(null),
                new OfBoxedDouble(null),
                new OfBigDecimal(null),
                new OfBigInteger(null),
                new OfAtomicLong(null),
                new OfNumber(null),
                new OfOptionalInt(OptionalInt.empty()),
                new OfOptionalInt(null),
                new OfOptionalLong(OptionalLong.empty()),
                new OfOptionalDouble(OptionalDouble.empty()),
                new OfOptionalInteger(Optional.empty()),
                new OfOptionalBigDecimal(Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("missingNumbers")
    void nullAndAnEmptyOptionalAreMissing(Record user) {
        SignalReading reading = read(user, NUMBER);

        assertThat(reading).isEqualTo(NUMBER.read(Map.of()));
        assertThat(reading.orElseThrow().number("x")).isEmpty();
    }

    static Stream<Arguments> badNumbers() {
        return Stream.of(
                arguments(
                        new OfLong((1L << 53) + 1),
                        "signal \"x\": 9007199254740993 has no exact double; whole numbers are exact up to 2^53"),
                arguments(
                        new OfBoxedLong(-(1L << 53) - 1),
                        "signal \"x\": -9007199254740993 has no exact double; whole numbers are exact up to 2^53"),
                arguments(
                        new OfOptionalLong(OptionalLong.of(Long.MAX_VALUE)),
                        "signal \"x\": 9223372036854775807 has no exact double; whole numbers are exact up to 2^53"),
                arguments(new OfFloat(Float.NaN), "signal \"x\": NaN is not a finite number"),
                arguments(new OfDouble(Double.NaN), "signal \"x\": NaN is not a finite number"),
                arguments(
                        new OfBoxedDouble(Double.NEGATIVE_INFINITY), "signal \"x\": -Infinity is not a finite number"),
                arguments(
                        new OfDouble(1.5e300), "signal \"x\": 1.5E300 is out of range, allowed is -1.0E300 to 1.0E300"),
                arguments(
                        new OfBigDecimal(new BigDecimal("1e400")),
                        "signal \"x\": 1E+400 has no exact double; whole numbers are exact up to 2^53"));
    }

    @ParameterizedTest
    @MethodSource("badNumbers")
    void numberThatTheSchemaRefusesIsRefused(Record user, String message) {
        assertThat(messages(read(user, NUMBER))).containsExactly(message);
    }

    record OfBoolean(boolean x) {}

    record OfBoxedBoolean(@Nullable Boolean x) {}

    @SuppressWarnings("NullableOptional") // what a caller may do
    record OfOptionalBoolean(@Nullable Optional<Boolean> x) {}

    @Test
    void flagMayBeAPrimitiveABoxedOrAnOptionalBoolean() {
        for (boolean value : new boolean[] {true, false}) {
            SignalReading expected = FLAG.read(Map.of("x", value));

            assertThat(read(new OfBoolean(value), FLAG)).isEqualTo(expected);
            assertThat(read(new OfBoxedBoolean(value), FLAG)).isEqualTo(expected);
            assertThat(read(new OfOptionalBoolean(Optional.of(value)), FLAG)).isEqualTo(expected);
        }
        assertThat(read(new OfBoxedBoolean(null), FLAG)).isEqualTo(FLAG.read(Map.of()));
        assertThat(read(new OfOptionalBoolean(Optional.empty()), FLAG)).isEqualTo(FLAG.read(Map.of()));
        assertThat(read(new OfOptionalBoolean(null), FLAG)).isEqualTo(FLAG.read(Map.of()));
    }

    record OfString(@Nullable String x) {}

    record OfOptionalString(Optional<String> x) {}

    record OfEnum(@Nullable Plan x) {}

    record OfOptionalEnum(Optional<Plan> x) {}

    @Test
    void levelMayBeATextOrAnEnumOrAnOptionalOfEither() {
        SignalReading month = PLAN.read(Map.of("x", "per-month"));
        SignalReading year = PLAN.read(Map.of("x", "year"));
        SignalReading missing = PLAN.read(Map.of());

        assertThat(read(new OfString("year"), PLAN)).isEqualTo(year);
        assertThat(read(new OfString(null), PLAN)).isEqualTo(missing);
        assertThat(read(new OfOptionalString(Optional.of("per-month")), PLAN)).isEqualTo(month);
        assertThat(read(new OfOptionalString(Optional.empty()), PLAN)).isEqualTo(missing);
        assertThat(read(new OfEnum(Plan.PER_MONTH), PLAN)).isEqualTo(month);
        assertThat(read(new OfEnum(Plan.ANNUAL), PLAN)).isEqualTo(year);
        assertThat(read(new OfEnum(null), PLAN)).isEqualTo(missing);
        assertThat(read(new OfOptionalEnum(Optional.of(Plan.ANNUAL)), PLAN)).isEqualTo(year);
        assertThat(read(new OfOptionalEnum(Optional.empty()), PLAN)).isEqualTo(missing);
    }

    @Test
    void levelIsComparedExactly() {
        assertThat(messages(read(new OfString("Year"), PLAN)))
                .containsExactly(
                        "signal \"x\": level \"Year\" is not one of [per-month, year]; did you mean \"year\"?");
    }

    enum Spelt {
        @SignalName("year")
        PER_MONTH,
        @SignalName("per-month")
        YEAR
    }

    record OfSpelt(Spelt x) {}

    @Test
    void annotationOfAConstantGoesBeforeItsName() {
        assertThat(read(new OfSpelt(Spelt.YEAR), PLAN)).isEqualTo(PLAN.read(Map.of("x", "per-month")));
        assertThat(read(new OfSpelt(Spelt.PER_MONTH), PLAN)).isEqualTo(PLAN.read(Map.of("x", "year")));
    }

    @Test
    void valuesThatAreNotCleanAreScoredByTheSameRulesAsInAMap() {
        Map<String, Object> values = values();
        values.put("content_hours", 200.5);
        values.put("channel", "poster");
        values.remove("weekend");

        SignalReading reading = SignalBinding.of(User.class, SCHEMA)
                .read(new User(null, 4, "poster", Tier.TIER_2, OptionalDouble.of(200.5)));

        assertThat(reading).isEqualTo(SCHEMA.read(values));
        assertThat(reading.orElseThrow().substitutions())
                .containsExactly(
                        new Substitution("content_hours", Rule.CLIPPED, "200.5"),
                        new Substitution("channel", Rule.UNSEEN, "poster"),
                        new Substitution("weekend", Rule.MISSING, ""));
    }

    @Test
    void refusedValuesAreNamedAsOfAMapEveryOne() {
        Map<String, Object> values = values();
        values.put("sessions_7d", 501);
        values.put("content_hours", Double.NaN);
        values.remove("country_tier");
        SignalBinding<User> binding = SignalBinding.of(User.class, SCHEMA);
        User user = new User(true, 501, "social", null, OptionalDouble.of(Double.NaN));

        SignalReading reading = binding.read(user);

        assertThat(reading).isEqualTo(SCHEMA.read(values)).isInstanceOf(Refused.class);
        assertThatExceptionOfType(InvalidSignalsException.class)
                .isThrownBy(() -> binding.signalsOf(user))
                .withMessage("""
                        3 violations:
                          signal "sessions_7d": 501 is out of range, allowed is 0 to 500
                          signal "content_hours": NaN is not a finite number
                          signal "country_tier" is required by schema "trial-users" 2 but was not given""");
    }

    @Test
    void refusedUserDoesNotDisturbTheNext() {
        SignalBinding<User> binding = SignalBinding.of(User.class, SCHEMA);

        assertThat(binding.read(new User(true, -1, null, null, OptionalDouble.empty())))
                .isInstanceOf(Refused.class);
        assertThat(binding.read(user())).isEqualTo(SCHEMA.read(values()));
    }

    private record Secret(int x) {}

    @Test
    void recordThatOnlyTheCallerMayReadIsBoundByItsLookup() {
        SignalBinding<Secret> binding = SignalBinding.of(Secret.class, NUMBER, MethodHandles.lookup());

        assertThat(binding.read(new Secret(3))).isEqualTo(NUMBER.read(Map.of("x", 3)));
    }

    @Test
    void lookupThatMayNotReadTheRecordIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalBinding.of(Secret.class, NUMBER, MethodHandles.publicLookup()))
                .withMessage("""
                        record io.conversion.core.signals.SignalBindingTest$Secret cannot be bound to signal schema "number" 1:
                          component "x" is not accessible by the given lookup java.lang.Object/publicLookup""");
    }

    @Test
    void recordInAPackageThatIsNotOpenIsRefusedWithWhatToDo() throws Exception {
        Class<? extends Record> type = ClosedModule.copyOf(OfInt.class);

        assertThat(type.getModule().getName()).isEqualTo("closed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalBinding.of(type, NUMBER))
                .withMessage("""
                        record io.conversion.core.signals.SignalBindingTest$OfInt cannot be bound to signal schema "number" 1:
                          component "x" is not accessible to io.conversion.core; open the record's package to it, or pass MethodHandles.lookup()""");
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without a null checker may do
    void nullIsNoUserAndNoLookup() {
        SignalBinding<User> binding = SignalBinding.of(User.class, SCHEMA);

        assertThatNullPointerException().isThrownBy(() -> binding.read(null));
        assertThatNullPointerException().isThrownBy(() -> binding.signalsOf(null));
        assertThatNullPointerException().isThrownBy(() -> SignalBinding.of(User.class, SCHEMA, null));
    }

    record Throwing(int x) {
        @Override
        public int x() {
            throw new IllegalStateException("x is not known yet");
        }
    }

    @Test
    void exceptionOfAnAccessorIsTheCallers() {
        SignalBinding<Throwing> binding = SignalBinding.of(Throwing.class, NUMBER);

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> binding.read(new Throwing(1)))
                .withMessage("x is not known yet");
    }

    enum Country {
        TIER_1,
        GERMANY
    }

    record Misfit(
            int sesions7d, OptionalDouble contentHours, Country countryTier, String channel, List<Boolean> weekend) {}

    /** A component of no signal, a signal without a component, a wrong type, and an enum that is not the levels. */
    @Test
    void everythingThatDoesNotFitIsListedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalBinding.of(Misfit.class, SCHEMA))
                .withMessage("""
                        record io.conversion.core.signals.SignalBindingTest$Misfit cannot be bound to signal schema "trial-users" 2:
                          component "sesions7d" matches no signal of the schema; did you mean "sessions_7d"?
                          component "countryTier" is of enum Country, which does not match the levels of signal "country_tier" one to one: no level for the constants [GERMANY], no constant for the levels [tier_2]
                          component "weekend" is of type List<Boolean>; signal "weekend" takes a boolean
                          signal "sessions_7d" has no component; add one, and let it be empty or null where the signal is missing""");
    }

    record Twice(int x, @SignalName("x") int again) {}

    @Test
    void signalHasOneComponent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalBinding.of(Twice.class, NUMBER))
                .withMessage("""
                        record io.conversion.core.signals.SignalBindingTest$Twice cannot be bound to signal schema "number" 1:
                          component "again" holds signal "x", and so does component "x\"""");
    }

    record Ambiguous(int userid) {}

    @Test
    void nameThatIsLikeTwoSignalsIsRefused() {
        SignalSchema schema = SignalSchema.of("ids", "1", Signal.numeric("user_id"), Signal.numeric("userId"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalBinding.of(Ambiguous.class, schema))
                .withMessage("""
                        record io.conversion.core.signals.SignalBindingTest$Ambiguous cannot be bound to signal schema "ids" 1:
                          component "userid" matches the signals [user_id, userId]; say which with @SignalName
                          signal "user_id" has no component; add one, and let it be empty or null where the signal is missing
                          signal "userId" has no component; add one, and let it be empty or null where the signal is missing""");
    }

    record Exact(int userId, int user_id) {}

    @Test
    void exactNameGoesBeforeAnAlikeOne() {
        SignalSchema schema = SignalSchema.of("ids", "1", Signal.numeric("user_id"), Signal.numeric("userId"));

        assertThat(read(new Exact(1, 2), schema)).isEqualTo(schema.read(Map.of("userId", 1, "user_id", 2)));
    }

    record Misspelt(@SignalName("session_7d") int x) {}

    @Test
    void annotationMustNameASignalExactly() {
        SignalSchema schema = SignalSchema.of("sessions", "1", Signal.numeric("sessions_7d"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalBinding.of(Misspelt.class, schema))
                .withMessage("""
                        record io.conversion.core.signals.SignalBindingTest$Misspelt cannot be bound to signal schema "sessions" 1:
                          component "x" is annotated with signal "session_7d", which the schema does not have; did you mean "sessions_7d"?
                          signal "sessions_7d" has no component; add one, and let it be empty or null where the signal is missing""");
    }

    enum Fewer {
        PER_MONTH
    }

    enum More {
        PER_MONTH,
        YEAR,
        DECADE
    }

    enum Both {
        PER_MONTH,
        PERMONTH
    }

    enum Unknown {
        PER_MONTH,
        @SignalName("Year")
        YEAR
    }

    record OfFewer(Fewer x) {}

    record OfMore(More x) {}

    record OfBoth(Both x) {}

    record OfUnknown(Unknown x) {}

    static Stream<Arguments> enums() {
        return Stream.of(
                arguments(OfFewer.class, "Fewer", " no constant for the levels [year]"),
                arguments(OfMore.class, "More", " no level for the constants [DECADE]"),
                arguments(
                        OfBoth.class,
                        "Both",
                        " no level for the constants [PERMONTH], no constant for the levels [year]"),
                arguments(
                        OfUnknown.class,
                        "Unknown",
                        " no level for the constants [YEAR], no constant for the levels [year]"));
    }

    @ParameterizedTest
    @MethodSource("enums")
    void constantsAndLevelsAreOneToOne(Class<? extends Record> type, String name, String difference) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalBinding.of(type, PLAN))
                .withMessage("record " + type.getName() + " cannot be bound to signal schema \"plan\" 1:\n"
                        + "  component \"x\" is of enum " + name
                        + ", which does not match the levels of signal \"x\" one to one:" + difference);
    }

    enum Single {
        AB
    }

    record OfSingle(Single x) {}

    @Test
    void constantThatIsLikeTwoLevelsIsNoneOfThem() {
        SignalSchema schema = SignalSchema.of("levels", "1", Signal.categorical("x", "a-b", "a_b"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalBinding.of(OfSingle.class, schema))
                .withMessageEndingWith("no level for the constants [AB], no constant for the levels [a-b, a_b]");
    }

    record OfChar(char x) {}

    record OfNestedOptional(Optional<List<String>> x) {}

    record OfWildcard(Optional<? extends Number> x) {}

    @SuppressWarnings("rawtypes")
    record OfRaw(Optional x) {}

    static Stream<Arguments> wrongTypes() {
        return Stream.of(
                arguments(OfChar.class, NUMBER, "char", "a number"),
                arguments(OfBoolean.class, NUMBER, "boolean", "a number"),
                arguments(OfString.class, NUMBER, "String", "a number"),
                arguments(OfEnum.class, NUMBER, "Plan", "a number"),
                arguments(OfWildcard.class, NUMBER, "Optional<? extends Number>", "a number"),
                arguments(OfRaw.class, NUMBER, "Optional", "a number"),
                arguments(OfInt.class, FLAG, "int", "a boolean"),
                arguments(OfOptionalString.class, FLAG, "Optional<String>", "a boolean"),
                arguments(OfBoolean.class, PLAN, "boolean", "a String or an enum of its levels"),
                arguments(OfInt.class, PLAN, "int", "a String or an enum of its levels"),
                arguments(OfNestedOptional.class, PLAN, "Optional<List<String>>", "a String or an enum of its levels"));
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void typeMustFitTheSignal(Class<? extends Record> type, SignalSchema schema, String found, String allowed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalBinding.of(type, schema))
                .withMessage("record " + type.getName() + " cannot be bound to signal schema " + schema + ":\n"
                        + "  component \"x\" is of type " + found + "; signal \"x\" takes " + allowed);
    }

    record Nothing() {}

    @Test
    void recordWithoutComponentsHasNoSignals() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalBinding.of(Nothing.class, NUMBER))
                .withMessage("""
                        record io.conversion.core.signals.SignalBindingTest$Nothing cannot be bound to signal schema "number" 1:
                          signal "x" has no component; add one, and let it be empty or null where the signal is missing""");
    }

    @SuppressWarnings("unchecked") // the class of an object is that of its type
    private static <T extends Record> SignalReading read(T user, SignalSchema schema) {
        SignalBinding<T> binding = SignalBinding.of((Class<T>) user.getClass(), schema);
        SignalReading reading = binding.read(user);
        if (reading instanceof Accepted accepted) {
            assertThat(binding.signalsOf(user)).isEqualTo(accepted.signals());
        }
        return reading;
    }

    private static List<String> messages(SignalReading reading) {
        return reading instanceof Refused refused
                ? refused.violations().stream().map(Violation::message).toList()
                : List.of();
    }
}
