package io.conversion.experiments.value;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.Refusal;
import io.conversion.experiments.internal.NumberTexts;
import io.conversion.experiments.value.ValueAnswer.Estimated;
import io.conversion.experiments.value.ValueAnswer.Interval;
import io.conversion.experiments.value.ValueAnswer.Refused;

/** What a {@link OffPolicyReadout} says, in words. */
final class ValueTexts {

    private final OffPolicyReadout readout;
    private final boolean isShare;

    ValueTexts(OffPolicyReadout readout) {
        this.readout = readout;
        this.isShare = readout.log().isShare();
    }

    String sentence() {
        String name = "Policy " + ArtifactText.quoted(readout.policy());
        if (readout.answer() instanceof Refused refused) {
            Refusal first = refused.refusals().get(0);
            int more = refused.refusals().size() - 1;
            return "Cannot know what policy " + ArtifactText.quoted(readout.policy()) + " would have brought: "
                    + first.reason() + (more > 0 ? ", and " + more + (more > 1 ? " more reasons" : " more reason") : "")
                    + ".";
        }
        Estimated value = (Estimated) readout.answer();
        String best = value(value.best().value(), value.interval());
        String logged = value(readout.logged().value(), value.interval());
        String between = " (" + range(value.interval()) + "); what was in force ";
        String brought = name + " would have brought "
                + (isShare
                        ? "a conversion in " + best + " of decisions" + between + "did in " + logged + ". "
                        : best + " for each decision" + between + "brought " + logged + ". ");
        Interval against = readout.againstLogged().interval();
        return against == null
                ? brought
                : brought
                        + switch (readout.kind()) {
                            case MORE -> "That is more, by " + size(against) + ".";
                            case LESS ->
                                "That is less, by " + size(new Interval(-against.upper(), -against.lower())) + ".";
                            default -> "Whether that is more or less is open: " + difference(against) + ".";
                        };
    }

    /** A value as exact as its interval makes it worth. */
    String value(double value, Interval interval) {
        double scale = scale();
        return NumberTexts.number(scale * value, scale * width(interval)) + (isShare ? " %" : "");
    }

    String range(Interval interval) {
        return value(interval.lower(), interval) + " to " + value(interval.upper(), interval);
    }

    String difference(Interval interval) {
        return signed(interval.lower(), interval) + " to " + signed(interval.upper(), interval)
                + (isShare ? " percentage points" : "");
    }

    private String size(Interval interval) {
        return NumberTexts.number(scale() * interval.lower(), scale() * width(interval)) + " to "
                + NumberTexts.number(scale() * interval.upper(), scale() * width(interval))
                + (isShare ? " percentage points" : "");
    }

    String signed(double value, Interval interval) {
        return (value > 0 ? "+" : "") + NumberTexts.number(scale() * value, scale() * width(interval));
    }

    double scale() {
        return isShare ? 100 : 1;
    }

    private static double width(Interval interval) {
        return interval.upper() - interval.lower();
    }
}
