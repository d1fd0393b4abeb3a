package io.conversion.model;

import io.conversion.core.ConversionModel;
import io.conversion.core.Scorer;

/**
 * How well probabilities fit outcomes, on labelled users.
 *
 * <p>Discrimination, whether converters are ranked above the others, is {@code rocAuc} and {@code prAuc}; calibration,
 * whether 0.3 means 30 %, is {@code meanPredicted} against the base rate and {@code expectedCalibrationError}; log loss
 * and Brier score measure both at once. Agrees with scikit-learn 1.2.1 ({@code roc_auc_score},
 * {@code average_precision_score}, {@code log_loss} with {@code eps=1e-15}, {@code brier_score_loss}).
 *
 * @param rows the number of users
 * @param positives how many of them converted
 * @param meanPredicted the mean of the probabilities, 0 to 1
 * @param rocAuc area under the ROC curve, 0 to 1: the chance that a random converter has a higher probability than a
 *     random non-converter, ties counting half; computed as the Mann-Whitney U statistic over midranks
 * @param prAuc area under the precision-recall curve as average precision, 0 to 1: {@code sum((R_k - R_(k-1)) * P_k)}
 *     over the distinct probabilities in falling order, tied ones being one threshold; a random ranking has the base
 *     rate
 * @param logLoss the mean of {@code -log(p)} of converters and {@code -log(1 - p)} of the others, in nats, with p
 *     clipped to 1e-15 and 1 - 1e-15
 * @param brierScore the mean of {@code (p - y)^2}, 0 to 1
 * @param expectedCalibrationError the mean over ten equally wide bins of p, weighted by their users, of the distance
 *     between mean probability and rate of conversion, 0 to 1; the bin of p is {@code min(9, floor(10 p))}
 */
public record Evaluation(
        int rows,
        int positives,
        double meanPredicted,
        double rocAuc,
        double prAuc,
        double logLoss,
        double brierScore,
        double expectedCalibrationError) {

    /**
     * Evaluates a model on labelled users.
     *
     * @param model the model
     * @param data the users, of the model's schema
     * @return the evaluation
     * @throws IllegalArgumentException if the data are of another schema
     * @throws InvalidDataException if the users are all of one outcome
     */
    public static Evaluation of(ConversionModel model, DataSet data) {
        Scorer scorer = model.scorer();
        double[] probabilities = new double[data.rows()];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = scorer.score(data.signals(i)).probability();
        }
        return of(probabilities, data.converted());
    }

    /**
     * Evaluates probabilities.
     *
     * @param probabilities the probability of each user, 0 to 1
     * @param converted whether each user converted
     * @return the evaluation
     * @throws IllegalArgumentException if the arrays differ in length, or a probability is not from 0 to 1
     * @throws InvalidDataException if the users are all of one outcome
     */
    public static Evaluation of(double[] probabilities, boolean[] converted) {
        if (probabilities.length != converted.length) {
            throw new IllegalArgumentException(
                    probabilities.length + " probabilities do not match " + converted.length + " outcomes");
        }
        Ranking ranking = Ranking.of(probabilities, converted);
        int rows = converted.length;
        double sum = 0;
        double logLoss = 0;
        double squares = 0;
        for (int i = 0; i < rows; i++) {
            double p = probabilities[i];
            double clipped = Math.min(Math.max(p, 1e-15), 1 - 1e-15);
            sum += p;
            logLoss -= converted[i] ? StrictMath.log(clipped) : StrictMath.log(1 - clipped);
            squares += converted[i] ? (p - 1) * (p - 1) : p * p;
        }
        return new Evaluation(
                rows,
                ranking.positives(),
                sum / rows,
                ranking.rocAuc(),
                ranking.averagePrecision(),
                logLoss / rows,
                squares / rows,
                calibrationError(probabilities, converted));
    }

    /**
     * The rate of conversion.
     *
     * @return positives over rows, 0 to 1
     */
    public double baseRate() {
        return (double) positives / rows;
    }

    private static double calibrationError(double[] probabilities, boolean[] converted) {
        double[] excess = new double[10];
        for (int i = 0; i < probabilities.length; i++) {
            int bin = Math.min(9, (int) (probabilities[i] * 10));
            excess[bin] += probabilities[i] - (converted[i] ? 1 : 0);
        }
        double error = 0;
        for (double bin : excess) {
            error += Math.abs(bin) / probabilities.length;
        }
        return error;
    }
}
