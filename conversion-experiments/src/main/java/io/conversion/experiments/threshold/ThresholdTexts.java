package io.conversion.experiments.threshold;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.Finding;
import io.conversion.experiments.Refusal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Objects;

/** What is said of an effect at a bound, in sentences. */
final class ThresholdTexts {

    private ThresholdTexts() {}

    static String sentence(ThresholdEffect answer, String outcome) {
        ThresholdPlan plan = answer.plan();
        String action = plan.action().isEmpty() ? "the upper action" : ArtifactText.quoted(plan.action());
        String bound = bound(plan.bound());
        LocalEffect effect = answer.effect();
        if (effect == null) {
            Refusal refusal = Objects.requireNonNull(answer.refusal());
            return "What " + action + " does at the bound " + bound + " cannot be told: " + refusal.reason()
                    + ". To do: " + refusal.remedy() + ".";
        }
        double scale = answer.isShare() ? 100 : 1;
        int digits = decimals(
                scale * (effect.inference().upper() - effect.inference().lower()));
        String unit = answer.isShare() ? " percentage points" : "";
        return "Where " + action + " begins (" + bound + "), it changes " + ArtifactText.quoted(outcome) + " by "
                + signed(scale * effect.estimate(), digits) + unit + " ("
                + signed(scale * effect.inference().lower(), digits) + " to "
                + signed(scale * effect.inference().upper(), digits) + ", "
                + pValue(effect.inference().pValue()) + ") for users at the bound, who have "
                + fixed(scale * effect.levelBelow(), digits) + (answer.isShare() ? " %" : "")
                + " without it. It says nothing of others.";
    }

    static Finding densityDoubtful(DensityTest density) {
        return new Finding(
                "density_doubtful",
                Finding.Severity.WARNS,
                "There may be more users just " + (density.statistic() > 0 ? "above" : "below")
                        + " the bound than chance explains (" + pValue(density.pValue())
                        + "); find out whether anything sorts them.");
    }

    static Finding placeboJumps(NamedJump jump) {
        return new Finding(
                "placebo_jumps",
                Finding.Severity.WARNS,
                "The outcome jumps by " + number(jump.estimate()) + " at " + number(jump.at()) + ", "
                        + jump.name() + " the bound, where the action does not change ("
                        + pValue(jump.inference().pValue()) + "); look for what changes there.");
    }

    static Finding covariateJumps(NamedJump jump) {
        return new Finding(
                "covariate_jumps",
                Finding.Severity.WARNS,
                ArtifactText.quoted(jump.name()) + " was known before, and jumps by " + number(jump.estimate())
                        + " at the bound (" + pValue(jump.inference().pValue())
                        + "); the users on its sides differ in more than the action.");
    }

    static Finding levelBelowNothing() {
        return new Finding(
                "level_out_of_range",
                Finding.Severity.NOTES,
                "The level just below the bound comes out below 0, since lines know no limits; it is close to 0.");
    }

    /** A bound with all its digits. */
    private static String bound(double value) {
        BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
        double size = Math.abs(value);
        return size != 0 && (size < 1e-6 || size >= 1e9) ? exact.toString() : exact.toPlainString();
    }

    /** A number to three significant digits. */
    static String number(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : String.valueOf(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
        double size = Math.abs(value);
        return size < 1e-6 || size >= 1e9 ? rounded.toString() : rounded.toPlainString();
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String percent(double share) {
        return number(100 * share) + " %";
    }

    static String pValue(double p) {
        return p < 1e-4 ? "p < 0.0001" : "p = " + number(p);
    }

    /** As many decimals as an interval of some width is worth. */
    private static int decimals(double width) {
        return (int) Math.max(0, Math.min(9, 1 - Math.floor(Math.log10(width / 2))));
    }

    private static String signed(double value, int digits) {
        return (value > 0 ? "+" : "") + fixed(value, digits);
    }

    private static String fixed(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
