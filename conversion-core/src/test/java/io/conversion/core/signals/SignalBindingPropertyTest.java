package io.conversion.core.signals;

import static io.conversion.core.Fixtures.MODEL;
import static io.conversion.core.Fixtures.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.SignalReading.Accepted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Whichever way a value takes to a score, it is read alike and scored to the same bits. */
class SignalBindingPropertyTest {

    private static final SignalBinding<Primitive> PRIMITIVE = SignalBinding.of(Primitive.class, SCHEMA);
    private static final SignalBinding<Boxed> BOXED = SignalBinding.of(Boxed.class, SCHEMA);

    enum Tier {
        TIER_1,
        TIER_2,
        TIER_3
    }

    record Primitive(
            int accountAge,
            double contentHours,
            long referrals,
            float priceChange,
            @Nullable Tier countryTier,
            @Nullable String channel,
            Optional<String> device,
            boolean weekend) {}

    record Boxed(
            OptionalInt accountAge,
            OptionalDouble contentHours,
            @Nullable Number referrals,
            @Nullable Double priceChange,
            Optional<Tier> countryTier,
            Optional<String> channel,
            @Nullable String device,
            @Nullable Boolean weekend) {}

    @Property
    void recordOfPrimitivesIsReadAsAMapAndAsByABuilder(@ForAll Random random) {
        Primitive user = primitive(random);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("account_age", user.accountAge());
        values.put("content_hours", user.contentHours());
        values.put("referrals", user.referrals());
        values.put("price_change", user.priceChange());
        put(values, "country_tier", level(user.countryTier()));
        put(values, "channel", user.channel());
        user.device().ifPresent(device -> values.put("device", device));
        values.put("weekend", user.weekend());

        assertAlike(PRIMITIVE.read(user), values);
    }

    @Property
    void recordOfObjectsIsReadAsAMapAndAsByABuilder(@ForAll Random random) {
        Boxed user = boxed(random);
        Map<String, Object> values = new LinkedHashMap<>();
        user.accountAge().ifPresent(age -> values.put("account_age", age));
        user.contentHours().ifPresent(hours -> values.put("content_hours", hours));
        put(values, "referrals", user.referrals());
        put(values, "price_change", user.priceChange());
        user.countryTier().ifPresent(tier -> put(values, "country_tier", level(tier)));
        user.channel().ifPresent(channel -> values.put("channel", channel));
        put(values, "device", user.device());
        put(values, "weekend", user.weekend());

        assertAlike(BOXED.read(user), values);
    }

    private static void assertAlike(SignalReading bound, Map<String, Object> values) {
        SignalReading read = SCHEMA.read(values);
        SignalsBuilder byName = SCHEMA.signals();
        SignalsBuilder byHandle = SCHEMA.signals();
        values.forEach((signal, value) -> {
            setByName(byName, signal, value);
            setByHandle(byHandle, SCHEMA.handle(signal), value);
        });

        assertThat(bound).isEqualTo(read);
        assertThat(byName.read()).isEqualTo(read);
        assertThat(byHandle.read()).isEqualTo(read);
        if (bound instanceof Accepted accepted && read instanceof Accepted fromMap) {
            assertThat(bits(accepted.signals())).isEqualTo(bits(fromMap.signals()));
        }
    }

    private static long bits(Signals signals) {
        return Double.doubleToRawLongBits(MODEL.scorer().score(signals).probability());
    }

    private static void setByName(SignalsBuilder builder, String signal, Object value) {
        if (value instanceof Integer || value instanceof Long) {
            builder.set(signal, ((Number) value).longValue());
        } else if (value instanceof Number number) {
            builder.set(signal, number.doubleValue());
        } else if (value instanceof Boolean flag) {
            builder.set(signal, (boolean) flag);
        } else {
            builder.set(signal, (String) value);
        }
    }

    private static void setByHandle(SignalsBuilder builder, SignalHandle signal, Object value) {
        if (value instanceof Integer || value instanceof Long) {
            builder.set(signal, ((Number) value).longValue());
        } else if (value instanceof Number number) {
            builder.set(signal, number.doubleValue());
        } else if (value instanceof Boolean flag) {
            builder.set(signal, (boolean) flag);
        } else {
            builder.set(signal, (String) value);
        }
    }

    private static Primitive primitive(Random random) {
        return new Primitive(
                (int) whole(random),
                number(random),
                whole(random),
                (float) (number(random) - 10),
                rarely(random) ? null : Tier.values()[random.nextInt(3)],
                rarely(random) ? null : text(random, "search", "social", "café"),
                rarely(random) ? Optional.empty() : Optional.of(text(random, "phone", "tv", "console")),
                random.nextBoolean());
    }

    private static Boxed boxed(Random random) {
        return new Boxed(
                rarely(random) ? OptionalInt.empty() : OptionalInt.of((int) whole(random)),
                rarely(random) ? OptionalDouble.empty() : OptionalDouble.of(number(random)),
                rarely(random)
                        ? null
                        : switch (random.nextInt(4)) {
                            case 0 -> (Number) (int) whole(random);
                            case 1 -> (Number) whole(random);
                            case 2 -> (Number) (float) number(random);
                            default -> (Number) number(random);
                        },
                rarely(random) ? null : number(random) - 10,
                rarely(random) ? Optional.empty() : Optional.of(Tier.values()[random.nextInt(3)]),
                rarely(random) ? Optional.empty() : Optional.of(text(random, "search", "social", "café")),
                rarely(random) ? null : text(random, "phone", "tv", "console"),
                rarely(random) ? null : random.nextBoolean());
    }

    /** One time in sixteen, so that about half of all users are good in every signal. */
    private static boolean rarely(Random random) {
        return random.nextInt(16) == 0;
    }

    private static long whole(Random random) {
        if (rarely(random)) {
            long[] bad = {-1, 3651, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1, 1L << 60};
            return bad[random.nextInt(bad.length)];
        }
        return random.nextInt(3651);
    }

    private static double number(Random random) {
        if (rarely(random)) {
            double[] bad = {Double.NaN, Double.POSITIVE_INFINITY, -0.5, 168.5, 1e300, -0.0, Double.MIN_VALUE};
            return bad[random.nextInt(bad.length)];
        }
        return random.nextDouble() * 30;
    }

    private static String text(Random random, String... levels) {
        return rarely(random) ? "poster" : levels[random.nextInt(levels.length)];
    }

    private static @Nullable String level(@Nullable Tier tier) {
        return tier == null
                ? null
                : switch (tier) {
                    case TIER_1 -> "tier_1";
                    case TIER_2 -> "tier_2";
                    case TIER_3 -> "tier_3";
                };
    }

    private static void put(Map<String, Object> values, String signal, @Nullable Object value) {
        if (value != null) {
            values.put(signal, value);
        }
    }
}
