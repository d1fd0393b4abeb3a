package io.conversion.experiments.statistics;

/**
 * The effect on 0/1 outcomes, or any from 0 to 1, with bounds that hold after every user and for any number of users: no
 * asymptotics. Each user is weighed by the declared share of the arm, with the mean of the arm's earlier users as prediction; a
 * gamma-exponential mixture bounds the sum on each side (Howard, Ramdas, McAuliffe and Sekhon 2021, section 4.2, and the demo
 * of {@code confseq}).
 *
 * <p>Its result depends on the order in which users came. Not safe for use by several threads at once.
 */
public final class SequentialEffect {

    private final double share;
    private final double alpha;
    private final double range;
    private final double rho;
    private final long[] users = new long[2];
    private final double[] outcomes = new double[2];
    private double sum;
    private double variance;
    private long count;

    /**
     * Starts without users.
     *
     * @param share the declared share of the treatment among both arms, between 0 and 1
     * @param alpha the error rate over all looks, such as 0.05
     * @param tunedVariance the accumulated variance at which bounds are to be narrowest
     */
    public SequentialEffect(double share, double alpha, double tunedVariance) {
        this.share = share;
        this.alpha = alpha;
        range = 2 / Math.min(share, 1 - share);
        rho = Mixture.rho(tunedVariance, alpha);
    }

    /**
     * Adds a user.
     *
     * @param treated whether the user is in the other arm
     * @param outcome the outcome, from 0 to 1
     */
    public void add(boolean treated, double outcome) {
        double control = prediction(0);
        double treatment = prediction(1);
        double predicted = treatment - control;
        double weight = treated ? 1 / share : -1 / (1 - share);
        double surprise = weight * (outcome - (treated ? treatment : control));
        sum += predicted + surprise;
        variance += surprise * surprise;
        count++;
        int arm = treated ? 1 : 0;
        users[arm]++;
        outcomes[arm] += outcome;
    }

    /** Any that looks at earlier users only will do; that of an arm still without users is what {@code confseq} takes. */
    private double prediction(int arm) {
        return count == 0 ? 0.5 : outcomes[arm] / Math.max(1, users[arm]);
    }

    /**
     * The estimate so far.
     *
     * @return the estimated effect, from -1 to 1; NaN without users
     */
    public double estimate() {
        return sum / count;
    }

    /**
     * What can be said at this look.
     *
     * @return bounds within -1 and 1, and the p-value; both of two sides, half of the error rate for each
     */
    public Inference inference() {
        double reach = Mixture.inverse(
                        s -> Mixture.gammaExponential(s, variance, range, rho),
                        Math.log(2 / alpha),
                        0,
                        2.0 * count + range)
                / count;
        double evidence = Mixture.gammaExponential(Math.abs(sum), variance, range, rho);
        return new Inference(
                Math.max(-1, estimate() - reach),
                Math.min(1, estimate() + reach),
                Math.min(1, 2 * Math.exp(-evidence)));
    }
}
