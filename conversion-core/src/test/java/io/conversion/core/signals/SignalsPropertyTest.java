package io.conversion.core.signals;

import static io.conversion.core.Fixtures.SCHEMA;
import static io.conversion.core.Fixtures.finiteDoubles;
import static io.conversion.core.Fixtures.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.core.signals.SignalReading.Accepted;
import io.conversion.core.signals.SignalReading.Refused;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SignalsPropertyTest {

    @Property
    void readingAMapNeverThrowsWhateverItHolds(@ForAll("maps") Map<String, Object> map) {
        SignalReading reading = SCHEMA.read(map);

        if (reading instanceof Refused refused) {
            assertThat(refused.violations())
                    .isNotEmpty()
                    .allSatisfy(violation -> assertThat(violation.message()).startsWith("signal \""));
        } else {
            assertThat(reading.orElseThrow().schema()).isSameAs(SCHEMA);
        }
    }

    /** Each name and each null is there to be seen: as a value, as a rule in the evidence, or as a violation. */
    @Property
    void nothingIsSilentlyIgnored(@ForAll("maps") Map<String, Object> map) {
        SignalReading reading = SCHEMA.read(map);

        List<String> named = new ArrayList<>();
        if (reading instanceof Refused refused) {
            refused.violations().forEach(violation -> named.add(violation.signal()));
            assertThat(map.keySet().stream().filter(name -> SCHEMA.find(name).isEmpty()))
                    .isSubsetOf(named);
        } else {
            Signals signals = reading.orElseThrow();
            signals.substitutions().forEach(substitution -> named.add(substitution.signal()));
            for (Signal signal : SCHEMA.declared()) {
                Object given = map.get(signal.name());
                boolean asGiven = given != null && isScoredAs(signals, signal, given);
                assertThat(asGiven).as(signal.name()).isNotEqualTo(named.contains(signal.name()));
            }
            assertThat(SCHEMA.declared()).extracting(Signal::name).containsAll(map.keySet());
        }
    }

    @Property
    void mapAndBuilderAgree(@ForAll("maps") Map<String, Object> map) {
        map.values()
                .removeIf(value -> !(value == null
                        || value instanceof Double
                        || value instanceof Long
                        || value instanceof String
                        || value instanceof Boolean));
        SignalsBuilder builder = SCHEMA.signals();
        map.forEach((name, value) -> {
            if (value instanceof Double number) {
                builder.set(name, number);
            } else if (value instanceof Long number) {
                builder.set(name, number);
            } else if (value instanceof String level) {
                builder.set(name, level);
            } else if (value instanceof Boolean flag) {
                builder.set(name, flag);
            } else {
                builder.setMissing(name);
            }
        });

        assertThat(SCHEMA.read(map)).isEqualTo(builder.read());
    }

    @Property
    void acceptedSignalsReadTheSameAgain(@ForAll("maps") Map<String, Object> map) {
        SignalReading reading = SCHEMA.read(map);

        assertThat(SCHEMA.read(new LinkedHashMap<>(map))).isEqualTo(reading);
        if (reading instanceof Accepted accepted) {
            assertThat(accepted.signals().substitutions())
                    .extracting(Substitution::signal)
                    .doesNotHaveDuplicates();
        }
    }

    /** Mostly a valid user with a few entries replaced or added, since arbitrary maps alone would all be refused. */
    @Provide
    Arbitrary<Map<String, Object>> maps() {
        Arbitrary<String> known = Arbitraries.of(SCHEMA.declared()).map(Signal::name);
        Arbitrary<String> near = Arbitraries.of("Weekend", "content-hours", "", " ", "null", "account_age ");
        Arbitrary<String> names = Arbitraries.oneOf(
                known, known, known, known, near, Arbitraries.strings().ofMaxLength(20));
        Arbitrary<Map<String, Object>> changes =
                Arbitraries.maps(names, values()).ofMaxSize(4);
        return changes.map(entries -> {
            Map<String, Object> map = user();
            map.putAll(entries);
            return map;
        });
    }

    private static Arbitrary<Object> values() {
        return Arbitraries.oneOf(List.of(
                        finiteDoubles().asGeneric(),
                        Arbitraries.doubles().between(-10, 200).asGeneric(),
                        Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)
                                .asGeneric(),
                        Arbitraries.longs().asGeneric(),
                        Arbitraries.longs().between(-1, 170).asGeneric(),
                        Arbitraries.of(Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1)
                                .asGeneric(),
                        Arbitraries.of("tier_1", "Tier_1", "search", "phone", "console", "true", "4", "NaN", "")
                                .asGeneric(),
                        Arbitraries.strings().ofMaxLength(100).asGeneric(),
                        Arbitraries.of(true, false).asGeneric(),
                        Arbitraries.of(
                                        1,
                                        (byte) 2,
                                        0.5f,
                                        new BigDecimal("1e400"),
                                        BigInteger.TEN.pow(400),
                                        'x',
                                        DayOfWeek.MONDAY,
                                        List.of(),
                                        Map.of("a", 1),
                                        new Object())
                                .asGeneric()))
                .injectNull(0.1);
    }

    private static boolean isScoredAs(Signals signals, Signal signal, Object given) {
        if (signal instanceof NumericSignal) {
            return given instanceof Number number
                    && signals.number(signal.name()).equals(OptionalDouble.of(number.doubleValue()));
        } else if (signal instanceof FlagSignal) {
            return signals.flag(signal.name()).stream().anyMatch(given::equals);
        }
        return signals.level(signal.name()).stream().anyMatch(given::equals);
    }
}
