package io.conversion.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.experiments.planning.EffectBands;
import io.conversion.experiments.planning.Simulation;
import io.conversion.model.synthetic.AnnualOffer;
import io.conversion.model.synthetic.StreamingProduct;
import io.conversion.policy.Experiment;
import io.conversion.policy.PolicyReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An offer whose effect is known, drawn again and again for the users of a generated product. */
class GeneratedOfferTest {

    private static final EffectBands EFFECT = EffectBands.parse("0.02:0.01,0.05:0.08");
    private static final List<StreamingProduct.User> USERS =
            StreamingProduct.stream(11).limit(2500).toList();
    private static final int DRAWS = 400;

    private static List<AnnualOffer> offers(long seed) {
        return USERS.stream()
                .map(user -> AnnualOffer.to(user, seed))
                .flatMap(Optional::stream)
                .toList();
    }

    private static PolicyReference reference(String version) {
        return new PolicyReference("annual-plan", version, "sha256:" + version.repeat(64));
    }

    private static double truth(List<AnnualOffer> offers) {
        return offers.stream()
                .mapToDouble(offer -> offer.effect(EFFECT))
                .average()
                .orElseThrow();
    }

    private static UserTable table(long seed, List<AnnualOffer> offers) {
        Experiment draws = Experiment.builder("annual-plan", "1", "annual-plan-" + seed)
                .arm("today", 0.5, reference("1"))
                .arm("offer", 0.5, reference("2"))
                .build();
        int[] arm = offers.stream()
                .mapToInt(offer -> draws.arm(draws.draw(offer.user())).name().equals("offer") ? 1 : 0)
                .toArray();
        double[] taken = new double[arm.length];
        for (int i = 0; i < arm.length; i++) {
            AnnualOffer offer = offers.get(i);
            taken[i] = offer.takes(arm[i] == 1 ? offer.effect(EFFECT) : 0) ? 1 : 0;
        }
        double[] probability = offers.stream()
                .mapToDouble(offer -> offer.score().probability())
                .toArray();
        return UserTable.of(List.of("today", "offer"), arm, Map.of("annual_plan", taken, "probability", probability));
    }

    private static ReadoutPlan plan() {
        return ReadoutPlan.builder("offer", "today", Metric.of("annual_plan", Metric.Kind.PROPORTION))
                .covariates(List.of("probability"))
                .plannedUsers(2400)
                .build();
    }

    @Test
    void intervalsHoldTheKnownEffectAsOftenAsTheySay() {
        int missedOnce = 0;
        int missedAdjusted = 0;
        int missedAnytime = 0;
        List<Double> scores = new ArrayList<>();
        for (long seed = 1; seed <= DRAWS; seed++) {
            List<AnnualOffer> offers = offers(seed);
            double truth = truth(offers);
            MetricReadout metric =
                    new MetricMeasure(plan(), plan().primary(), table(seed, offers), offers.size()).read();
            ComparisonReadout of = metric.comparisons().get(0);
            EffectReadout plain = Objects.requireNonNull(of.difference());
            EffectReadout adjusted = Objects.requireNonNull(of.adjusted()).difference();
            missedOnce += plain.fixed().excludes(truth) ? 1 : 0;
            missedAdjusted += adjusted.fixed().excludes(truth) ? 1 : 0;
            missedAnytime +=
                    plain.anytime().excludes(truth) || adjusted.anytime().excludes(truth) ? 1 : 0;
            scores.add((adjusted.estimate() - truth) / adjusted.standardError());
        }
        double mean = scores.stream().mapToDouble(z -> z).average().orElseThrow();
        double variance =
                scores.stream().mapToDouble(z -> (z - mean) * (z - mean)).sum() / (DRAWS - 1);

        // 20 of 400 are 5 %; 17.4 are four standard errors. Of the mean of 400 scores that is 0.2, of their variance
        // 0.28.
        assertThat(missedOnce).isBetween(3, 37);
        assertThat(missedAdjusted).isBetween(3, 37);
        assertThat(missedAnytime).isLessThanOrEqualTo(37);
        assertThat(mean).isEqualTo(0, within(0.2));
        assertThat(variance).isEqualTo(1, within(0.28));
    }

    @Test
    void simulationOnTheSameUsersAgrees() {
        List<AnnualOffer> offers = offers(1);
        double[] probabilities = offers.stream()
                .mapToDouble(offer -> offer.score().probability())
                .toArray();
        Simulation.Result result = Simulation.of(probabilities, EFFECT).looks(1).run(400, offers.size(), 1);
        ComparisonReadout read = new MetricMeasure(plan(), plan().primary(), table(1, offers), offers.size())
                .read()
                .comparisons()
                .get(0);

        assertThat(result.effect()).isEqualTo(truth(offers), within(1e-15));
        // The share of the variance that one experiment sees has an error of about 0.02.
        assertThat(Objects.requireNonNull(read.adjusted()).varianceReduction())
                .isEqualTo(result.varianceReduction(), within(0.06));
        assertThat(result.missed()).isLessThan(0.05 + 0.044);
    }

    @Test
    void theChanceWithoutTheOfferIsTheProbabilityOfTheModel() {
        double taken = 0;
        double expected = 0;
        double variance = 0;
        for (long seed = 1; seed <= 20; seed++) {
            for (AnnualOffer offer : offers(seed)) {
                double p = offer.score().probability();
                taken += offer.takes(0) ? 1 : 0;
                expected += p;
                variance += p * (1 - p);
            }
        }

        assertThat(taken).isEqualTo(expected, within(4 * Math.sqrt(variance)));
    }
}
