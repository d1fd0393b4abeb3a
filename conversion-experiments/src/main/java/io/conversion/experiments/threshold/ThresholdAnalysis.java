package io.conversion.experiments.threshold;

import io.conversion.experiments.Finding;
import io.conversion.experiments.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks at the users around a bound step by step, until something refuses the effect or nothing is left that could. */
final class ThresholdAnalysis {

    private final ThresholdPlan plan;
    private final ThresholdUsers users;
    private final ThresholdRefusals refusals;
    private final boolean isShare;
    private final Side below;
    private final Side above;
    private final List<Finding> findings = new ArrayList<>();

    private @Nullable NearBound nearBelow;
    private @Nullable NearBound nearAbove;
    private @Nullable DensityTest density;

    ThresholdAnalysis(ThresholdPlan plan, ThresholdUsers users) {
        this.plan = plan;
        this.users = users;
        refusals = new ThresholdRefusals(plan, users);
        isShare = users.areShares();
        below = users.side(plan.bound(), false, EnumSet.of(Decider.BOUND));
        above = users.side(plan.bound(), true, EnumSet.of(Decider.BOUND));
    }

    ThresholdEffect effect() {
        Optional<Refusal> early = refusals.ofAll(below, above, isShare);
        if (early.isPresent()) {
            return refused(early.get());
        }
        Bandwidths bandwidths = Bandwidths.of(below, above, plan.error());
        if (!bandwidths.areUsable()) {
            return refused(refusals.undefined());
        }
        Side lower = below.within(bandwidths.h());
        Side upper = above.within(bandwidths.h());
        nearBelow = NearBound.of(lower);
        nearAbove = NearBound.of(upper);
        Optional<Refusal> near = refusals.ofNear(lower, upper, isShare, bandwidths);
        if (near.isPresent()) {
            return refused(near.get());
        }
        DensityTest tested = density();
        density = tested;
        Optional<Refusal> crowded = refusals.ofDensity(tested);
        if (crowded.isPresent()) {
            return refused(crowded.get());
        }
        LocalEffect effect = LocalEffect.of(below, above, bandwidths, plan.error(), plan.alpha());
        return effect.isKnown() ? answered(effect, bandwidths, tested) : refused(refusals.undefined());
    }

    /** Of all users, whatever decided about them: where a band explores, the bound decided about fewer, but there are no fewer. */
    private DensityTest density() {
        Set<Decider> decided = EnumSet.allOf(Decider.class);
        return DensityTest.of(users.side(plan.bound(), false, decided), users.side(plan.bound(), true, decided));
    }

    private ThresholdEffect answered(LocalEffect effect, Bandwidths bandwidths, DensityTest tested) {
        List<NamedJump> placebos = placebos();
        List<NamedJump> covariates = covariates();
        refusals.leftOut(bandwidths).ifPresent(findings::add);
        refusals.exceptions(bandwidths.h()).ifPresent(findings::add);
        if (tested.pValue() < 0.1) {
            findings.add(ThresholdTexts.densityDoubtful(tested));
        }
        if (effect.levelBelow() < 0 && isShare) {
            findings.add(ThresholdTexts.levelBelowNothing());
        }
        placebos.stream()
                .filter(jump -> jump.inference().pValue() < plan.alpha() / placebos.size())
                .forEach(jump -> findings.add(ThresholdTexts.placeboJumps(jump)));
        covariates.stream()
                .filter(jump -> jump.inference().pValue() < plan.alpha() / covariates.size())
                .forEach(jump -> findings.add(ThresholdTexts.covariateJumps(jump)));
        return new ThresholdEffect(
                plan,
                users.size(),
                isShare,
                nearBelow,
                nearAbove,
                tested,
                effect,
                null,
                placebos,
                covariates,
                findings);
    }

    private ThresholdEffect refused(Refusal refusal) {
        return new ThresholdEffect(
                plan,
                users.size(),
                isShare,
                nearBelow,
                nearAbove,
                density,
                null,
                refusal,
                List.of(),
                List.of(),
                findings);
    }

    /** The jumps at the medians of both sides, each among the users of its side only. */
    private List<NamedJump> placebos() {
        List<NamedJump> jumps = new ArrayList<>();
        for (boolean isBelow : new boolean[] {true, false}) {
            Side side = isBelow ? below : above;
            double median = side.x()[side.size() / 2];
            int first = IntStream.range(0, side.size())
                    .filter(i -> side.x()[i] >= median)
                    .findFirst()
                    .orElseThrow();
            Side lower = side.part(0, first, median);
            Side upper = side.part(first, side.size(), median);
            if (refusals.ofCounts(lower, upper, isShare, "").isEmpty()) {
                add(jumps, isBelow ? "below" : "above", plan.bound() + median, lower, upper, isShare);
            }
        }
        return jumps;
    }

    private List<NamedJump> covariates() {
        List<NamedJump> jumps = new ArrayList<>();
        for (int k = 0; k < users.covariates().size(); k++) {
            add(
                    jumps,
                    users.covariates().get(k),
                    plan.bound(),
                    below.withOutcome(below.covariates()[k]),
                    above.withOutcome(above.covariates()[k]),
                    false);
        }
        return jumps;
    }

    private void add(List<NamedJump> jumps, String name, double at, Side lower, Side upper, boolean ofShares) {
        Bandwidths bandwidths = Bandwidths.of(lower, upper, plan.error());
        double h = bandwidths.h();
        if (bandwidths.areUsable()
                && refusals.ofCounts(lower.within(h), upper.within(h), ofShares, "")
                        .isEmpty()) {
            LocalEffect jump = LocalEffect.of(lower, upper, bandwidths, plan.error(), plan.alpha());
            if (jump.isKnown()) {
                jumps.add(new NamedJump(name, at, jump.estimate(), jump.inference()));
            }
        }
    }

    /** How many users have the outcome that is rarer of 0 and 1. */
    static long rarerOutcome(Side side) {
        long ones = Arrays.stream(side.y()).filter(outcome -> outcome == 1).count();
        return Math.min(ones, side.size() - ones);
    }
}
