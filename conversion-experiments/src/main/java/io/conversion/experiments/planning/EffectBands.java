package io.conversion.experiments.planning;

import io.conversion.core.json.ArtifactText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * What a treatment adds to the probability of a user, by bands of that probability: who is likely to convert anyway, or not at
 * all, is seldom moved as much as who is undecided. Immutable and safe to share between threads.
 *
 * @param bands the bands in the order of their lower bounds, each up to the next; below the first one there is no effect
 */
public record EffectBands(List<Band> bands) implements DoubleUnaryOperator {

    /**
     * A band and its effect.
     *
     * @param from the lower bound, a probability from 0 to below 1
     * @param effect what is added to a probability, from -1 to 1
     */
    public record Band(double from, double effect) {}

    /**
     * Copies the list and checks it. {@inheritDoc}
     *
     * @throws IllegalArgumentException if there is no band, a bound does not lie above the one before, or a number is out of its
     *     range
     */
    public EffectBands {
        bands = List.copyOf(bands);
        double above = -1;
        for (Band band : bands) {
            if (!(band.from >= 0 && band.from < 1 && band.effect >= -1 && band.effect <= 1)) {
                throw new IllegalArgumentException("an effect of " + band.effect + " from " + band.from
                        + " on is out of range; a bound must be from 0 to below 1 and an effect from -1 to 1");
            }
            if (!(band.from > above)) {
                throw new IllegalArgumentException("an effect from " + band.from + " on comes after one from " + above
                        + " on; list bounds in ascending order");
            }
            above = band.from;
        }
        if (bands.isEmpty()) {
            throw new IllegalArgumentException("at least one effect is needed");
        }
    }

    /**
     * The same effect on everybody.
     *
     * @param effect what is added to a probability, from -1 to 1
     * @return one band
     */
    public static EffectBands of(double effect) {
        return new EffectBands(List.of(new Band(0, effect)));
    }

    /**
     * Reads a text such as {@code 0.02}, the same effect on everybody, or {@code 0:0.01,0.4:0.03}, bounds with the effect from
     * each of them on.
     *
     * @param text the text
     * @return the bands
     * @throws IllegalArgumentException if it is no such text
     */
    public static EffectBands parse(String text) {
        List<Band> bands = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int colon = part.indexOf(':');
            bands.add(
                    colon < 0 && !text.contains(",")
                            ? new Band(0, number(part, text))
                            : new Band(
                                    number(part.substring(0, Math.max(0, colon)), text),
                                    number(part.substring(colon + 1), text)));
        }
        return new EffectBands(bands);
    }

    private static double number(String part, String text) {
        try {
            return Double.parseDouble(part.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    ArtifactText.quoted(text)
                            + " is no list of effects; give one such as 0.02, or bounds with the effect from each on such as"
                            + " 0:0.01,0.4:0.03",
                    e);
        }
    }

    /**
     * The effect at a probability.
     *
     * @param probability the probability without the treatment, from 0 to 1
     * @return what is added to it; 0 below the first band
     */
    @Override
    public double applyAsDouble(double probability) {
        double effect = 0;
        for (Band band : bands) {
            effect = probability >= band.from ? band.effect : effect;
        }
        return effect;
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return String.join(
                ",", bands.stream().map(band -> band.from + ":" + band.effect).toList());
    }
}
