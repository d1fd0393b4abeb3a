package io.conversion.model.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.data.DataSet;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NaiveRuleTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "naive",
            "1",
            Signal.numeric("sessions").whenMissing(WhenMissing.IMPUTE),
            Signal.categorical("plan", "basic", "family").whenMissing(WhenMissing.IMPUTE),
            Signal.flag("weekend").whenMissing(WhenMissing.IMPUTE));

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    SIGNAL,   VALUES_OF_CONVERTERS, VALUES_OF_OTHERS, RULE
                    sessions, 3|4|5,                0|1|2,            sessions > 2.0
                    sessions, 0|1|2,                3|4|5,            sessions > 2.0
                    sessions, 3|4|,                 0|1|,             sessions > 1.0
                    sessions, 1|2|3,                '||',             sessions is given
                    plan,     family|family|family, basic|basic|,     plan = family
                    plan,     '||',                 basic|family|family, plan is missing
                    weekend,  true|true|true,       false||false,     weekend is set
                    """)
    void bestConditionOnOneSignalIsFound(String signal, String converters, String others, String rule) {
        DataSet.Builder builder = DataSet.builder(SCHEMA);
        add(builder, signal, converters, true);
        add(builder, signal, others, false);
        DataSet users = builder.build("converted");

        FittedApproach learnt = NaiveRule.learn(users);

        assertThat(learnt.description()).isEqualTo(rule);
        if (!rule.equals("sessions > 1.0")) {
            // (3 + 1/2) / (3 + 1) and (0 + 1/2) / (3 + 1)
            assertThat(learnt.probabilities().apply(users)).containsExactly(0.875, 0.875, 0.875, 0.125, 0.125, 0.125);
        }
    }

    private static void add(DataSet.Builder builder, String signal, String values, boolean converted) {
        for (String value : values.split("\\|", -1)) {
            Map<String, Object> user = new HashMap<>();
            if (!value.isEmpty()) {
                user.put(
                        signal,
                        switch (signal) {
                            case "sessions" -> Double.valueOf(value);
                            case "weekend" -> Boolean.valueOf(value);
                            default -> value;
                        });
            }
            builder.add(user, converted);
        }
    }

    @Test
    void missingIsBelowEveryThresholdOnNewUsersToo() {
        DataSet.Builder builder = DataSet.builder(SCHEMA);
        for (int i = 0; i < 10; i++) {
            builder.add(Map.of("sessions", (double) i), i > 4);
        }
        DataSet.Builder others = DataSet.builder(SCHEMA);
        others.add(Map.of("sessions", 4.5), true)
                .add(Map.of("sessions", 4.0), true)
                .add(Map.of(), true);

        FittedApproach learnt = NaiveRule.learn(builder.build("converted"));

        assertThat(learnt.description()).isEqualTo("sessions > 4.0");
        assertThat(learnt.probabilities().apply(others.build("converted"))).containsExactly(5.5 / 6, 0.5 / 6, 0.5 / 6);
    }
}
