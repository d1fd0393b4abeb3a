package io.conversion.policy.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bands by share of users. */
class ShareBandsTest {

    private static final Economics ECONOMICS = new Economics(
            40,
            "nothing",
            List.of(
                    new ActionEconomics("offer", 1, 0, new Effect.Relative(0.5, "a guess")),
                    new ActionEconomics("nudge", 0.1, 0, new Effect.Relative(0.1, "a guess"))),
            List.of());

    private static final Population HUNDRED = Population.of(
            "hundred", IntStream.range(0, 100).mapToDouble(i -> i / 100.0).toArray());

    private static final Population OTHERS = Population.of("others", 0.1, 0.5, 0.95);

    @Test
    void theTopTenthAndTheNextFifthGetTheirActions() {
        ShareBands bands = bands(new TopShare("offer", 0.1), new TopShare("nudge", 0.2));

        assertThat(bands.bands())
                .isEqualTo(new ActionBands(List.of(
                        new ActionBand(0, 0.7, "nothing"),
                        new ActionBand(0.7, 0.9, "nudge"),
                        new ActionBand(0.9, 1, "offer"))));
        assertThat(bands.volumes()).extracting(BandVolume::users).containsExactly(2L, 0L, 1L);
        assertThat(bands.candidate("c", "1", ModelRequirement.named("m")).bands())
                .extracting(Band::segment)
                .containsExactly("nothing", "nudge", "offer");
        assertThat(bands.candidate("c", "1", ModelRequirement.named("m"))
                        .bands()
                        .get(2)
                        .rationale())
                .isEqualTo("A share of users was asked for, not a gain: this band holds 10 % of population \"hundred\""
                        + " (100 users).");
    }

    @Test
    void bandsOfOneActionAreNamedByTheirNeighbours() {
        ActionBands bands = new ActionBands(List.of(
                new ActionBand(0, 0.1, "nothing"),
                new ActionBand(0.1, 0.2, "nudge"),
                new ActionBand(0.2, 0.3, "offer"),
                new ActionBand(0.3, 0.4, "nudge"),
                new ActionBand(0.4, 0.5, "nothing"),
                new ActionBand(0.5, 0.6, "nudge"),
                new ActionBand(0.6, 1, "nothing")));

        assertThat(Rationale.segments(bands))
                .containsExactly(
                        "nothing below nudge",
                        "nudge above nothing from 0.1",
                        "offer",
                        "nudge above offer",
                        "nothing above nudge from 0.4",
                        "nudge above nothing from 0.5",
                        "nothing above nudge from 0.6");
    }

    @Test
    void allUsersMayHaveAShare() {
        assertThat(bands(new TopShare("offer", 0.5), new TopShare("nudge", 0.5))
                        .bands()
                        .bands())
                .extracting(ActionBand::action)
                .containsExactly("nudge", "offer");
        assertThat(bands(new TopShare("offer", 1)).bands().bands()).hasSize(1);
    }

    @Test
    void noBandHoldsMoreThanItsShareAndTiesStayTogether() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 300; round++) {
            int size = random.nextInt(30, 300);
            double steps = random.nextInt(15, 1000);
            Population population = Population.of(
                    "p",
                    random.doubles(size).map(u -> Math.rint(u * steps) / steps).toArray());
            double share = random.nextDouble(0.2, 0.6);

            ActionBands bands = ShareBands.of(ECONOMICS, List.of(new TopShare("offer", share)), population, OTHERS)
                    .bands();

            long users = bands.users("offer", population);
            double from = bands.bands().get(bands.bands().size() - 1).from();
            int next = -1;
            for (double probability : population.probabilities()) {
                next += probability < from ? 1 : 0;
            }
            assertThat(users).isLessThanOrEqualTo((long) Math.floor(share * size + 1e-6));
            if (next >= 0) {
                assertThat(users + population.users()[next]).isGreaterThan((long) Math.floor(share * size + 1e-6));
            }
        }
    }

    @Test
    void aShareThatNobodyFitsIsRefusedWithTheReason() {
        Population tied = Population.ofHistogram("tied", new double[] {0.2, 0.4}, new int[] {77, 23});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ShareBands.of(ECONOMICS, List.of(new TopShare("offer", 0.1)), tied, OTHERS))
                .withMessage("no user of population \"tied\" (100 users) fits the share 0.1 of \"offer\": 23 have the"
                        + " probability 0.4 and stay together; give a larger share, or more users");
    }

    @Test
    void sharesAreOfActionsAndAddUpToOneAtMost() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bands(new TopShare("offer", 0.7), new TopShare("nudge", 0.5)))
                .withMessage("the shares of users add up to 1.2; expected at most 1");
        assertThatIllegalArgumentException().isThrownBy(() -> bands(new TopShare("gift", 0.5)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopShare("offer", 0))
                .withMessage(
                        "the share of users of \"offer\" is 0.0; expected a number above 0 and up to 1, such as 0.1"
                                + " for the top tenth");
    }

    private static ShareBands bands(TopShare... top) {
        return ShareBands.of(ECONOMICS, List.of(top), HUNDRED, OTHERS);
    }
}
