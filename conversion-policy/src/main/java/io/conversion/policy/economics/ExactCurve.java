package io.conversion.policy.economics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * What an action leaves of a user, {@code margin * q(p) - cost}, in exact arithmetic over the doubles that were declared.
 * It is the gain plus {@code value * p}, which is the same for all actions and so has no part in which one is best.
 *
 * <p>Each kind of effect is made of pieces {@code q = (constant + slope * p) / (1 + bend * p)}: a relative effect of the
 * lines {@code (1 + by) p} and 1, one on the log-odds of {@code (1 + k) p / (1 + k p)}. So two pieces cross where a
 * polynomial of second degree is 0.
 *
 * @param margin the value less the discount
 * @param cost the contact cost, and the price of a scarce place
 * @param pieces the pieces, of which the lowest counts
 */
record ExactCurve(BigDecimal margin, BigDecimal cost, List<Piece> pieces) {

    /** Enough digits for roots whose nearest double is not in doubt by more than one. */
    private static final MathContext DIGITS = new MathContext(50);

    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal FOUR = BigDecimal.valueOf(4);

    /** One piece of the probability under an action. */
    record Piece(BigDecimal constant, BigDecimal slope, BigDecimal bend) {

        private BigDecimal denominator(BigDecimal p) {
            return BigDecimal.ONE.add(bend.multiply(p));
        }
    }

    /** A fraction with a positive denominator. */
    record Fraction(BigDecimal numerator, BigDecimal denominator) implements Comparable<Fraction> {

        @Override
        public int compareTo(Fraction other) {
            return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
        }
    }

    static ExactCurve of(double value, ActionEconomics action, double price) {
        return new ExactCurve(
                new BigDecimal(value).subtract(new BigDecimal(action.discount())),
                new BigDecimal(action.contactCost()).add(new BigDecimal(price)),
                pieces(action.effect()));
    }

    private static List<Piece> pieces(Effect effect) {
        BigDecimal zero = BigDecimal.ZERO;
        if (effect instanceof Effect.LogOdds shift) {
            BigDecimal k = new BigDecimal(StrictMath.expm1(shift.by()));
            return List.of(new Piece(zero, BigDecimal.ONE.add(k), k));
        } else if (effect instanceof Effect.Relative change) {
            BigDecimal slope = BigDecimal.ONE.add(new BigDecimal(change.by()));
            Piece line = new Piece(zero, slope, zero);
            return change.by() > 0 ? List.of(line, new Piece(BigDecimal.ONE, zero, zero)) : List.of(line);
        }
        throw new IllegalArgumentException("an absolute effect has no bounds");
    }

    /** The value of the curve at a probability. */
    Fraction at(BigDecimal p) {
        return pieces.stream()
                .map(piece -> new Fraction(piece.constant.add(piece.slope.multiply(p)), piece.denominator(p)))
                .min(Fraction::compareTo)
                .map(q -> new Fraction(
                        margin.multiply(q.numerator).subtract(cost.multiply(q.denominator)), q.denominator))
                .orElseThrow();
    }

    /** Near which doubles the curve may cross another one. */
    List<Double> crossings(ExactCurve other) {
        List<Double> crossings = new ArrayList<>();
        for (Piece piece : pieces) {
            for (Piece others : other.pieces) {
                addCrossings(piece, other, others, crossings);
            }
        }
        return crossings;
    }

    private void addCrossings(Piece one, ExactCurve other, Piece two, List<Double> roots) {
        BigDecimal dearer = cost.subtract(other.cost);
        BigDecimal square = weighted(one.slope.multiply(two.bend), other, two.slope.multiply(one.bend))
                .subtract(dearer.multiply(one.bend).multiply(two.bend));
        BigDecimal linear = weighted(
                        one.slope.add(one.constant.multiply(two.bend)),
                        other,
                        two.slope.add(two.constant.multiply(one.bend)))
                .subtract(dearer.multiply(one.bend.add(two.bend)));
        BigDecimal constant = weighted(one.constant, other, two.constant).subtract(dearer);
        addRoots(square, linear, constant, roots);
    }

    private BigDecimal weighted(BigDecimal one, ExactCurve other, BigDecimal two) {
        return margin.multiply(one).subtract(other.margin.multiply(two));
    }

    /** The real roots of {@code square p^2 + linear p + constant}, rounded; the discriminant is exact. */
    private static void addRoots(BigDecimal square, BigDecimal linear, BigDecimal constant, List<Double> roots) {
        BigDecimal discriminant =
                linear.multiply(linear).subtract(FOUR.multiply(square).multiply(constant));
        if (discriminant.signum() < 0) {
            return;
        }
        // The sum of two numbers of one sign, so that no digit is lost: one root is q / square, the other constant / q.
        BigDecimal root = discriminant.sqrt(DIGITS);
        BigDecimal q = (linear.signum() < 0 ? linear.subtract(root) : linear.add(root)).divide(TWO.negate(), DIGITS);
        if (square.signum() != 0) {
            roots.add(q.divide(square, DIGITS).doubleValue());
        }
        if (q.signum() != 0) {
            roots.add(constant.divide(q, DIGITS).doubleValue());
        }
    }
}
