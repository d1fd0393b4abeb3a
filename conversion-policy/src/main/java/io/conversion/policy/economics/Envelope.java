package io.conversion.policy.economics;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The best action for each probability: the upper envelope of the gains.
 *
 * <p>Gains cross at the roots of polynomials of second degree only, so between one root and the next the best action
 * stays the same. Near each root the gains are compared in exact arithmetic, double by double. So every double has the
 * action that is best for it by the declared numbers, with nothing rounded. Where actions gain the same, the one counts
 * that is best just above; where they gain the same there, too, the action of the band below; in the lowest band the
 * earliest one, doing nothing first.
 */
final class Envelope {

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final List<ExactCurve> curves;

    private Envelope(List<ExactCurve> curves) {
        this.curves = curves;
    }

    /** The best bands if each place of the priced action costs so much more. */
    static ActionBands of(Economics economics, String priced, double price) {
        List<ActionEconomics> choices = economics.choices();
        Envelope envelope = new Envelope(choices.stream()
                .map(choice ->
                        ExactCurve.of(economics.value(), choice, choice.action().equals(priced) ? price : 0))
                .toList());
        List<Double> from = new ArrayList<>(envelope.candidates());
        List<String> actions = new ArrayList<>();
        int best = -1;
        for (int i = 0; i < from.size(); i++) {
            best = envelope.best(from.get(i), i + 1 < from.size() ? from.get(i + 1) : 1, best);
            actions.add(choices.get(best).action());
        }
        return ActionBands.of(from, actions);
    }

    /** Every double at which another action may become the best one, and 0. */
    private NavigableSet<Double> candidates() {
        NavigableSet<Double> candidates = new TreeSet<>();
        for (int i = 0; i < curves.size(); i++) {
            for (int j = 0; j < i; j++) {
                for (double root : curves.get(i).crossings(curves.get(j))) {
                    candidates.addAll(List.of(Math.nextDown(root), root, Math.nextUp(root)));
                }
            }
        }
        candidates.removeIf(candidate -> !(candidate > 0 && candidate <= 1));
        candidates.add(0.0);
        return candidates;
    }

    private int best(double from, double next, int below) {
        BigDecimal start = new BigDecimal(from);
        List<Integer> best = best(start, everyone());
        if (best.size() > 1) {
            best = best(start.add(new BigDecimal(next)).multiply(HALF), best);
        }
        return best.contains(below) ? below : best.get(0);
    }

    private List<Integer> everyone() {
        List<Integer> everyone = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            everyone.add(i);
        }
        return everyone;
    }

    /** Which of some curves are the highest at a probability. */
    private List<Integer> best(BigDecimal p, List<Integer> among) {
        List<Integer> best = new ArrayList<>();
        ExactCurve.Fraction highest = null;
        for (int i : among) {
            ExactCurve.Fraction here = curves.get(i).at(p);
            int comparison = highest == null ? 1 : here.compareTo(highest);
            if (comparison > 0) {
                best.clear();
                highest = here;
            }
            if (comparison >= 0) {
                best.add(i);
            }
        }
        return best;
    }
}
