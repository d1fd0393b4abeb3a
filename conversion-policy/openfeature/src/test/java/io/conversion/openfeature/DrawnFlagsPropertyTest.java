package io.conversion.openfeature;

import static io.conversion.openfeature.Fixtures.DRAWING;
import static io.conversion.openfeature.Fixtures.MODEL;
import static io.conversion.openfeature.Fixtures.POLICY;
import static io.conversion.openfeature.Fixtures.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ProviderEvaluation;
import io.conversion.policy.Band;
import io.conversion.policy.Experiment;
import io.conversion.policy.Layer;
import io.conversion.policy.Policy;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.ServingUnit;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Flags of what is drawn: control groups, exploration and experiments. */
class DrawnFlagsPropertyTest {

    private static final Policy OFFER = POLICY.toBuilder("3")
            .bands(List.of(Band.of("low_intent", 0, "remind"), Band.of("high_intent", 0.3, "offer_month")))
            .build();

    private static final Experiment EXPERIMENT = Experiment.builder("month-offer", "1", "month-2026")
            .layer(new Layer("offers", "offers-layer", 0, 0.5))
            .arm("today", 0.5, DRAWING.reference())
            .arm("offer", 0.5, OFFER.reference())
            .running(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"))
            .build();

    private static final ConversionProvider DRAWN = provider(ServingUnit.of(MODEL, DRAWING));
    private static final ConversionProvider TESTED =
            provider(ServingUnit.of(MODEL, DRAWING, List.of(OFFER), List.of(EXPERIMENT)));

    private static ConversionProvider provider(ServingUnit unit) {
        return ConversionProvider.of(
                DecisionPoint.of(() -> unit),
                ProviderOptions.defaults().clock(() -> Instant.parse("2026-12-01T00:00:00Z")));
    }

    private static ProviderEvaluation<String> action(ConversionProvider provider, EvaluationContext user) {
        return provider.getStringEvaluation("conversion.action", "mine", user);
    }

    @Property(tries = 200)
    void oneVariantIsOneActionAndOnlyADrawIsASplit(
            @ForAll int first, @ForAll int second, @ForAll @IntRange(max = 5) int sessions, @ForAll boolean invited) {
        for (ConversionProvider provider : List.of(DRAWN, TESTED)) {
            ProviderEvaluation<String> one = action(provider, user("user-" + first, sessions, invited));
            ProviderEvaluation<String> other = action(provider, user("user-" + second, sessions, invited));

            if (one.getVariant().equals(other.getVariant())) {
                assertThat(one.getValue()).isEqualTo(other.getValue());
            }
            double propensity = one.getFlagMetadata().getDouble("propensity");
            assertThat(propensity).isGreaterThan(0).isLessThanOrEqualTo(1);
            assertThat(one.getReason().equals("SPLIT"))
                    .isEqualTo(propensity < 1 || one.getFlagMetadata().getString("arm") != null);
        }
    }

    /** Of 4,000 users a share of p is within 4 standard errors, sqrt(p (1 - p) / 4000), all but once in 16,000 times. */
    @Test
    void actionsComeAsOftenAsTheirPropensitySays() {
        for (ConversionProvider provider : List.of(DRAWN, TESTED)) {
            int users = 4_000;
            Map<String, Integer> counts = new HashMap<>();
            Map<String, Double> propensities = new HashMap<>();
            for (int i = 0; i < users; i++) {
                ProviderEvaluation<String> action = action(provider, user("user-" + i, 3, false));
                counts.merge(action.getValue(), 1, Integer::sum);
                propensities.put(action.getValue(), action.getFlagMetadata().getDouble("propensity"));
            }

            assertThat(propensities.values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum())
                    .isBetween(0.999999999, 1.000000001);
            propensities.forEach((action, propensity) -> assertThat(counts.getOrDefault(action, 0) / (double) users)
                    .as(action)
                    .isBetween(
                            propensity - 4 * Math.sqrt(propensity * (1 - propensity) / users),
                            propensity + 4 * Math.sqrt(propensity * (1 - propensity) / users)));
        }
    }

    @Test
    void metadataNameTheExperimentAndTheArm() {
        Set<String> arms = new TreeSet<>();
        for (int i = 0; i < 40; i++) {
            ProviderEvaluation<String> segment =
                    TESTED.getStringEvaluation("conversion.segment", "mine", user("user-" + i, 3, false));
            String arm = segment.getFlagMetadata().getString("arm");
            arms.add(String.valueOf(arm));

            assertThat(segment.getVariant()).isEqualTo(arm == null ? "high_intent" : arm + ":high_intent");
            assertThat(segment.getReason()).isEqualTo(arm == null ? "TARGETING_MATCH" : "SPLIT");
            assertThat(segment.getFlagMetadata().asUnmodifiableMap())
                    .containsEntry("experiment", "month-offer")
                    .containsEntry("experiment_digest", EXPERIMENT.reference().digest())
                    .containsEntry("standing", arm == null ? "outside_layer" : "drawn");
        }

        assertThat(arms).containsExactly("null", "offer", "today");
    }
}
