package io.conversion.core.signals;

import static io.conversion.core.Fixtures.MODEL;
import static io.conversion.core.Fixtures.score;
import static io.conversion.core.Fixtures.shapes;
import static io.conversion.core.Fixtures.user;
import static io.conversion.core.Fixtures.userWith;
import static io.conversion.core.Fixtures.userWithout;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.Fixtures;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Evidence.Substitution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTest {

    @Test
    void evidenceOfObservedSignalsIsComplete() {
        Evidence evidence = score(MODEL, user()).evidence();

        assertThat(evidence.isComplete()).isTrue();
        assertThat(evidence.substitutions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    signal,        value,    rule,          given
                    content_hours, 168.0,    ,
                    content_hours, 168.5,    CLIPPED,       168.5
                    content_hours, -2.0,     CLIPPED,       -2
                    content_hours, 1e300,    CLIPPED,       1.0E300
                    channel,       poster,   UNSEEN,        poster
                    channel,       Social,   UNSEEN,        Social
                    device,        watch,    UNSEEN,        watch
                    device,        console,  NOT_ESTIMATED, console
                    device,        phone,    ,
                    """)
    void ruleIsNamedWithTheValueAsItWasGiven(String signal, String value, Rule rule, String given) {
        Object typed = signal.equals("content_hours") ? (Object) Double.valueOf(value) : value;

        Evidence evidence = score(MODEL, userWith(signal, typed)).evidence();

        assertThat(evidence.substitutions())
                .isEqualTo(rule == null ? List.of() : List.of(new Substitution(signal, rule, given)));
    }

    @Test
    void missingSignalsAreNamedInTheOrderOfTheSchema() {
        Evidence evidence =
                score(MODEL, userWithout("weekend", "channel", "content_hours")).evidence();

        assertThat(evidence.isComplete()).isFalse();
        assertThat(evidence.substitutions())
                .containsExactly(
                        new Substitution("content_hours", Rule.MISSING, ""),
                        new Substitution("channel", Rule.MISSING, ""),
                        new Substitution("weekend", Rule.MISSING, ""));
    }

    @Test
    void rulesOfSeveralKindsAreTakenApart() {
        Map<String, Object> user = userWithout("weekend");
        user.put("content_hours", 500);
        user.put("channel", "poster");
        user.put("device", "console");

        Evidence evidence = score(MODEL, user).evidence();

        assertThat(evidence.signals(Rule.MISSING)).containsExactly("weekend");
        assertThat(evidence.signals(Rule.CLIPPED)).containsExactly("content_hours");
        assertThat(evidence.signals(Rule.UNSEEN)).containsExactly("channel");
        assertThat(evidence.signals(Rule.NOT_ESTIMATED)).containsExactly("device");
        assertThat(evidence.substitutions())
                .extracting(Substitution::signal)
                .containsExactly("content_hours", "channel", "device", "weekend");
    }

    @Test
    void modelWithEveryLevelEstimatedGivesTheSameEvidenceOtherwise() {
        Map<String, Shape> shapes = shapes();
        shapes.put("device", Fixtures.levels(0, 0, Set.of(), "phone", 0.0, "tv", 0.6, "console", 0.0));
        ConversionModel estimated = Fixtures.model(0, shapes).build();

        assertThat(score(estimated, userWith("device", "console")).evidence().isComplete())
                .isTrue();
        assertThat(score(estimated, userWithout("weekend")).evidence())
                .isEqualTo(score(MODEL, userWithout("weekend")).evidence());
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    signal        | value   | scored as
                    content_hours | 400     | 168
                    content_hours | -3      | 0
                    device        | watch   | phone
                    device        | console | phone
                    """)
    void ruleScoresTheValueThatItStandsFor(String signal, String value, String scoredAs) {
        Object given = signal.equals("content_hours") ? (Object) Double.valueOf(value) : value;
        Object standIn = signal.equals("content_hours") ? (Object) Double.valueOf(scoredAs) : scoredAs;

        double logOdds = score(MODEL, userWith(signal, given)).logOdds();

        assertThat(logOdds).isEqualTo(score(MODEL, userWith(signal, standIn)).logOdds());
    }

    /** The intercept is 0 and every other shape too, so the log-odds are the one value. */
    @Test
    void missingAndUnseenScoreTheValuesThatTheModelHoldsForThem() {
        SignalSchema schema = SignalSchema.of(
                "one",
                "1",
                Signal.categorical("plan", "month", "year")
                        .whenMissing(WhenMissing.IMPUTE)
                        .whenUnseen(WhenUnseen.average()));
        ConversionModel model = ConversionModel.of(
                "one",
                "1",
                schema,
                0,
                Map.of("plan", Fixtures.levels(0.25, -0.75, Set.of(), "month", 1.0, "year", 2.0)));

        assertThat(score(model, Map.of("plan", "decade")).logOdds()).isEqualTo(0.25);
        assertThat(score(model, Map.of()).logOdds()).isEqualTo(-0.75);
        assertThat(score(model, Map.of("plan", "year")).logOdds()).isEqualTo(2.0);
    }

    @Test
    void evidenceCannotBeChangedFromOutside() {
        List<Substitution> substitutions = new ArrayList<>(List.of(new Substitution("weekend", Rule.MISSING, "")));
        Evidence evidence = new Evidence(substitutions, 0.5, List.of());

        substitutions.clear();

        assertThat(evidence.signals(Rule.MISSING)).containsExactly("weekend");
    }
}
