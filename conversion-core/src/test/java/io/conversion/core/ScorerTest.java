package io.conversion.core;

import static io.conversion.core.Fixtures.MODEL;
import static io.conversion.core.Fixtures.SCHEMA;
import static io.conversion.core.Fixtures.literal;
import static io.conversion.core.Fixtures.score;
import static io.conversion.core.Fixtures.user;
import static io.conversion.core.Fixtures.userWithout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference numbers are printed by {@code reference.py}, which lies among the resources of this package. */
class ScorerTest {

    /** Log-odds to the bit; probabilities within 2 ulps of the correctly rounded ones. An empty cell is missing. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    account_age | content_hours | referrals | price_change | country_tier | channel  | device    | weekend | log-odds               | probability
                    4           | 9.3           | 0.7       | -5.5         | "tier_2"     | "social" | "tv"      | true    | 0x1.4bc6a7ef9db23p+0   | 0x1.9200a00d522dap-1
                    0           |               | 0         | 0            | "tier_1"     |          | "phone"   |         | 0x1.0624dd2f1a9dcp-6   | 0x1.020c46dd6106fp-1
                    365         | 200           | 12.5      | 19.9         | "tier_3"     | "poster" | "watch"   | false   | 0x1.20fbe76c8b43ap+5   | 0x1.ffffffffffffep-1
                    31          | 0.1           | 3         | -0.3         | "tier_1"     | "café"   | "console" | true    | -0x1.d0e5604189376p-1  | 0x1.264e9dd726d84p-2
                    """)
    void scoreAgreesWithAnIndependentImplementation(ArgumentsAccessor row) {
        Map<String, Object> user = new LinkedHashMap<>();
        for (int i = 0; i < SCHEMA.declared().size(); i++) {
            String cell = row.getString(i);
            if (cell != null) {
                user.put(SCHEMA.declared().get(i).name(), literal(cell));
            }
        }
        double logOdds = Double.parseDouble(row.getString(8));
        double probability = Double.parseDouble(row.getString(9));

        Score score = score(MODEL, user);

        assertThat(score.logOdds()).isEqualTo(logOdds);
        assertThat(score.rawLogOdds()).isEqualTo(logOdds);
        assertThat(score.probability()).isCloseTo(probability, within(2 * Math.ulp(probability)));
    }

    /** Within 2 ulps of the correctly rounded probability, over the whole range of the doubles. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    log-odds, probability
                    0.0,      0x1.0000000000000p-1
                    -0.0,     0x1.0000000000000p-1
                    1.0,      0x1.764d4f5d5a2bdp-1
                    -1.0,     0x1.136561454ba86p-2
                    0.1,      0x1.0cca12729afb8p-1
                    -2.5,     0x1.36b7112534847p-4
                    17.3,     0x1.fffffef88d3ffp-1
                    36.7,     0x1.fffffffffffffp-1
                    37.0,     0x1.fffffffffffffp-1
                    -37.0,    0x1.898471fca6054p-54
                    709.5,    0x1.0000000000000p+0
                    -709.5,   0x0.54e90c99fb878p-1022
                    -745.0,   0x0.0000000000001p-1022
                    -745.2,   0x0.0p+0
                    1e300,    0x1.0p0
                    -1e300,   0x0.0p0
                    """)
    void probabilityIsTheLogisticFunctionOfTheLogOdds(double logOdds, double probability) {
        Score score = score(Fixtures.identity(), Map.of("s0", logOdds));

        assertThat(score.logOdds()).isEqualTo(logOdds + 0.0);
        assertThat(score.probability()).isCloseTo(probability, within(2 * Math.ulp(probability)));
    }

    @Test
    void overflowOfOneSignIsCertainty() {
        ConversionModel steep = Fixtures.linear(0, List.of(new Shape.Linear(1e200, 0, 0)));

        Score above = score(steep, Map.of("s0", 1e200));
        Score below = score(steep, Map.of("s0", -1e200));

        assertThat(above.logOdds()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(above.probability()).isEqualTo(1);
        assertThat(below.logOdds()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(below.probability()).isEqualTo(0);
    }

    @Test
    void overflowOfBothSignsHasNoProbability() {
        Shape.Linear steep = new Shape.Linear(1e200, 0, 0);
        ConversionModel model = Fixtures.linear(0, List.of(steep, steep));

        Score score = score(model, Map.of("s0", 1e200, "s1", -1e200));

        assertThat(score.logOdds()).isNaN();
        assertThat(score.probability()).isNaN();
    }

    @Test
    void scoreKnowsItsModelAndItsSignals() {
        Signals signals = SCHEMA.read(user()).orElseThrow();

        Score score = MODEL.scorer().score(signals);

        assertThat(score.signals()).isSameAs(signals);
        assertThat(score.model()).isEqualTo(MODEL.reference());
        assertThat(MODEL.scorer().model()).isEqualTo(MODEL.reference());
        assertThat(MODEL.scorer().schema()).isSameAs(SCHEMA);
    }

    @Test
    void textOfAScoreShowsNoSignal() {
        String model =
                "\"trial-conversion\" 2026-11 (" + MODEL.reference().digest().substring(0, 15) + ")";

        Score observed = score(MODEL, user());
        Score imputed = score(MODEL, userWithout("weekend", "channel"));

        assertThat(observed).hasToString("probability " + observed.probability() + " by model " + model);
        assertThat(imputed)
                .hasToString("probability " + imputed.probability() + " by model " + model
                        + ", with rules applied to 2 signals");
    }

    @Test
    void signalsOfAnEqualSchemaAreScored() {
        SignalSchema copy = SignalSchema.fromJson(SCHEMA.toJson());

        Score score = MODEL.scorer().score(copy.read(user()).orElseThrow());

        assertThat(score.logOdds()).isEqualTo(score(MODEL, user()).logOdds());
    }

    @Test
    void signalsOfAnotherSchemaAreRefusedNamingBoth() {
        SignalSchema other = SignalSchema.of("trial-signals", "4", Signal.flag("weekend"));
        Signals signals = other.signals().set("weekend", true).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MODEL.scorer().score(signals))
                .withMessage(
                        "signals of schema \"trial-signals\" 4 (%s) cannot be scored by model \"trial-conversion\" 2026-11 (%s),"
                                + " which has schema \"trial-signals\" 3 (%s)",
                        other.digest(), MODEL.reference().digest().substring(0, 15), SCHEMA.digest());
    }
}
