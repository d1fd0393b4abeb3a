package io.conversion.core;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.shapes.ShapeNumber;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.Signals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one signal adds to the raw log-odds of a model, against the reference user, as a function of its value: the curve
 * that a reader of the model looks at, with its standard error.
 *
 * <p>The value is {@code shape(x) - shape(r)} with r the reference user's, so it is 0 at r, and {@code exp} of it is the
 * odds ratio of two users who differ in this signal alone, before calibration. Its standard error is
 * {@code sqrt(g' C g)} with C the covariance of the model's numbers and g the derivative of the difference: none at r. It
 * leaves out the uncertainty of the choice of shapes, and the bias of an L2 penalty. It describes the model and is no
 * causal effect. Immutable and safe to share between threads.
 */
public final class SignalEffect {

    private final Signal signal;
    private final Shape shape;
    private final Term term;
    private final double reference;
    private final boolean hasErrors;
    private final @Nullable Covariance covariance;
    private final List<String> uncertain;

    /** With the covariance of the numbers of this signal alone; null if all of them are known exactly. */
    private SignalEffect(
            Signal signal, Shape shape, double reference, boolean hasErrors, @Nullable Covariance covariance) {
        this.signal = signal;
        this.shape = shape;
        this.term = Term.of(0, shape);
        this.reference = reference;
        this.hasErrors = hasErrors;
        this.covariance = covariance;
        this.uncertain = covariance == null
                ? List.of()
                : covariance.numbers().stream().map(ShapeNumber::number).toList();
    }

    private SignalEffect withReference(double other) {
        return new SignalEffect(signal, shape, other, hasErrors, covariance);
    }

    static SignalEffect of(ConversionModel model, String name) {
        List<Signal> declared = model.schema().declared();
        for (int i = 0; i < declared.size(); i++) {
            if (declared.get(i).name().equals(name)) {
                double reference = model.referenceUser().at(i);
                return new SignalEffect(
                        declared.get(i),
                        model.shape(name),
                        reference,
                        model.covariance().isPresent(),
                        model.covariance().flatMap(all -> all.ofSignal(name)).orElse(null));
            }
        }
        throw new IllegalArgumentException(
                "there is no signal " + ArtifactText.quoted(name) + " in schema " + model.schema());
    }

    /**
     * The effect of a number of a numeric signal.
     *
     * @param x the number, clipped to the range of the signal
     * @return the effect there
     * @throws IllegalArgumentException if the signal is not numeric, or the number is NaN
     */
    public Point at(double x) {
        return point(code(x));
    }

    /**
     * The effect of a level of a categorical signal.
     *
     * @param level a level that the schema lists
     * @return the effect there
     * @throws IllegalArgumentException if the signal is not categorical, or has no such level
     */
    public Point at(String level) {
        return point(code(level));
    }

    /**
     * The effect of a truth value of a flag.
     *
     * @param value whether the flag is true
     * @return the effect there
     * @throws IllegalArgumentException if the signal is not a flag
     */
    public Point at(boolean value) {
        return point(code(value));
    }

    /**
     * The effect of a missing value, as it is scored where the schema imputes.
     *
     * @return the effect
     */
    public Point missing() {
        return point(missingCode());
    }

    /**
     * The same effect against another number than the reference user's, which tells how two numbers differ and how sure
     * that is.
     *
     * @param x the number that has an effect of 0, clipped to the range of the signal
     * @return the effect against it
     * @throws IllegalArgumentException if the signal is not numeric, or the number is NaN
     */
    public SignalEffect against(double x) {
        return withReference(code(x));
    }

    /**
     * The same effect against another level than the reference user's.
     *
     * @param level the level that has an effect of 0
     * @return the effect against it
     * @throws IllegalArgumentException if the signal is not categorical, or has no such level
     */
    public SignalEffect against(String level) {
        return withReference(code(level));
    }

    /**
     * The same effect against another truth value than the reference user's.
     *
     * @param value the value that has an effect of 0
     * @return the effect against it
     * @throws IllegalArgumentException if the signal is not a flag
     */
    public SignalEffect against(boolean value) {
        return withReference(code(value));
    }

    /**
     * The same effect against missing, as it is scored where the schema imputes.
     *
     * @return the effect against it
     */
    public SignalEffect againstMissing() {
        return withReference(missingCode());
    }

    private double code(double x) {
        require(signal instanceof NumericSignal && !Double.isNaN(x), "is not numeric, or the number is NaN");
        return ((NumericSignal) signal).clip(x);
    }

    private double code(String level) {
        int code = signal instanceof CategoricalSignal categorical
                ? categorical.levels().indexOf(level)
                : -1;
        require(code >= 0, "has no level " + ArtifactText.quoted(level));
        return Signals.FIRST_LEVEL + code;
    }

    private double code(boolean value) {
        require(signal instanceof FlagSignal, "is not a flag");
        return value ? Signals.TRUE : Signals.FIRST_LEVEL;
    }

    private double missingCode() {
        return signal instanceof NumericSignal ? Double.NaN : Signals.MISSING;
    }

    private void require(boolean fits, String what) {
        if (!fits) {
            throw new IllegalArgumentException("signal " + ArtifactText.quoted(signal.name()) + " " + what);
        }
    }

    private Point point(double value) {
        return new Point(term.of(value) - term.of(reference), hasErrors ? error(value) : Double.NaN);
    }

    private double error(double value) {
        if (covariance == null) {
            return 0;
        }
        double[] derivatives = new double[uncertain.size()];
        for (int i = 0; i < derivatives.length; i++) {
            String number = uncertain.get(i);
            derivatives[i] = shape.derivative(number, value) - shape.derivative(number, reference);
        }
        return StrictMath.sqrt(covariance.variance(derivatives));
    }

    /**
     * The effect of one value.
     *
     * @param logOdds what the value adds to the raw log-odds against the reference user's
     * @param standardError its Wald standard error; NaN if the model has no covariance
     */
    public record Point(double logOdds, double standardError) {

        /**
         * The odds ratio against the reference user, before calibration.
         *
         * @return {@code exp(logOdds)}
         */
        public double oddsRatio() {
            return StrictMath.exp(logOdds);
        }
    }
}
