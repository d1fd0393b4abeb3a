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
        int rows = probabilities.length;
        int[] falling = IntStream.range(0, rows)
                .boxed()
                .sorted((a, b) -> Double.compare(probabilities[b], probabilities[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        int positives = (int) IntStream.range(0, rows).filter(i -> converted[i]).count();
        if (positives == 0 || positives == rows) {
            throw new InvalidDataException("the " + rows + " rows hold "
                    + (positives == 0 ? "no positive" : "no negative") + " outcome; both are needed");
        }
        double ranksOfPositives = 0;
        double averagePrecision = 0;
        int above = 0;
        int start = 0;
        while (start < rows) {
            int end = start;
            int hits = 0;
            while (end < rows && probabilities[falling[end]] == probabilities[falling[start]]) {
                hits += converted[falling[end++]] ? 1 : 0;
            }
            above += hits;
            // Ranks count from the lowest probability; tied rows share the mean of theirs.
            ranksOfPositives += hits * (rows - (start + end - 1) / 2.0);
            averagePrecision += (double) hits / positives * above / end;
            start = end;
        }
        double u = ranksOfPositives - positives * (positives + 1.0) / 2;
        return new Ranking(positives, u / ((double) positives * (rows - positives)), averagePrecision);
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
