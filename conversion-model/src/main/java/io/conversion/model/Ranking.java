package io.conversion.model;

import java.util.stream.IntStream;

/** Outcomes in the order of their probabilities, and the two areas that follow from it. */
final class Ranking {

    private final int positives;
    private final double rocAuc;
    private final double averagePrecision;

    private Ranking(int positives, double rocAuc, double averagePrecision) {
        this.positives = positives;
        this.rocAuc = rocAuc;
        this.averagePrecision = averagePrecision;
    }

    static Ranking of(double[] probabilities, boolean[] converted) {
        for (double probability : probabilities) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("a probability is " + probability + "; it must be from 0 to 1");
            }
        }
        double[] positives = sorted(probabilities, converted, true);
        double[] negatives = sorted(probabilities, converted, false);
        if (positives.length == 0 || negatives.length == 0) {
            throw new InvalidDataException("the " + probabilities.length + " rows hold "
                    + (positives.length == 0 ? "no positive" : "no negative") + " outcome; both are needed");
        }
        double pairsWon = 0;
        double averagePrecision = 0;
        int p = positives.length;
        int n = negatives.length;
        // From the highest probability down; rows that share one are a single threshold.
        while (p > 0) {
            double threshold = n == 0 ? positives[p - 1] : Math.max(positives[p - 1], negatives[n - 1]);
            int tiedPositives = p - firstTied(positives, p, threshold);
            int tiedNegatives = n - firstTied(negatives, n, threshold);
            p -= tiedPositives;
            n -= tiedNegatives;
            pairsWon += tiedPositives * (n + tiedNegatives / 2.0);
            double hits = positives.length - p;
            double precision = hits / (hits + negatives.length - n);
            averagePrecision += (double) tiedPositives / positives.length * precision;
        }
        double pairs = (double) positives.length * negatives.length;
        return new Ranking(positives.length, pairsWon / pairs, averagePrecision);
    }

    private static double[] sorted(double[] probabilities, boolean[] converted, boolean outcome) {
        return IntStream.range(0, probabilities.length)
                .filter(i -> converted[i] == outcome)
                .mapToDouble(i -> probabilities[i])
                .sorted()
                .toArray();
    }

    /** Where the run of values equal to the threshold begins that ends before {@code end}. */
    private static int firstTied(double[] sorted, int end, double threshold) {
        int first = end;
        while (first > 0 && sorted[first - 1] == threshold) {
            first--;
        }
        return first;
    }

    int positives() {
        return positives;
    }

    double rocAuc() {
        return rocAuc;
    }

    double averagePrecision() {
        return averagePrecision;
    }
}
