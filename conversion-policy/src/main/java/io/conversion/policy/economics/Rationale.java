package io.conversion.policy.economics;

import io.conversion.core.json.ArtifactText;
import io.conversion.policy.Band;
import io.conversion.policy.internal.Wording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The bands of a candidate policy, each with what was assumed for it. */
final class Rationale {

    private final Thresholds thresholds;
    private final Economics economics;

    Rationale(Thresholds thresholds) {
        this.thresholds = thresholds;
        this.economics = thresholds.economics();
    }

    List<Band> bands() {
        List<ActionBand> best = thresholds.bands().bands();
        List<String> segments = segments(thresholds.bands());
        List<Band> bands = new ArrayList<>();
        for (int i = 0; i < best.size(); i++) {
            ActionBand band = best.get(i);
            bands.add(new Band(segments.get(i), band.from(), band.action(), "", sentences(band)));
        }
        return bands;
    }

    /**
     * Of several bands of one action each is named by the action beside it, which other users change less than a bound; by
     * its bound, too, where that is not enough.
     */
    static List<String> segments(ActionBands all) {
        List<String> actions = all.bands().stream().map(ActionBand::action).toList();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < actions.size(); i++) {
            String action = actions.get(i);
            boolean isOne = Collections.frequency(actions, action) == 1;
            names.add(isOne ? action : action + (i == 0 ? " below " + actions.get(1) : " above " + actions.get(i - 1)));
        }
        List<String> segments = new ArrayList<>(names);
        for (int i = 0; i < names.size(); i++) {
            boolean isOne = Collections.frequency(names, names.get(i)) == 1;
            segments.set(
                    i,
                    isOne
                            ? names.get(i)
                            : names.get(i) + " from " + all.bands().get(i).from());
        }
        return segments;
    }

    private String sentences(ActionBand band) {
        String given =
                thresholds.prices().stream().anyMatch(CapacityPrice::binds) ? " here, given the capacity" : " here";
        StringBuilder text = new StringBuilder(
                economics.noAction().equals(band.action())
                        ? "No action gains more than doing nothing" + given + "."
                        : "This action gains most" + given + ": " + gain(band.action(), band.from()) + " a user at "
                                + Amount.brief(band.from()) + ", " + gain(band.action(), band.next()) + " at "
                                + Amount.brief(band.next()) + ".");
        if (thresholds.joined().stream().anyMatch(joined -> isWithin(joined.band(), band))) {
            text.append(" It has the users of a band that was too small.");
        }
        text.append(" Assumed: a conversion is worth ").append(Amount.text(economics.value()));
        for (ActionEconomics action : economics.actions()) {
            if (action.action().equals(band.action()) || economics.noAction().equals(band.action())) {
                text.append("; ").append(assumptions(action));
            }
        }
        text.append('.');
        for (CapacityPrice price : thresholds.prices()) {
            text.append(' ').append(sentence(price));
        }
        return cut(text.toString());
    }

    private static boolean isWithin(ActionBand part, ActionBand band) {
        return part.from() >= band.from() && part.next() <= band.next();
    }

    /** A text that a policy may hold; many actions with long sources need more. */
    private static String cut(String text) {
        if (text.length() <= ArtifactText.LONGEST_TEXT) {
            return text;
        }
        int end = ArtifactText.LONGEST_TEXT - 3;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "...";
    }

    private String gain(String action, double probability) {
        double gain = economics.gain(action, probability);
        // What is left of a gain of 0 by rounding is not worth its digits.
        return Amount.brief(Math.abs(gain) < 1e-9 * economics.value() ? 0 : gain);
    }

    private static String assumptions(ActionEconomics action) {
        return Wording.quoted(action.action()) + " costs " + Amount.text(action.contactCost()) + " a user and "
                + Amount.text(action.discount()) + " off each conversion, and changes "
                + (action.effect() instanceof Effect.Relative
                        ? "the probability in proportion, by "
                        : "the log-odds by ")
                + Amount.signed(action.effect().by()) + " (" + action.effect().source() + ")";
    }

    private String sentence(CapacityPrice price) {
        String capacity = "At most " + price.capacity().users() + " of "
                + price.capacity().outOf() + " users get "
                + Wording.quoted(price.capacity().action());
        return capacity
                + (price.binds()
                        ? ", where it gains at least " + Amount.brief(price.price())
                                + " over the next best action; this holds on population " + thresholds.tuning() + "."
                        : ", which fewer want on population " + thresholds.tuning() + ".");
    }
}
