package io.conversion.model.signals;

/**
 * Area under the ROC curve of one signal: the chance that a random converter has a larger value than a random
 * non-converter, ties counting half. Below 0.5 the signal lowers the probability. Immutable and safe to share between
 * threads.
 *
 * @param value the area, 0 to 1
 * @param lower lower end of its DeLong interval on the logit scale, 0 to 1
 * @param upper upper end of the interval, 0 to 1
 * @param level confidence level of the interval, such as 0.95
 */
public record SignalAuc(double value, double lower, double upper, double level) {

    /**
     * The area of the signal or of its negative, whichever is larger.
     *
     * @return an area of at least 0.5, with the interval turned round with it
     */
    public SignalAuc oriented() {
        return value < 0.5 ? new SignalAuc(1 - value, 1 - upper, 1 - lower, level) : this;
    }
}
