package io.conversion.model.design;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.LabelledUsers;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RepeatedSignalsTest {

    private static final LabelledUsers USERS = LabelledUsers.trial(
            Signal.numeric("hours").whenMissing(WhenMissing.IMPUTE),
            Signal.numeric("sessions"),
            Signal.categorical("plan", "basic", "family", "student", "trial").whenMissing(WhenMissing.IMPUTE),
            Signal.flag("weekend").whenMissing(WhenMissing.IMPUTE));

    @Test
    void signalsOfOneUserBaseRepeatNothing() {
        assertThat(RepeatedSignals.of(USERS.dataSet())).isEmpty();
        assertThat(RepeatedSignals.of(USERS.dataSet().rows(row -> false))).isEmpty();
    }

    @Test
    void numberInAnotherUnitRepeatsTheFirst() {
        Signal minutes = Signal.numeric("minutes").whenMissing(WhenMissing.IMPUTE);
        Signal left = Signal.numeric("left").whenMissing(WhenMissing.IMPUTE);

        assertThat(repeated(minutes, hours -> hours * 60.1)).containsExactly(Map.entry("minutes", "hours"));
        assertThat(repeated(left, hours -> 168 - hours / 7)).containsExactly(Map.entry("left", "hours"));
        assertThat(repeated(left, hours -> 1e12 + hours / 3)).isEmpty();
        assertThat(repeated(minutes, hours -> hours * hours)).isEmpty();
        assertThat(repeated(minutes, hours -> 5.0)).isEmpty();
    }

    @Test
    void numberThatIsMissingInOneMoreRowRepeatsNothing() {
        Signal again = Signal.numeric("again").whenMissing(WhenMissing.IMPUTE);
        double[] first = {0};
        LabelledUsers users = with(again).scaled("hours", hours -> hours);

        assertThat(RepeatedSignals.of(users.with("again", user -> first[0]++ == 7 ? null : user.get("hours"))
                        .dataSet()))
                .isEmpty();
    }

    @Test
    void levelsAndFlagsUnderOtherNamesRepeatTheFirst() {
        Signal tariff = Signal.categorical("tariff", "0", "1", "2", "3").whenMissing(WhenMissing.IMPUTE);
        Signal weekday = Signal.categorical("weekday", "no", "yes").whenMissing(WhenMissing.IMPUTE);
        Map<String, String> names = Map.of("trial", "0", "student", "1", "family", "2", "basic", "3");

        LabelledUsers users = new LabelledUsers(
                        SignalSchema.of(
                                "trial",
                                "1",
                                USERS.schema().declared().get(2),
                                USERS.schema().declared().get(3),
                                tariff,
                                weekday),
                        USERS.values(),
                        USERS.converted())
                .with("tariff", user -> user.get("plan") instanceof String plan ? names.get(plan) : null)
                .with(
                        "weekday",
                        user -> user.get("weekend") instanceof Boolean weekend ? (weekend ? "no" : "yes") : null);

        assertThat(RepeatedSignals.of(users.dataSet()))
                .containsExactly(Map.entry("tariff", "plan"), Map.entry("weekday", "weekend"));
    }

    private static Map<String, String> repeated(Signal signal, Function<Double, Double> rule) {
        return RepeatedSignals.of(with(signal)
                .with(signal.name(), user -> user.get("hours") instanceof Double hours ? rule.apply(hours) : null)
                .dataSet());
    }

    private static LabelledUsers with(Signal signal) {
        return USERS.schema(SignalSchema.of(
                "trial",
                "1",
                USERS.schema().declared().get(0),
                USERS.schema().declared().get(1),
                signal));
    }
}
