package io.conversion.core;

import java.util.List;

/** Checks lists of numbers that lines are drawn between. */
final class Ascending {

    private Ascending() {}

    /** Finite numbers, strictly ascending, at least so many, and near enough for their distances to be finite. */
    static void check(String field, List<Double> numbers, int least, ShapeCheck.Report report) {
        if (numbers.size() < least) {
            report.problem(field, numbers.size() + " numbers", "expected at least " + least);
        }
        distances(field, numbers, report);
        for (int i = 1; i < numbers.size(); i++) {
            if (numbers.get(i) <= numbers.get(i - 1)) {
                report.problem(
                        field + "/" + i,
                        String.valueOf(numbers.get(i)),
                        "expected a number above the one before, " + numbers.get(i - 1));
            }
        }
    }

    /** Finite numbers whose distances from one to the next are finite, too. */
    static void distances(String field, List<Double> numbers, ShapeCheck.Report report) {
        for (int i = 0; i < numbers.size(); i++) {
            double number = numbers.get(i);
            if (!Double.isFinite(number)) {
                report.problem(field + "/" + i, String.valueOf(number), "every number must be finite");
            } else if (i > 0 && Double.isFinite(numbers.get(i - 1)) && Double.isInfinite(number - numbers.get(i - 1))) {
                report.problem(
                        field + "/" + i,
                        String.valueOf(number),
                        "it is too far from the one before, " + numbers.get(i - 1)
                                + ", for a double to hold the distance");
            }
        }
    }
}
