package io.conversion.policy.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.economics.ThresholdAnswer.None;
import io.conversion.policy.economics.ThresholdAnswer.Reason;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reference numbers are from src/test/reference/economics.py. */
class ThresholdSearchTest {

    private static final ActionEconomics OFFER = action("offer", 0.05, 8, relative(0.3));
    private static final ActionEconomics NUDGE = action("nudge", 0.01, 0, relative(0.08));
    private static final Economics OFFER_ONLY = Economics.of(40, "nothing", OFFER);

    private static final Population TUNING = Population.of(
            "tuning", IntStream.rangeClosed(0, 9).mapToDouble(i -> i / 10.0).toArray());
    private static final Population REPORTING = Population.of("reporting", 0.02, 0.3, 0.75, 0.9);

    /** What another implementation found. */
    private record Reference(String title, Economics economics, List<Double> bounds, List<String> actions) {

        @Override
        public String toString() {
            return title;
        }
    }

    static List<Reference> references() {
        return List.of(
                new Reference(
                        "offer and nudge",
                        Economics.of(40, "nothing", OFFER, NUDGE),
                        List.of(0.0031249999999999984, 0.99975),
                        List.of("nothing", "nudge", "nothing")),
                new Reference(
                        "relative",
                        OFFER_ONLY,
                        List.of(0.031249999999999913, 0.79875),
                        List.of("nothing", "offer", "nothing")),
                new Reference(
                        "log-odds",
                        Economics.of(40, "nothing", action("offer", 0.5, 4, logOdds(0.7))),
                        List.of(0.015953385688617386, 0.7729032279479362),
                        List.of("nothing", "offer", "nothing")),
                new Reference(
                        "two log-odds",
                        Economics.of(
                                60,
                                "nothing",
                                action("offer", 1.5, 6, logOdds(1.2)),
                                action("nudge", 0.1, 1, logOdds(0.25))),
                        List.of(0.0064020501535524315, 0.014272904302145138, 0.7799183889075185, 0.916584422109984),
                        List.of("nothing", "nudge", "offer", "nudge", "nothing")),
                new Reference(
                        "mixed",
                        Economics.of(
                                100,
                                "nothing",
                                action("call", 4, 0, logOdds(0.9)),
                                action("mail", 0.2, 0, relative(0.1)),
                                action("coupon", 0.5, 15, relative(0.6))),
                        List.of(
                                0.013888888888888883,
                                0.03580797015194685,
                                0.49239615474084536,
                                0.7577999723184706,
                                0.7819962721387678,
                                0.998),
                        List.of("nothing", "coupon", "call", "coupon", "call", "mail", "nothing")));
    }

    @ParameterizedTest
    @MethodSource("references")
    void bandsAreThoseOfAnotherImplementation(Reference reference) {
        ActionBands bands = search(reference.economics()).bands();

        assertThat(actions(bands)).isEqualTo(reference.actions());
        for (int i = 0; i < reference.bounds().size(); i++) {
            // The reference subtracts gains that cancel, so that it is the less exact of the two.
            assertThat(bands.bounds().get(i)).isCloseTo(reference.bounds().get(i), within(1e-13));
        }
    }

    @Test
    void gainsAreThoseOfAnotherImplementation() {
        Economics economics = Economics.of(
                60, "nothing", action("offer", 1.5, 6, logOdds(1.2)), action("nudge", 0.1, 1, logOdds(0.25)));

        assertThat(economics.gain("offer", 0.02)).isCloseTo(0.7267185238238983, within(1e-13));
        assertThat(economics.gain("offer", 0.75)).isCloseTo(2.5731503815894037, within(1e-13));
        assertThat(economics.gain("nudge", 0.3)).isCloseTo(2.8427664823499694, within(1e-13));
        assertThat(economics.gain("nothing", 0.3)).isZero();
        assertThat(OFFER_ONLY.gain("offer", 0.75)).isCloseTo(1.1500000000000021, within(1e-13));
    }

    @Test
    void likelyConvertersGetNothingSinceADiscountWouldOnlyCost() {
        ActionBands bands = search(OFFER_ONLY).bands();

        assertThat(bands.actionAt(0)).isEqualTo("nothing");
        assertThat(bands.actionAt(0.5)).isEqualTo("offer");
        assertThat(bands.actionAt(1)).isEqualTo("nothing");
    }

    @Test
    void boundThatADoubleHoldsBelongsToTheBandAbove() {
        // Gains cross where 8 * p / 2 = 1, and where 8 * (1 - p) = 1.
        ActionBands bands = search(Economics.of(8, "nothing", action("mail", 1, 0, relative(0.5))))
                .bands();

        assertThat(bands.bands())
                .containsExactly(
                        new ActionBand(0, 0.25, "nothing"),
                        new ActionBand(0.25, 0.875, "mail"),
                        new ActionBand(0.875, 1, "nothing"));
    }

    @Test
    void amongEqualActionsTheEarliestIsTaken() {
        ActionBands bands = search(Economics.of(
                        8,
                        "nothing",
                        action("first", 1, 0, relative(0.5)),
                        action("second", 1, 0, relative(0.5)),
                        action("free and useless", 0, 0, relative(0))))
                .bands();

        assertThat(actions(bands)).containsExactly("nothing", "first", "nothing");
    }

    @Test
    void freeActionIsForEverybodyWhomItHelps() {
        assertThat(search(Economics.of(8, "nothing", action("free", 0, 0, logOdds(0.5))))
                        .bands()
                        .bands())
                .containsExactly(new ActionBand(0, 1, "free"));
    }

    @Test
    void constantEffectIsAnsweredWithoutBounds() {
        Economics economics =
                Economics.of(40, "nothing", NUDGE, action("gift", 0.5, 8, new Effect.Absolute(0.02, "a test")));

        ThresholdAnswer answer = ThresholdSearch.of(economics).search(TUNING, REPORTING);

        assertThat(answer)
                .isEqualTo(new None(
                        Reason.CONSTANT_EFFECT,
                        "the effect of \"gift\" is +0.02 for everybody, so it does not say who is to get the action:"
                                + " before the discount it gains 0.3 a user at every probability, and only the discount"
                                + " would set a bound; declare an effect that is relative or on the log-odds, from an"
                                + " experiment that measured it"));
        assertThatIllegalStateException()
                .isThrownBy(answer::orElseThrow)
                .withMessageStartingWith("the effect of \"gift\"");
    }

    @Test
    void severalCapacitiesAreAnsweredWithoutBounds() {
        Economics economics = Economics.of(40, "nothing", OFFER, NUDGE)
                .withCapacity("offer", 1, 10)
                .withCapacity("nudge", 1, 10);

        assertThat(ThresholdSearch.of(economics).search(TUNING, REPORTING)).isInstanceOfSatisfying(None.class, none -> {
            assertThat(none.reason()).isEqualTo(Reason.SEVERAL_CAPACITIES);
            assertThat(none.sentence()).startsWith("the actions [offer, nudge] have capacities, and bounds");
        });
    }

    @Test
    void capacityGoesToTheUsersWhoGainMost() {
        Thresholds thresholds = search(OFFER_ONLY.withCapacity("offer", 2, 10));

        // 1.6 p - 0.05 is 0.75 at 0.5, which is left out, and 0.91 at 0.6; the price is halfway.
        CapacityPrice price = thresholds.prices().get(0);
        assertThat(price.wanted()).isEqualTo(7);
        assertThat(price.allowed()).isEqualTo(2);
        assertThat(price.used()).isEqualTo(2);
        assertThat(price.price()).isCloseTo(0.83, within(1e-12));
        assertThat(price.gap()).isZero();
        assertThat(actions(thresholds.bands())).containsExactly("nothing", "offer", "nothing");
        assertThat(thresholds.bands().bounds().get(0)).isCloseTo(0.55, within(1e-12));
        assertThat(thresholds.bands().bounds().get(1)).isCloseTo(0.778, within(1e-12));
    }

    @Test
    void tiedUsersStayTogetherOnTheSideThatFits() {
        Population tied = Population.ofHistogram("tied", new double[] {0.2, 0.5, 0.6}, new int[] {4, 3, 3});

        Thresholds thresholds = ThresholdSearch.of(OFFER_ONLY.withCapacity("offer", 5, 10))
                .search(tied, REPORTING)
                .orElseThrow();

        CapacityPrice price = thresholds.prices().get(0);
        assertThat(price.used()).isEqualTo(3);
        assertThat(thresholds.bands().actionAt(0.6)).isEqualTo("offer");
        assertThat(thresholds.bands().actionAt(0.5)).isEqualTo("nothing");
        // Two places are left; two of the three at 0.5 would each have gained 0.75.
        assertThat(price.gap()).isCloseTo(2 * 0.75 / 10, within(1e-12));
    }

    @Test
    void capacityThatNobodyFitsInLeavesTheActionToNobody() {
        Population tied = Population.ofHistogram("tied", new double[] {0.5}, new int[] {10});

        Thresholds thresholds = ThresholdSearch.of(OFFER_ONLY.withCapacity("offer", 5, 10))
                .search(tied, REPORTING)
                .orElseThrow();

        assertThat(thresholds.prices().get(0).used()).isZero();
        assertThat(thresholds.bands().actionAt(0.5)).isEqualTo("nothing");
    }

    @Test
    void usersWithoutAPlaceGetTheNextBestAction() {
        Economics economics = Economics.of(40, "nothing", action("offer", 0.05, 2, relative(0.3)), NUDGE)
                .withCapacity("offer", 3, 10);

        Thresholds thresholds = search(economics);

        assertThat(thresholds.bands().users("offer", TUNING)).isEqualTo(3);
        assertThat(thresholds.bands().actionAt(0.2)).isEqualTo("nudge");
    }

    @Test
    void capacityThatDoesNotBindChangesNothing() {
        Thresholds free = search(OFFER_ONLY);

        Thresholds thresholds = search(OFFER_ONLY.withCapacity("offer", 9, 10));

        assertThat(thresholds.bands()).isEqualTo(free.bands());
        assertThat(thresholds.prices().get(0).binds()).isFalse();
        assertThat(thresholds.prices().get(0).price()).isZero();
    }

    @Test
    void regretIsTheGainThatAPolicyForgoes() {
        Thresholds thresholds = search(OFFER_ONLY);

        Regret regret = thresholds.regret(policy("nothing", "offer"));

        // On 0.02, 0.3, 0.75 and 0.9: best is 0.43 + 1.15, and an offer from 0.5 gains 1.15 - 4.05.
        assertThat(regret.best()).isCloseTo((0.43 + 1.15) / 4, within(1e-13));
        assertThat(regret.present()).isCloseTo((1.15 - 4.05) / 4, within(1e-13));
        assertThat(regret.perUser()).isCloseTo((0.43 + 4.05) / 4, within(1e-13));
        assertThat(regret.presentHoldsCapacity()).isTrue();
    }

    @Test
    void volumesSayWhatEachBandDoes() {
        List<BandVolume> volumes = search(OFFER_ONLY).volumes();

        // 0.3 and 0.75 get the offer: 1.05 conversions become 1.365.
        assertThat(volumes).extracting(BandVolume::users).containsExactly(1L, 2L, 1L);
        assertThat(volumes.get(1).conversionsWithout()).isCloseTo(1.05, within(1e-13));
        assertThat(volumes.get(1).conversionsWith()).isCloseTo(1.365, within(1e-13));
        assertThat(volumes.get(1).gain()).isCloseTo(0.43 + 1.15, within(1e-13));
        assertThat(volumes.get(2).gain()).isZero();
    }

    @Test
    void regretSaysThatAPolicyBreachesACapacity() {
        Thresholds thresholds = search(OFFER_ONLY.withCapacity("offer", 1, 4));

        assertThat(thresholds.regret(policy("nothing", "offer")).presentHoldsCapacity())
                .isFalse();
    }

    @Test
    void policyWithAnActionOfUnknownEconomicsHasNoRegret() {
        Thresholds thresholds = search(OFFER_ONLY);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> thresholds.regret(policy("wait", "offer")))
                .withMessage("there are no economics of the action \"wait\"; there are of [nothing, offer]");
    }

    @Test
    void sensitivityTriesEachAssumptionSmallerAndLarger() {
        List<Sensitivity> rows = search(OFFER_ONLY).sensitivity(0.2);

        assertThat(rows)
                .extracting(Sensitivity::assumption)
                .containsExactly(
                        "value",
                        "value",
                        "contact cost of \"offer\"",
                        "contact cost of \"offer\"",
                        "discount of \"offer\"",
                        "discount of \"offer\"",
                        "effect of \"offer\"",
                        "effect of \"offer\"");
        // A value of 32 makes 32 * 0.3 p - 8 * 1.3 p negative: the offer never pays, and keeping it costs.
        assertThat(rows.get(0).changed()).isEqualTo(32);
        assertThat(actions(rows.get(0).bands())).containsExactly("nothing");
        assertThat(rows.get(0).adapted()).isZero();
        assertThat(rows.get(0).kept()).isCloseTo((-0.29 - 0.65) / 4, within(1e-12));
        assertThat(rows.get(0).regret()).isPositive();
        // Another cost moves the lower bound in proportion.
        assertThat(rows.get(3).bands().bounds().get(0)).isCloseTo(0.0375, within(1e-12));
    }

    @Test
    void assumptionsOfZeroAreNotTried() {
        List<Sensitivity> rows = search(Economics.of(40, "nothing", action("mail", 0, 0, logOdds(0.1))))
                .sensitivity(0.5);

        assertThat(rows).extracting(Sensitivity::changed).containsExactly(20.0, 60.0, 0.05, 0.15000000000000002);
    }

    @Test
    void boundsByEconomicsAloneHaveNoInterval() {
        BoundIntervals intervals = search(OFFER_ONLY).intervals(50, 0.95, 1);

        assertThat(intervals.intervals()).isEmpty();
        assertThat(intervals.sentence())
                .isEqualTo("no bound depends on the population: all are set by economics alone");
    }

    @Test
    void boundsOfACapacityHaveAnIntervalThatHoldsThem() {
        Population uniform = Population.of(
                "uniform", IntStream.range(0, 1000).mapToDouble(i -> i / 2000.0).toArray());
        Thresholds thresholds = ThresholdSearch.of(OFFER_ONLY.withCapacity("offer", 200, 1000))
                .search(uniform, REPORTING)
                .orElseThrow();

        BoundIntervals intervals = thresholds.intervals(400, 0.95, 1);

        // Of uniform numbers on [0, 0.5) the 80 % quantile is 0.4, with a standard error of 0.5 * sqrt(0.2 * 0.8 /
        // 1000).
        assertThat(intervals.alike()).isEqualTo(400);
        BoundIntervals.Interval lower = intervals.intervals().get(0);
        assertThat(lower.bound()).isCloseTo(0.4, within(0.0005));
        assertThat(lower.lower()).isCloseTo(0.4 - 1.96 * 0.00632, within(0.002));
        assertThat(lower.upper()).isCloseTo(0.4 + 1.96 * 0.00632, within(0.002));
        assertThat(thresholds.intervals(400, 0.95, 1)).isEqualTo(intervals);
    }

    @Test
    void candidateHasTheAssumptionsInItsRationale() {
        Thresholds thresholds = search(OFFER_ONLY.withCapacity("offer", 2, 10));

        Policy candidate = thresholds.candidate("offers", "2", ModelRequirement.named("trial"));

        assertThat(candidate.bands())
                .extracting(Band::segment)
                .containsExactly("nothing below offer", "offer", "nothing above offer");
        assertThat(candidate.bands())
                .extracting(Band::from)
                .containsExactlyElementsOf(thresholds.bands().bands().stream()
                        .map(ActionBand::from)
                        .toList());
        assertThat(candidate.fallbackAction()).isEqualTo("nothing");
        assertThat(candidate.bands().get(1).rationale())
                .isEqualTo(
                        "This action gains most here, given the capacity: 0.83 a user at 0.55, 0.83 at 0.778. Assumed: a conversion is"
                                + " worth 40; \"offer\" costs 0.05 a user and 8 off each conversion, and changes the probability"
                                + " in proportion, by +0.3 (a test). At most 2 of 10 users get \"offer\", where it gains at least"
                                + " 0.83 over the next best action; this holds on population \"tuning\" (10 users).");
        assertThat(Policy.fromJson(candidate.toJson()).reference()).isEqualTo(candidate.reference());
    }

    @Test
    void rationaleOfABoundByEconomicsAloneShowsNoRounding() {
        Policy candidate = search(OFFER_ONLY).candidate("offers", "2", ModelRequirement.named("trial"));

        assertThat(candidate.bands().get(0).rationale())
                .startsWith(
                        "No action gains more than doing nothing here. Assumed: a conversion is worth 40; \"offer\"");
        assertThat(candidate.bands().get(1).rationale())
                .startsWith("This action gains most here: 0 a user at 0.03125, 0 at 0.79875. Assumed:");
    }

    @Test
    void rationaleThatIsTooLongForAPolicyIsCut() {
        List<ActionEconomics> actions = IntStream.range(0, 30)
                .mapToObj(i -> new ActionEconomics(
                        "offer " + i, 0.05, 8 + i, new Effect.Relative(0.3, "\uD83D\uDE00".repeat(250))))
                .toList();

        Policy candidate = search(new Economics(40, "nothing", actions, List.of()))
                .candidate("offers", "2", ModelRequirement.named("trial"));

        assertThat(candidate.bands().get(0).rationale()).endsWith("...").hasSizeBetween(9_999, 10_000);
    }

    @Test
    void nothingIsReportedOnTheUsersThatBoundsWereTunedOn() {
        ThresholdSearch search = ThresholdSearch.of(OFFER_ONLY);
        Population same = Population.of("same users", 0.9, 0.75, 0.3, 0.02);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> search.search(same, REPORTING))
                .withMessage(
                        "population \"same users\" (4 users) is to tune on and population \"reporting\" (4 users) to"
                                + " report on, and they have one name or the same probabilities; give other users to report on,"
                                + " or one population and a seed");
    }

    @Test
    void onePopulationIsSplitIntoHalves() {
        Thresholds thresholds = ThresholdSearch.of(OFFER_ONLY).search(TUNING, 7).orElseThrow();

        assertThat(thresholds.tuning()).hasToString("\"tuning, tuning half\" (5 users)");
        assertThat(thresholds.reporting()).hasToString("\"tuning, reporting half\" (5 users)");
    }

    private static Thresholds search(Economics economics) {
        return ThresholdSearch.of(economics).search(TUNING, REPORTING).orElseThrow();
    }

    private static Policy policy(String low, String high) {
        return Policy.of(
                "present",
                "1",
                ModelRequirement.named("trial"),
                List.of(Band.of("low", 0, low), Band.of("high", 0.5, high)),
                "nothing");
    }

    private static List<String> actions(ActionBands bands) {
        return bands.bands().stream().map(ActionBand::action).toList();
    }

    private static ActionEconomics action(String name, double cost, double discount, Effect effect) {
        return new ActionEconomics(name, cost, discount, effect);
    }

    private static Effect relative(double by) {
        return new Effect.Relative(by, "a test");
    }

    private static Effect logOdds(double by) {
        return new Effect.LogOdds(by, "a test");
    }
}
