package io.conversion.policy.monitoring;

import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.provenance.SignalDistribution.Levels;
import io.conversion.core.provenance.SignalDistribution.Numbers;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.policy.internal.Wording;
import java.util.ArrayList;
import java.util.List;

/** What the bins of a distribution hold, in words and in the order of {@link Distributions#counts}. */
final class BinLabels {

    /** So many digits as people tell shares of users apart by. */
    private static final int DIGITS = 4;

    private static final String MISSING = "missing";
    private static final String UNSEEN = "unseen";

    private BinLabels() {}

    static List<String> of(Signal signal, SignalDistribution distribution) {
        List<String> labels = new ArrayList<>();
        if (distribution instanceof Numbers numbers) {
            labels.addAll(
                    signal instanceof NumericSignal numeric && numeric.whole()
                            ? whole(numbers.edges(), numeric)
                            : between(numbers.edges()));
        } else if (distribution instanceof Levels levels) {
            levels.rows().keySet().stream().map(BinLabels::level).forEach(labels::add);
            labels.add(UNSEEN);
        } else {
            labels.add("false");
            labels.add("true");
        }
        labels.add(MISSING);
        return labels;
    }

    /** A level that is called like a bin of another kind, or begins with a quote, is in quotes. */
    private static String level(String level) {
        return level.equals(MISSING) || level.equals(UNSEEN) || isQuoted(level) ? '"' + level + '"' : level;
    }

    static boolean isQuoted(String label) {
        return label.startsWith("\"");
    }

    static List<String> ofProbability(List<Double> edges) {
        List<String> labels = between(edges);
        labels.add(MISSING);
        return labels;
    }

    private static List<String> between(List<Double> edges) {
        List<String> labels = new ArrayList<>();
        labels.add("below " + text(edges.get(0)));
        for (int i = 1; i < edges.size(); i++) {
            labels.add(text(edges.get(i - 1)) + " to below " + text(edges.get(i)));
        }
        labels.add("from " + text(edges.get(edges.size() - 1)) + " on");
        return labels;
    }

    /** The same of whole numbers, of which a bin may hold a single one. */
    private static List<String> whole(List<Double> edges, NumericSignal signal) {
        List<String> labels = between(edges);
        for (int i = 0; i < labels.size(); i++) {
            double from = i == 0 ? signal.min() : edges.get(i - 1);
            double last = i == edges.size() ? signal.max() : edges.get(i) - 1;
            if (from == last) {
                labels.set(i, text(from));
            }
        }
        return labels;
    }

    private static String text(double number) {
        return Wording.brief(number, DIGITS);
    }
}
