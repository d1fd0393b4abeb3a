package io.conversion.experiments.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * The error of a difference between arms whose users come in clusters, such as shops or households, so that users of one
 * cluster are alike: the sandwich over clusters with the correction CR2 and the degrees of freedom of Bell and McCaffrey (2002;
 * Pustejovsky and Tipton 2018, R's {@code clubSandwich}), which hold for few clusters, too.
 *
 * <p>For arms without other terms both have a closed form: the sum of a cluster over the users of an arm is divided by the root
 * of one less the cluster's share of the arm. Build it arm by arm and cluster by cluster; not safe for use by several threads
 * at once.
 */
public final class Clusters {

    private final List<double[]> rows = new ArrayList<>();
    private final double controlUsers;
    private final double treatmentUsers;

    /**
     * Starts without clusters.
     *
     * @param controlUsers the users of the control
     * @param treatmentUsers the users of the other arm
     */
    public Clusters(long controlUsers, long treatmentUsers) {
        this.controlUsers = controlUsers;
        this.treatmentUsers = treatmentUsers;
    }

    /**
     * Adds a cluster.
     *
     * @param control its users in the control
     * @param controlDeviation the sum over them of the value less its mean in the arm
     * @param treatment its users in the other arm
     * @param treatmentDeviation the sum over them of the value less its mean in the arm
     */
    public void add(long control, double controlDeviation, long treatment, double treatmentDeviation) {
        rows.add(new double[] {control, controlDeviation, treatment, treatmentDeviation});
    }

    /**
     * The clusters with users in the control.
     *
     * @return how many
     */
    public int inControl() {
        return (int) rows.stream().filter(row -> row[0] > 0).count();
    }

    /**
     * The clusters with users in the other arm.
     *
     * @return how many
     */
    public int inTreatment() {
        return (int) rows.stream().filter(row -> row[2] > 0).count();
    }

    /**
     * All clusters.
     *
     * @return how many
     */
    public int count() {
        return rows.size();
    }

    /**
     * The clusters with users in both arms: what was assigned is then smaller than a cluster.
     *
     * @return how many
     */
    public int inBoth() {
        return (int) rows.stream().filter(row -> row[0] > 0 && row[2] > 0).count();
    }

    /**
     * The difference with the corrected error, CR2.
     *
     * @param estimate the difference of the means of the arms
     * @return the difference, with its degrees of freedom
     */
    public Difference difference(double estimate) {
        double variance = 0;
        double d = 0;
        double dd = 0;
        double u = 0;
        double w = 0;
        double du = 0;
        double dw = 0;
        double uw = 0;
        for (double[] row : rows) {
            double a = correction(row[0], controlUsers);
            double b = correction(row[2], treatmentUsers);
            double score = b * row[3] / treatmentUsers - a * row[1] / controlUsers;
            variance += score * score;
            // The trace of the error under independent users, and that of its square: of a diagonal less two products.
            double own =
                    row[0] * a * a / (controlUsers * controlUsers) + row[2] * b * b / (treatmentUsers * treatmentUsers);
            double inControl = square(row[0] * a / controlUsers) / controlUsers;
            double inTreatment = square(row[2] * b / treatmentUsers) / treatmentUsers;
            d += own;
            dd += own * own;
            u += inControl;
            w += inTreatment;
            du += own * inControl;
            dw += own * inTreatment;
            uw += Math.sqrt(inControl * inTreatment);
        }
        double trace = d - u - w;
        double traceOfSquare = dd + u * u + w * w - 2 * du - 2 * dw + 2 * uw * uw;
        return new Difference(estimate, Math.sqrt(variance), trace * trace / traceOfSquare);
    }

    /**
     * The standard error with the simple correction CR1, as most software prints it: {@code G/(G-1) (N-1)/(N-2)}.
     *
     * @return the standard error
     */
    public double simpleError() {
        double sum = 0;
        for (double[] row : rows) {
            sum += square(row[3] / treatmentUsers - row[1] / controlUsers);
        }
        double clusters = rows.size();
        double users = controlUsers + treatmentUsers;
        return Math.sqrt(sum * clusters / (clusters - 1) * (users - 1) / (users - 2));
    }

    /** One over the root of what is left of an arm without the cluster; a cluster that is the whole arm says nothing. */
    private static double correction(double users, double all) {
        return users < all ? 1 / Math.sqrt(1 - users / all) : 0;
    }

    private static double square(double x) {
        return x * x;
    }
}
