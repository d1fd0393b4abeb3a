package io.conversion.model.report;

import io.conversion.core.SignalEffect;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * How the curve of a numeric signal runs, as far as its intervals tell: a move up or down is one of which some pair of
 * values gives proof, because the 95 % interval of their difference excludes none. What moves less than that has no
 * direction, and what lies at the end of the range is never called a top or a bottom.
 *
 * @param kind how it runs
 * @param from where the move begins, or the top or the bottom does; NaN where it begins with the range
 * @param to where the move ends, or the top or the bottom does; NaN where it ends with the range
 * @param isLevelOutside whether the curve is level outside of a move; otherwise it has no clear direction there
 */
record CurveCourse(Kind kind, double from, double to, boolean isLevelOutside) {

    /** Log-odds that no reader would see in a curve. */
    static final double FLAT = 0.005;

    /** Of the height of a curve, and in log-odds: what moves less belongs to a level stretch. */
    private static final double LEVEL = 0.05;

    private static final double LEVEL_LOG_ODDS = 0.1;

    /** Of the users: stretches with fewer of them are not worth a word. */
    private static final double FEW = 0.1;

    /** How a curve runs. */
    enum Kind {
        FLAT,
        UNCLEAR,
        RISES,
        FALLS,
        TOP,
        BOTTOM,
        WAVES
    }

    /** What share of the users has values below a number. */
    interface Below {
        double share(double x);
    }

    /**
     * The course in words, as the predicate of a sentence about the probability of a user, or of a signal.
     *
     * @param name writes a value of the signal
     */
    String sentence(DoubleFunction<String> name) {
        return switch (kind) {
            case FLAT -> "makes next to no difference";
            case UNCLEAR -> "no clear difference between its values";
            case WAVES -> "the probability goes up and down";
            case TOP -> turn("highest", name);
            case BOTTOM -> turn("lowest", name);
            case RISES -> move("raise", "rises", "up", name);
            case FALLS -> move("lower", "falls", "down", name);
        };
    }

    private String turn(String extreme, DoubleFunction<String> name) {
        String at = name.apply(from).equals(name.apply(to))
                ? " around " + name.apply(from)
                : " from " + name.apply(from) + " to " + name.apply(to);
        return "the probability is " + extreme + at;
    }

    private String move(String active, String verb, String way, DoubleFunction<String> name) {
        if (Double.isNaN(from) && Double.isNaN(to)) {
            return "higher values " + active + " the probability";
        } else if (!Double.isNaN(from) && !Double.isNaN(to) && name.apply(from).equals(name.apply(to))) {
            return "the probability goes " + way + " at " + name.apply(to)
                    + (isLevelOutside ? " and is level on both sides" : "; no clear direction elsewhere");
        }
        String begin = Double.isNaN(from) ? "" : " from " + name.apply(from);
        String end = Double.isNaN(to) ? "" : (begin.isEmpty() ? " until " : " to ") + name.apply(to);
        return "the probability " + verb + begin + end + (isLevelOutside ? " and is level " : "; no clear direction ")
                + (begin.isEmpty() ? "from there on" : end.isEmpty() ? "up to there" : "elsewhere");
    }

    /**
     * Looks at a curve.
     *
     * @param effect the curve
     * @param at the values to look at, ascending, all turns of the curve among them
     * @param below how users are spread
     */
    static CurveCourse of(SignalEffect effect, List<Double> at, Below below) {
        return new Reading(effect, at, below).course();
    }

    /** The interval of what a value adds against the one of the effect; of no width if the model has no covariance. */
    static Interval interval(SignalEffect.Point point) {
        return point.standardError() > 0
                ? Interval.wald(point.logOdds(), point.standardError(), Evaluation.LEVEL)
                : new Interval(point.logOdds(), point.logOdds());
    }

    /** The look at one curve. */
    private static final class Reading {

        private final List<Double> at;
        private final Below below;
        private final double[] heights;
        private final Interval[][] differences;

        private final double span;

        /** What belongs to a level stretch, and what counts as a move, in log-odds. */
        private final double level;

        private final double least;

        Reading(SignalEffect effect, List<Double> at, Below below) {
            this.at = at;
            this.below = below;
            this.heights = at.stream().mapToDouble(x -> effect.at(x).logOdds()).toArray();
            this.differences = new Interval[at.size()][];
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < heights.length; i++) {
                SignalEffect against = effect.against(at.get(i));
                differences[i] = new Interval[heights.length];
                for (int j = i + 1; j < heights.length; j++) {
                    differences[i][j] = interval(against.at(at.get(j)));
                }
                low = Math.min(low, heights[i]);
                high = Math.max(high, heights[i]);
            }
            this.span = high - low;
            this.level = Math.min(LEVEL * span, LEVEL_LOG_ODDS);
            this.least = Math.max(FLAT, level / 2);
        }

        CurveCourse course() {
            if (!(span > FLAT)) {
                return plain(Kind.FLAT);
            }
            // Pairs of pivots between which a move is proven, each in the other direction than the one before.
            List<Integer> pivots = new ArrayList<>();
            boolean up = false;
            for (int i = 1; i < heights.length; i++) {
                int start = pivots.isEmpty() ? 0 : pivots.get(pivots.size() - 1);
                boolean rises = isProven(start, i, true);
                boolean falls = isProven(start, i, false);
                if ((rises && (pivots.isEmpty() || !up)) || (falls && (pivots.isEmpty() || up))) {
                    up = rises && (pivots.isEmpty() || !up);
                    pivots.add(extreme(start, i, !up));
                }
            }
            CurveCourse course = switch (pivots.size()) {
                case 0 -> plain(Kind.UNCLEAR);
                case 1 -> move(pivots.get(0), up);
                case 2 -> turn(pivots.get(1), !up);
                default -> plain(Kind.WAVES);
            };
            return contradicts(course, pivots) ? plain(Kind.WAVES) : course;
        }

        /** Whether some pair on one side of the turn, or anywhere if there is none, proves the other direction. */
        private boolean contradicts(CurveCourse course, List<Integer> pivots) {
            int last = heights.length - 1;
            return switch (course.kind) {
                case FLAT, UNCLEAR, WAVES -> false;
                case RISES -> isProvenWithin(0, last, false);
                case FALLS -> isProvenWithin(0, last, true);
                case TOP -> isProvenWithin(0, pivots.get(1), false) || isProvenWithin(pivots.get(1), last, true);
                case BOTTOM -> isProvenWithin(0, pivots.get(1), true) || isProvenWithin(pivots.get(1), last, false);
            };
        }

        private boolean isProvenWithin(int from, int to, boolean up) {
            for (int i = from + 1; i <= to; i++) {
                if (isProven(from, i, up)) {
                    return true;
                }
            }
            return false;
        }

        private static CurveCourse plain(Kind kind) {
            return new CurveCourse(kind, Double.NaN, Double.NaN, false);
        }

        /** Whether some value from {@code start} on proves a move to value {@code i}. */
        private boolean isProven(int start, int i, boolean up) {
            for (int j = start; j < i; j++) {
                Interval difference = differences[j][i];
                double change = heights[i] - heights[j];
                if (up ? change > least && difference.lower() > 0 : change < -least && difference.upper() < 0) {
                    return true;
                }
            }
            return false;
        }

        private int extreme(int from, int to, boolean highest) {
            int found = from;
            for (int i = from + 1; i <= to; i++) {
                if (highest ? heights[i] > heights[found] : heights[i] < heights[found]) {
                    found = i;
                }
            }
            return found;
        }

        /** One direction; where it begins and ends, if users in number lie outside. */
        private CurveCourse move(int pivot, boolean up) {
            int last = heights.length - 1;
            int high = extreme(pivot, last, up);
            int low = extreme(0, high, !up);
            int begin = low;
            while (begin < high && isNear(begin + 1, low, level)) {
                begin++;
            }
            int end = high;
            while (end > begin + 1 && isNear(end - 1, high, level)) {
                end--;
            }
            // Users at the very end of the range are on no stretch.
            boolean begins = begin > 0 && below.share(after(begin)) - below.share(after(0)) >= FEW;
            boolean ends = end < last && below.share(at.get(last)) - below.share(at.get(end)) >= FEW;
            return new CurveCourse(
                    up ? Kind.RISES : Kind.FALLS,
                    begins ? at.get(begin) : Double.NaN,
                    ends ? at.get(end) : Double.NaN,
                    (!begins || isLevel(0, begin)) && (!ends || isLevel(end, last)));
        }

        private CurveCourse turn(int pivot, boolean top) {
            int last = heights.length - 1;
            if (extreme(0, last, top) != pivot) {
                // What is not proven reaches further.
                return plain(Kind.WAVES);
            }
            double before = Math.abs(heights[pivot] - heights[extreme(0, pivot, !top)]);
            double after = Math.abs(heights[pivot] - heights[extreme(pivot, last, !top)]);
            double near = Math.min(level, Math.min(before, after) / 4);
            int from = pivot;
            while (from > 0 && isNear(from - 1, pivot, near)) {
                from--;
            }
            int to = pivot;
            while (to < last && isNear(to + 1, pivot, near)) {
                to++;
            }
            boolean isWide = below.share(at.get(to)) - below.share(at.get(from)) >= FEW;
            return new CurveCourse(
                    top ? Kind.TOP : Kind.BOTTOM, at.get(isWide ? from : pivot), at.get(isWide ? to : pivot), false);
        }

        private double after(int i) {
            return Math.nextUp(at.get(i));
        }

        private boolean isNear(int i, int other, double most) {
            return Math.abs(heights[i] - heights[other]) <= most;
        }

        private boolean isLevel(int from, int to) {
            return heights[extreme(from, to, true)] - heights[extreme(from, to, false)] <= 2 * level;
        }
    }
}
