package io.conversion.experiments.budget;

/** Sums up one after the other, with the rounding errors kept beside (Neumaier, ZAMM 54, 1974). For one thread. */
final class RunningSum {

    private double sum;
    private double lost;

    /** The sum after one more term. */
    double add(double term) {
        double next = sum + term;
        lost += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
        sum = next;
        return sum + lost;
    }
}
