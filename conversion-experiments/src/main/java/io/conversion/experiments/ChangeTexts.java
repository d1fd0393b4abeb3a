package io.conversion.experiments;

import io.conversion.experiments.internal.NumberTexts;

/** Changes of a metric as sentences have them. */
final class ChangeTexts {

    private ChangeTexts() {}

    /** A change of a metric with its unit: percentage points of a share, its own of any other. */
    static String change(Metric metric, double change, double width) {
        return points(metric, change, width) + unit(metric);
    }

    /** The ends of an interval of a change, with the unit once. */
    static String changes(Metric metric, double lower, double upper) {
        return points(metric, lower, upper - lower) + " to " + points(metric, upper, upper - lower) + unit(metric);
    }

    /** A change of a metric without its unit. */
    static String points(Metric metric, double change, double width) {
        double scale = metric.kind() == Metric.Kind.PROPORTION ? 100 : 1;
        return (change > 0 ? "+" : "") + NumberTexts.number(scale * change, scale * width);
    }

    /** How large a change is, whatever its direction, with its unit. */
    static String size(Metric metric, double change) {
        double scale = metric.kind() == Metric.Kind.PROPORTION ? 100 : 1;
        return NumberTexts.number(scale * Math.abs(change)) + unit(metric);
    }

    private static String unit(Metric metric) {
        return metric.kind() == Metric.Kind.PROPORTION ? " percentage points" : "";
    }
}
