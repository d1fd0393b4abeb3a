package io.conversion.experiments;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.statistics.ConfidenceSequence;
import io.conversion.experiments.statistics.Difference;
import io.conversion.experiments.statistics.Inference;
import io.conversion.experiments.statistics.Newcombe;
import io.conversion.experiments.statistics.Sample;
import org.jspecify.annotations.Nullable;

/** Two arms of which users, means and variances are known. */
final class SampleComparison {

    /** Fewer users than this in an arm say nothing of a mean. */
    private static final int LEAST_USERS = 10;

    /** So many successes, and as many failures, the normal approximation of a share needs in each arm. */
    private static final int LEAST_OUTCOMES = 10;

    /** A mean that others are divided by is to be so many of its errors from 0. */
    private static final double LEAST_DIVISOR = 5;

    private final ReadoutPlan plan;
    private final Metric metric;
    private final ArmReadout control;
    private final ArmReadout treatment;
    private final Difference plain;
    private final ConfidenceSequence sequence;
    private final long users;

    SampleComparison(ReadoutPlan plan, Metric metric, ArmReadout control, ArmReadout treatment) {
        this.plan = plan;
        this.metric = metric;
        this.control = control;
        this.treatment = treatment;
        plain = Difference.of(control.sample(), treatment.sample());
        sequence = new ConfidenceSequence(plan.alpha(), plan.tunedUsers());
        users = control.sample().users() + treatment.sample().users();
    }

    @Nullable
    Refusal refusal() {
        Refusal refusal = refusal(control);
        return refusal == null ? refusal(treatment) : refusal;
    }

    private @Nullable Refusal refusal(ArmReadout arm) {
        Sample sample = arm.sample();
        String name = ArtifactText.quoted(arm.name());
        if (sample.users() < LEAST_USERS) {
            return new Refusal(
                    "too_few_users",
                    "arm " + name + " has " + sample.users() + " users; " + LEAST_USERS + " are needed",
                    "wait for more users");
        }
        long successes = Math.round(sample.mean() * sample.users());
        if (metric.kind() == Metric.Kind.PROPORTION
                && Math.min(successes, sample.users() - successes) < LEAST_OUTCOMES) {
            return new Refusal(
                    "too_few_outcomes",
                    "arm " + name + " has " + successes + " of " + sample.users() + " users who did it; "
                            + LEAST_OUTCOMES + " are needed who did and as many who did not",
                    "wait for more outcomes; the exact evidence holds with any number");
        }
        return sample.variance() > 0
                ? null
                : new Refusal(
                        "no_variance",
                        "all users of arm " + name + " have the same value",
                        "look whether the outcome was measured there");
    }

    Difference plain() {
        return plain;
    }

    EffectReadout difference() {
        Inference fixed = metric.kind() == Metric.Kind.PROPORTION
                ? Newcombe.difference(control.sample(), treatment.sample(), plan.alpha())
                : ofOneLook().fixed(plan.alpha());
        return new EffectReadout(plain.estimate(), plain.standardError(), fixed, sequence.at(plain, users));
    }

    @Nullable
    EffectReadout relative() {
        return hasRelative() ? effect(ofOneLook().relative(control.sample(), treatment.sample())) : null;
    }

    boolean hasRelative() {
        return control.sample().mean()
                > LEAST_DIVISOR * Math.sqrt(control.sample().errorVariance());
    }

    private Difference ofOneLook() {
        return metric.kind() == Metric.Kind.MEAN ? Difference.ofWelch(control.sample(), treatment.sample()) : plain;
    }

    /** Single looks by the difference's own degrees of freedom, sequences by the normal distribution. */
    EffectReadout effect(Difference difference) {
        Difference normal = new Difference(difference.estimate(), difference.standardError(), Double.POSITIVE_INFINITY);
        return new EffectReadout(
                difference.estimate(),
                difference.standardError(),
                difference.fixed(plan.alpha()),
                sequence.at(normal, users));
    }

    /** Of few clusters, sequences by the degrees of freedom, too. */
    EffectReadout ofClusters(Difference difference) {
        return new EffectReadout(
                difference.estimate(),
                difference.standardError(),
                difference.fixed(plan.alpha()),
                sequence.at(difference, users));
    }
}
