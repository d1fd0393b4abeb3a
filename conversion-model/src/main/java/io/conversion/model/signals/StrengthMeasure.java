package io.conversion.model.signals;

import io.conversion.model.evaluation.RankedOutcomes;
import io.conversion.model.evaluation.RocAuc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures the predictive strength of one signal from its counts. */
final class StrengthMeasure {

    private static final double SMOOTHING = 0.5;

    private final SignalColumn column;
    private final ValidationOptions options;
    private final int[] positives;
    private final int[] negatives;
    private final double allPositives;
    private final double allNegatives;

    private StrengthMeasure(SignalColumn column, boolean[] converted, ValidationOptions options) {
        this.column = column;
        this.options = options;
        this.positives = column.count(converted, true, true);
        this.negatives = column.count(converted, false, true);
        this.allPositives = Arrays.stream(positives).asLongStream().sum();
        this.allNegatives = Arrays.stream(negatives).asLongStream().sum();
    }

    static PredictiveStrength of(SignalColumn column, boolean[] converted, ValidationOptions options) {
        return new StrengthMeasure(column, converted, options).measure(converted);
    }

    private PredictiveStrength measure(boolean[] converted) {
        RocAuc values = values(converted);
        RocAuc bins = OutOfFold.auc(positives, negatives, options.seed(), options.level());
        List<SignalBin> table = table();
        List<SignalBin> ordered = table.subList(0, column.orderedBins());
        return new PredictiveStrength(
                values,
                bins,
                isByBins(values, bins),
                informationValue(SMOOTHING),
                isUnsmoothed() ? informationValue(0) : null,
                lift(),
                relation(ordered, values),
                column.kind() == SignalKind.CATEGORICAL ? 0 : rankCorrelation(ordered),
                column.edges(),
                table);
    }

    private @Nullable RocAuc values(boolean[] converted) {
        int[] ones = column.count(converted, true, false);
        int[] zeros = column.count(converted, false, false);
        RankedOutcomes ranked;
        if (column.kind() == SignalKind.CATEGORICAL) {
            double[] rates = new double[ones.length];
            for (int level = 0; level < rates.length; level++) {
                rates[level] = ones[level] / ((double) ones[level] + zeros[level]);
            }
            ranked = OutOfFold.byRate(rates, ones, zeros);
        } else {
            ranked = RankedOutcomes.of(ones, zeros);
        }
        return ranked == null ? null : ranked.rocAuc(options.level());
    }

    private boolean isByBins(@Nullable RocAuc values, @Nullable RocAuc bins) {
        if (column.kind() == SignalKind.CATEGORICAL || values == null || bins == null) {
            return column.kind() == SignalKind.CATEGORICAL || values == null;
        }
        return bins.value() > values.oriented().value() + options.limits().aucAboveChance();
    }

    private List<SignalBin> table() {
        double baseRate = allPositives / (allPositives + allNegatives);
        List<SignalBin> table = new ArrayList<>();
        for (int bin = 0; bin < positives.length; bin++) {
            table.add(SignalBin.of(
                    column.labels().get(bin),
                    positives[bin] + negatives[bin],
                    positives[bin],
                    weightOfEvidence(bin, SMOOTHING),
                    baseRate,
                    options.level()));
        }
        return table;
    }

    private double share(int rows, double all, double added) {
        return (rows + added) / (all + added * positives.length);
    }

    private double weightOfEvidence(int bin, double added) {
        return StrictMath.log(share(positives[bin], allPositives, added) / share(negatives[bin], allNegatives, added));
    }

    private double informationValue(double added) {
        double sum = 0;
        for (int bin = 0; bin < positives.length; bin++) {
            double difference = share(positives[bin], allPositives, added) - share(negatives[bin], allNegatives, added);
            sum += difference * weightOfEvidence(bin, added);
        }
        return sum;
    }

    private boolean isUnsmoothed() {
        return Arrays.stream(positives).allMatch(rows -> rows > 0)
                && Arrays.stream(negatives).allMatch(rows -> rows > 0);
    }

    private double lift() {
        double z = TurningPoints.quantile(options.level(), positives.length);
        double largest = 0;
        for (int bin = 0; bin < positives.length; bin++) {
            double rows = (double) positives[bin] + negatives[bin];
            double otherPositives = allPositives - positives[bin];
            double otherRows = allPositives + allNegatives - rows;
            if (otherRows > 0 && TurningPoints.differs(otherPositives, otherRows, positives[bin], rows, z)) {
                double others = (otherPositives + SMOOTHING) / (otherRows + 2 * SMOOTHING);
                largest = Math.max(largest, positives[bin] / rows / others - 1);
            }
        }
        return largest;
    }

    /** A trend too gentle to show between any two bins shows in the AUC. */
    private Relation relation(List<SignalBin> ordered, @Nullable RocAuc values) {
        if (column.kind() == SignalKind.CATEGORICAL) {
            return Relation.UNORDERED;
        }
        Relation relation = TurningPoints.relation(ordered, options.level());
        if (relation != Relation.FLAT || values == null) {
            return relation;
        } else if (values.lower() > 0.5) {
            return Relation.INCREASING;
        }
        return values.upper() < 0.5 ? Relation.DECREASING : Relation.FLAT;
    }

    private static double rankCorrelation(List<SignalBin> ordered) {
        double meanRank = (ordered.size() - 1) / 2.0;
        double both = 0;
        double ofBins = 0;
        double ofRates = 0;
        for (int bin = 0; bin < ordered.size(); bin++) {
            double rate = ordered.get(bin).rate();
            double rank = -0.5;
            for (SignalBin other : ordered) {
                rank += other.rate() < rate ? 1 : other.rate() == rate ? 0.5 : 0;
            }
            both += (bin - meanRank) * (rank - meanRank);
            ofBins += (bin - meanRank) * (bin - meanRank);
            ofRates += (rank - meanRank) * (rank - meanRank);
        }
        return ofRates == 0 ? 0 : both / Math.sqrt(ofBins * ofRates);
    }
}
