package io.conversion.experiments.statistics;

import java.util.ArrayDeque;

/**
 * Evidence against two equal conversion rates that is exact for any number of users and may be stopped or gone on with at will:
 * the e-value of Turner, Ly and Gruenwald ("Generic e-variables for exact sequential k-sample tests", 2024; R's
 * {@code safestats}). Each block of a fixed number of users of either arm multiplies it by the likelihood of rates that earlier
 * blocks suggest, over that of one common rate. Without an effect its mean is at most 1, so that 1/e is a p-value.
 *
 * <p>Its result depends on the order in which users came. Not safe for use by several threads at once.
 */
public final class SafeTwoByTwo {

    /** The prior of a rate: so many successes and as many failures, the default of the paper. */
    private static final double PRIOR = 0.18;

    private final Arm control;
    private final Arm treatment;
    private double logEvidence;

    /**
     * Starts without evidence.
     *
     * @param controlBlock the users of the control in a block, at least 1
     * @param treatmentBlock the users of the other arm in a block, at least 1
     */
    public SafeTwoByTwo(int controlBlock, int treatmentBlock) {
        control = new Arm(controlBlock);
        treatment = new Arm(treatmentBlock);
    }

    /**
     * Adds a user. The evidence grows when a block of both arms is complete; users of a longer arm wait for it.
     *
     * @param treated whether the user is in the other arm
     * @param success whether the user did it
     */
    public void add(boolean treated, boolean success) {
        (treated ? treatment : control).add(success);
        if (control.hasBlock() && treatment.hasBlock()) {
            double a = control.rate();
            double b = treatment.rate();
            double common = (control.block * a + treatment.block * b) / (control.block + treatment.block);
            logEvidence += control.take(a, common) + treatment.take(b, common);
        }
    }

    /**
     * The evidence so far.
     *
     * @return the e-value, above 0; 1 is none
     */
    public double evidence() {
        return Math.exp(logEvidence);
    }

    /** The users of an arm: those of complete blocks as counts, those who wait as a list of blocks. */
    private static final class Arm {

        private final int block;
        private final ArrayDeque<Integer> blocks = new ArrayDeque<>();
        private int filled;
        private int successesOfBlock;
        private long users;
        private long successes;

        Arm(int block) {
            this.block = block;
        }

        void add(boolean success) {
            successesOfBlock += success ? 1 : 0;
            if (++filled == block) {
                blocks.add(successesOfBlock);
                filled = 0;
                successesOfBlock = 0;
            }
        }

        boolean hasBlock() {
            return !blocks.isEmpty();
        }

        double rate() {
            return (successes + PRIOR) / (users + 2 * PRIOR);
        }

        /** Counts the next block, and answers how much more likely it is at a rate than at the common one. */
        double take(double rate, double common) {
            int hits = blocks.remove();
            users += block;
            successes += hits;
            return hits * Math.log(rate / common) + (block - hits) * Math.log((1 - rate) / (1 - common));
        }
    }
}
