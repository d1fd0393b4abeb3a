package io.conversion.experiments;

import io.conversion.experiments.statistics.Clusters;
import io.conversion.experiments.statistics.Moments;
import java.util.Arrays;

/** Adds up the users of each cluster, in an order that does not depend on that of the rows. */
final class ClusterSums {

    private ClusterSums() {}

    static Clusters of(
            UserTable table,
            boolean[] wanted,
            double[][] values,
            int control,
            Moments controlMoments,
            double[] controlWeights,
            int treatment,
            Moments treatmentMoments,
            double[] treatmentWeights) {
        int[] clusters = table.clusters();
        if (clusters == null) {
            throw new IllegalStateException("the users come in no clusters");
        }
        double[][] below = byCluster(table, clusters, wanted, values, control, controlMoments, controlWeights);
        double[][] above = byCluster(table, clusters, wanted, values, treatment, treatmentMoments, treatmentWeights);
        Clusters sums = new Clusters(controlMoments.count(), treatmentMoments.count());
        for (int cluster = 0; cluster < below.length; cluster++) {
            int inControl = below[cluster].length;
            int inTreatment = above[cluster].length;
            if (inControl + inTreatment > 0) {
                sums.add(inControl, sum(below[cluster]), inTreatment, sum(above[cluster]));
            }
        }
        return sums;
    }

    /** For each cluster the deviations of its users in an arm from the mean of the arm. */
    private static double[][] byCluster(
            UserTable table,
            int[] clusters,
            boolean[] wanted,
            double[][] values,
            int arm,
            Moments moments,
            double[] weights) {
        int[] sizes = new int[Arrays.stream(clusters).max().orElse(-1) + 1];
        for (int user = 0; user < clusters.length; user++) {
            sizes[clusters[user]] += wanted[user] && table.armOf(user) == arm ? 1 : 0;
        }
        double[][] deviations = new double[sizes.length][];
        Arrays.setAll(deviations, cluster -> new double[sizes[cluster]]);
        for (int user = 0; user < clusters.length; user++) {
            if (wanted[user] && table.armOf(user) == arm) {
                double deviation = 0;
                for (int i = 0; i < weights.length; i++) {
                    deviation += weights[i] * (values[i][user] - moments.mean(i));
                }
                deviations[clusters[user]][--sizes[clusters[user]]] = deviation;
            }
        }
        return deviations;
    }

    /** In ascending order, whatever the order of the users was. */
    private static double sum(double[] deviations) {
        Arrays.sort(deviations);
        double sum = 0;
        for (double deviation : deviations) {
            sum += deviation;
        }
        return sum;
    }
}
