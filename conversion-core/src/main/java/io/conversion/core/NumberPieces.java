package io.conversion.core;

import io.conversion.core.signals.NumericSignal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a numeric signal, cut into pieces on each of which its shape is monotone: each cut by itself, and what
 * lies between. Where the signal takes whole numbers, so do the pieces, and where the range of the training rows is known,
 * they end with it. Immutable.
 */
final class NumberPieces {

    /**
     * A range of values, both ends included.
     *
     * @param near the end nearer to the value from which one comes
     * @param far the other end; the same number if the piece is a single one
     */
    record Piece(double near, double far) {}

    private final boolean whole;
    private final double min;
    private final double max;
    private final List<Double> cuts;

    NumberPieces(NumericSignal signal, Change.@Nullable TrainingRange within, List<Double> cuts) {
        this.whole = signal.whole();
        this.min = Math.max(signal.min(), within == null ? -Double.MAX_VALUE : within.lowest());
        this.max = Math.min(signal.max(), within == null ? Double.MAX_VALUE : within.highest());
        this.cuts = cuts;
    }

    /** The pieces above a value, upwards. */
    List<Piece> above(double from) {
        List<Piece> pieces = new ArrayList<>();
        double low = Math.max(Math.nextUp(from), min);
        for (double cut : cuts) {
            if (cut > from && cut >= min && cut <= max) {
                add(low, Math.nextDown(cut), true, pieces);
                add(cut, cut, true, pieces);
                low = Math.nextUp(cut);
            }
        }
        add(low, max, true, pieces);
        return pieces;
    }

    /** The pieces below a value, downwards. */
    List<Piece> below(double from) {
        List<Piece> pieces = new ArrayList<>();
        double high = Math.min(Math.nextDown(from), max);
        for (int i = cuts.size() - 1; i >= 0; i--) {
            double cut = cuts.get(i);
            if (cut < from && cut >= min && cut <= max) {
                add(Math.nextUp(cut), high, false, pieces);
                add(cut, cut, false, pieces);
                high = Math.nextDown(cut);
            }
        }
        add(min, high, false, pieces);
        return pieces;
    }

    private void add(double low, double high, boolean upwards, List<Piece> pieces) {
        double first = (whole ? StrictMath.ceil(low) : low) + 0.0;
        double last = (whole ? StrictMath.floor(high) : high) + 0.0;
        if (first <= last) {
            pieces.add(upwards ? new Piece(first, last) : new Piece(last, first));
        }
    }

    /** Ends of pieces, one of which has the highest probability; cuts and the ends of the range first. */
    List<Double> candidates(double from) {
        List<Piece> pieces = new ArrayList<>(above(from));
        pieces.addAll(below(from));
        List<Double> cutsAndEnds = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        for (Piece piece : pieces) {
            (isCutOrEnd(piece.near()) ? cutsAndEnds : others).add(piece.near());
            (isCutOrEnd(piece.far()) ? cutsAndEnds : others).add(piece.far());
        }
        cutsAndEnds.addAll(others);
        return cutsAndEnds;
    }

    private boolean isCutOrEnd(double value) {
        if (value == min || value == max) {
            return true;
        }
        return cuts.stream().anyMatch(cut -> cut == value);
    }
}
