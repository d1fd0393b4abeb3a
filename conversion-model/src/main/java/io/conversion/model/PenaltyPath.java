package io.conversion.model;

import io.conversion.model.fit.PenaltySearch;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the L2 penalty was chosen: the mean log loss over held-out folds for each lambda of a path, of which the smallest
 * was taken. Immutable and safe to share between threads.
 *
 * @param points the path, from the largest lambda to the smallest
 * @param chosen the lambda of the smallest cross-validated log loss
 */
public record PenaltyPath(List<Point> points, double chosen) {

    /** Copies the points. {@inheritDoc} */
    public PenaltyPath {
        points = List.copyOf(points);
    }

    /**
     * One lambda.
     *
     * @param lambda the L2 penalty
     * @param logLoss the mean log loss over held-out folds, in nats
     * @param standardError the standard error of that mean, from the losses of the rows
     */
    public record Point(double lambda, double logLoss, double standardError) {}

    static PenaltyPath of(PenaltySearch search) {
        return new PenaltyPath(
                IntStream.range(0, search.size())
                        .mapToObj(k -> new Point(search.lambda(k), search.logLoss(k), search.standardError(k)))
                        .toList(),
                search.chosen());
    }
}
