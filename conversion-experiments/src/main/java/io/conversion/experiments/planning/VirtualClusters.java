package io.conversion.experiments.planning;

import io.conversion.experiments.statistics.Clusters;
import io.conversion.experiments.statistics.Difference;
import io.conversion.experiments.statistics.Moments;
import java.util.ArrayList;
import java.util.List;

/** What the users of a virtual experiment did, summed by cluster in the order in which they came. Not for several threads. */
final class VirtualClusters {

    private final List<Cluster> clusters = new ArrayList<>();

    /** A cluster, all of whose users are in one arm. */
    private static final class Cluster {
        private final boolean isTreated;
        private long users;
        private double outcome;
        private double covariate;

        private Cluster(boolean isTreated) {
            this.isTreated = isTreated;
        }
    }

    void begin(boolean isTreated) {
        clusters.add(new Cluster(isTreated));
    }

    /** Adds a user to the cluster that began last. */
    void add(double outcome, double covariate) {
        Cluster cluster = clusters.get(clusters.size() - 1);
        cluster.users++;
        cluster.outcome += outcome;
        cluster.covariate += covariate;
    }

    /** A difference with the error that clusters leave it. */
    Difference difference(double estimate, Moments control, Moments treatment, double slope) {
        Clusters sums = new Clusters(control.count(), treatment.count());
        for (Cluster cluster : clusters) {
            Moments arm = cluster.isTreated ? treatment : control;
            double deviation = cluster.outcome
                    - cluster.users * arm.mean(0)
                    - slope * (cluster.covariate - cluster.users * arm.mean(1));
            if (cluster.isTreated) {
                sums.add(0, 0, cluster.users, deviation);
            } else {
                sums.add(cluster.users, deviation, 0, 0);
            }
        }
        return sums.difference(estimate);
    }
}
