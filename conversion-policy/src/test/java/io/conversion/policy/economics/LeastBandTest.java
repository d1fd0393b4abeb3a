package io.conversion.policy.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.policy.ModelRequirement;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bands hold a least share of the users that they are tuned on, or say why not. */
class LeastBandTest {

    /** An offer is best from 0.1 to below 0.95 for a relative effect of a half that costs 2 of 40. */
    private static final ActionEconomics OFFER =
            new ActionEconomics("offer", 2, 0, new Effect.Relative(0.5, "a guess"));

    private static final Economics OFFERS = new Economics(40, "nothing", List.of(OFFER), List.of());

    @Test
    void aBandOfNoUserIsJoinedToItsNeighbour() {
        Thresholds thresholds = search(OFFERS, 0.01, population("a", 0.05, 50, 0.5, 50), population("b", 0.3, 10));

        assertThat(thresholds.bands().bands()).extracting(ActionBand::action).containsExactly("nothing", "offer");
        assertThat(thresholds.joined()).singleElement().satisfies(joined -> {
            assertThat(joined.users()).isZero();
            assertThat(joined.into()).isEqualTo("offer");
            assertThat(joined.cost()).isZero();
            assertThat(joined.band().from()).isCloseTo(0.95, within(1e-12));
        });
    }

    @Test
    void aBandOfThreeUsersIsJoinedAndItsCostIsSaid() {
        Thresholds thresholds =
                search(OFFERS, 0.05, population("a", 0.05, 50, 0.5, 47, 0.99, 3), population("b", 0.3, 10));

        // An offer to a user of 0.99 gains 40 * 0.01 - 2.
        assertThat(thresholds.joined()).extracting(JoinedBand::users).containsExactly(3L);
        assertThat(thresholds.joined().get(0).cost()).isCloseTo(3 * 1.6, within(1e-12));
        assertThat(thresholds.candidate("c", "1", ModelRequirement.named("m")).bands())
                .last()
                .satisfies(band ->
                        assertThat(band.rationale()).contains("It has the users of a band that was too small."));
    }

    @Test
    void withoutALeastShareBandsAreThoseThatGainMost() {
        Population tuning = population("a", 0.05, 50, 0.5, 47, 0.99, 3);

        Thresholds thresholds = search(OFFERS, 0, tuning, population("b", 0.3, 10));

        assertThat(thresholds.joined()).isEmpty();
        assertThat(thresholds.bands())
                .isEqualTo(ThresholdSearch.fit(OFFERS, tuning).bands());
    }

    @Test
    void aSmallBandStaysWhereTheCapacityHasNoPlaceForIt() {
        Economics few = new Economics(40, "nothing", List.of(OFFER), List.of(new Capacity("offer", 47, 100)));

        Thresholds thresholds =
                search(few, 0.05, population("a", 0.05, 50, 0.5, 47, 0.99, 3), population("b", 0.3, 10));

        assertThat(thresholds.bands().bands())
                .extracting(ActionBand::action)
                .containsExactly("nothing", "offer", "nothing");
        assertThat(thresholds.prices().get(0).used()).isEqualTo(47);
    }

    @Test
    void eachBandOfAnyPopulationIsLargeEnoughOrHasNoRoom() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 300; round++) {
            int size = random.nextInt(20, 400);
            Population tuning =
                    Population.of("a", random.doubles(size).map(u -> u * u).toArray());
            double share = random.nextDouble(0.001, 0.3);
            ActionEconomics nudge =
                    new ActionEconomics("nudge", random.nextDouble(), 0, new Effect.LogOdds(0.3, "a guess"));
            ActionEconomics offer = new ActionEconomics(
                    "offer", random.nextDouble(), random.nextDouble(12), new Effect.Relative(0.5, "a guess"));
            long places = random.nextInt(1, size);
            boolean isLimited = random.nextBoolean();
            Economics economics = new Economics(
                    40,
                    "nothing",
                    List.of(nudge, offer),
                    isLimited ? List.of(new Capacity("offer", places, size)) : List.of());

            ThresholdSearch.Fit fit = ThresholdSearch.fit(economics, tuning, share);

            List<BandVolume> volumes = fit.bands().volumes(economics, tuning);
            if (!isLimited && volumes.size() > 1) {
                assertThat(volumes)
                        .allSatisfy(volume -> assertThat(volume.users())
                                .isGreaterThanOrEqualTo((long) Math.ceil(share * size - 1e-9)));
            }
            if (isLimited) {
                assertThat(fit.bands().users("offer", tuning)).isLessThanOrEqualTo(places);
            }
            double lost = fit.joined().stream().mapToDouble(JoinedBand::cost).sum();
            assertThat(fit.bands().gain(economics, tuning) * size)
                    .isLessThanOrEqualTo(
                            ThresholdSearch.fit(economics, tuning).bands().gain(economics, tuning) * size
                                    + Math.max(0, -lost)
                                    + 1e-9);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 0.5, 1, Double.NaN})
    void aLeastShareIsBelowAHalf(double share) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ThresholdSearch.of(OFFERS).leastShare(share))
                .withMessage(
                        "the least share of users of a band is " + share + "; expected a number from 0 to below 0.5");
    }

    @Test
    void nothingForgoneIsBelowZero() {
        SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < 60; round++) {
            Economics few = new Economics(
                    40, "nothing", List.of(OFFER), List.of(new Capacity("offer", 1 + random.nextInt(40), 100)));
            Thresholds thresholds = search(
                    few,
                    0,
                    Population.of("a", random.doubles(60).toArray()),
                    Population.of("b", random.doubles(60).toArray()));

            assertThat(thresholds.sensitivity(0.3)).allSatisfy(row -> {
                assertThat(row.regret()).isNotNegative();
                assertThat(row.isAdaptedWorse()).isEqualTo(row.adapted() < row.kept());
            });
            Regret regret = thresholds.regret(ThresholdSearch.of(OFFERS)
                    .search(thresholds.tuning(), thresholds.reporting())
                    .orElseThrow()
                    .candidate("p", "1", ModelRequirement.named("m")));
            assertThat(regret.perUser()).isNotNegative();
            assertThat(regret.excess() - regret.perUser()).isEqualTo(regret.present() - regret.best());
        }
    }

    private static Thresholds search(Economics economics, double share, Population tuning, Population reporting) {
        return ThresholdSearch.of(economics)
                .leastShare(share)
                .search(tuning, reporting)
                .orElseThrow();
    }

    private static Population population(String name, double... probabilitiesAndUsers) {
        double[] probabilities = new double[probabilitiesAndUsers.length / 2];
        int[] users = new int[probabilities.length];
        for (int i = 0; i < users.length; i++) {
            probabilities[i] = probabilitiesAndUsers[2 * i];
            users[i] = (int) probabilitiesAndUsers[2 * i + 1];
        }
        return Population.ofHistogram(name, probabilities, users);
    }
}
