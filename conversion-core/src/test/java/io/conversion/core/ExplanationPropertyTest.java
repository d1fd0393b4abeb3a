package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.Signals;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ExplanationPropertyTest {

    @Property
    void contributionsAndTheRestSumToTheDifferenceFromTheReferenceUser(@ForAll long seed, @ForAll byte count) {
        RandomUsers users = new RandomUsers(seed);
        Explanation explanation = users.model().scorer().explain(users.signals(), Math.abs(count % 12));

        double sum = explanation.contributions().stream()
                .mapToDouble(Contribution::logOdds)
                .sum();

        // A steep calibration magnifies the rounding of raw log-odds.
        double user = explanation.score().rawLogOdds();
        double reference = explanation.reference().rawLogOdds();
        double factor = LogOddsMap.of(users.model().calibration(), null).factor(user, reference);

        // The terms reach 1e300 at most where a value is clipped to nothing less, so rounding is relative to them.
        double scale = explanation.contributions().stream()
                        .mapToDouble(contribution -> Math.abs(contribution.logOdds()))
                        .sum()
                + Math.abs(explanation.rest())
                + Math.abs(explanation.reference().logOdds())
                + factor * (Math.abs(user) + Math.abs(reference))
                + 10;
        assertThat(sum + explanation.rest()).isCloseTo(explanation.difference(), within(scale * 0x1p-48));
    }

    @Property
    void contributionsAreListedStrongestFirstAndEqualOnesInTheOrderOfTheSchema(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);
        List<Signal> declared = users.schema().declared();

        List<Contribution> listed =
                users.model().scorer().explain(users.signals()).contributions();

        Comparator<Contribution> strongest =
                Comparator.comparingDouble(contribution -> -Math.abs(contribution.logOdds()));
        assertThat(listed)
                .isSortedAccordingTo(strongest.thenComparing(contribution -> declared.indexOf(contribution.signal())));
    }

    @Property
    void strongestFewAreTheFirstOfAll(@ForAll long seed, @ForAll byte count) {
        RandomUsers users = new RandomUsers(seed);
        Scorer scorer = users.model().scorer();
        Signals signals = users.signals();
        int few = Math.abs(count % 6);

        List<Contribution> all = scorer.explain(signals).contributions();
        List<Contribution> first = scorer.explain(signals, few).contributions();

        assertThat(first).hasSize(Math.min(few, all.size()));
        assertThat(first.toString()).isEqualTo(all.subList(0, first.size()).toString());
    }

    @Property
    void hiddenSignalsNeverAppear(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);

        Explanation explanation = users.model().scorer().explain(users.signals());

        assertThat(explanation.contributions())
                .extracting(Contribution::signal)
                .containsExactlyInAnyOrderElementsOf(users.schema().declared().stream()
                        .filter(signal -> !signal.reasons().hidden())
                        .toList());
    }

    @Property
    void referenceUserIsExplainedByNothing(@ForAll long seed) {
        ConversionModel model = new RandomUsers(seed).model();

        Explanation explanation = model.scorer().explain(model.referenceUser());

        assertThat(explanation.difference()).isZero();
        assertThat(explanation.rest()).isZero();
        assertThat(explanation.contributions()).allSatisfy(contribution -> {
            assertThat(contribution.logOdds()).isZero();
            assertThat(contribution.direction()).isEqualTo(Contribution.Direction.NEITHER);
        });
    }

    @Property
    void scoreOfAnExplanationIsTheScore(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);
        Signals signals = users.signals();

        Score score = users.model().scorer().score(signals);
        Score explained = users.model().scorer().explain(signals).score();

        assertThat(Double.doubleToLongBits(explained.logOdds())).isEqualTo(Double.doubleToLongBits(score.logOdds()));
        assertThat(explained.evidence()).isEqualTo(score.evidence());
    }
}
