package io.conversion.policy.review;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.shapes.BaseRate;
import io.conversion.policy.Band;
import io.conversion.policy.Policy;
import io.conversion.policy.internal.Wording;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many users are in each band, as far as counts of probabilities between edges tell: a count between two edges on
 * either side of a bound may belong to either band. Immutable and safe to share between threads.
 */
public final class BandShares {

    /** More than what rounding can do to an edge that is shifted to another base rate. */
    private static final double ROUNDING = 1e-12;

    private final String who;
    private final long users;
    private final long[] least;
    private final long[] most;

    private BandShares(String who, long users, long[] least, long[] most) {
        this.who = who;
        this.users = users;
        this.least = least;
        this.most = most;
    }

    /**
     * Shares out the training rows of a model.
     *
     * @param policy the policy whose bands they are
     * @param model the model
     * @return the shares; empty if the model does not state how its probabilities were distributed
     */
    public static Optional<BandShares> of(Policy policy, ConversionModel model) {
        return of(policy, model.referenceDistribution(), model.baseRate());
    }

    /**
     * Shares out the training rows of a model, which may be a foreign one.
     *
     * @param policy the policy
     * @param distribution how the probabilities of the model were distributed over them
     * @param shift the shift to another base rate that scores show and the distribution does not
     * @return the shares; empty if nothing is known of the distribution
     */
    public static Optional<BandShares> of(
            Policy policy, Optional<ReferenceDistribution> distribution, Optional<BaseRate> shift) {
        return distribution.map(
                known -> of(policy.bands(), known.probability(), shift.orElse(null), "training rows of the model"));
    }

    /**
     * Shares out counts.
     *
     * @param bands the bands in ascending order
     * @param counts the probabilities, counted before the shift to another base rate
     * @param shift the shift; null if there is none
     * @param users whose probabilities they are, such as {@code users given}
     */
    static BandShares of(List<Band> bands, SignalDistribution.Numbers counts, @Nullable BaseRate shift, String users) {
        long[] least = new long[bands.size()];
        long[] most = new long[bands.size()];
        List<Double> edges = counts.edges();
        for (int bin = 0; bin < counts.rows().size(); bin++) {
            long rows = counts.rows().get(bin);
            double from = bin == 0 ? 0 : edge(edges.get(bin - 1), shift, 1 - ROUNDING);
            double to = bin == edges.size() ? Double.POSITIVE_INFINITY : edge(edges.get(bin), shift, 1 + ROUNDING);
            for (int band = 0; band < bands.size(); band++) {
                boolean last = band == bands.size() - 1;
                double start = bands.get(band).from();
                double end =
                        last ? Double.POSITIVE_INFINITY : bands.get(band + 1).from();
                least[band] += from >= start && to <= end ? rows : 0;
                most[band] += from < end && to > start ? rows : 0;
            }
        }
        long total = counts.total() - counts.missing();
        return new BandShares("the " + Wording.count(total) + " " + users, total, least, most);
    }

    /** An edge as probabilities are decided on; rounded away from the bin, where it had to be computed. */
    private static double edge(double edge, @Nullable BaseRate shift, double outwards) {
        if (shift == null || edge <= 0 || edge >= 1) {
            return edge;
        }
        return outwards * shift.shifted(edge);
    }

    /** The probabilities of a band in words. */
    static String range(List<Band> bands, int band) {
        return "from " + Wording.range(bands.get(band).from(), end(bands, band), band == bands.size() - 1);
    }

    /** The upper end of a band. */
    static double end(List<Band> bands, int band) {
        return band == bands.size() - 1 ? 1 : bands.get(band + 1).from();
    }

    /** Whose probabilities were counted, and how many. */
    String who() {
        return who;
    }

    /**
     * How many users there are.
     *
     * @return the number of users with a probability
     */
    public long users() {
        return users;
    }

    /**
     * How many users are surely in a band.
     *
     * @param band the position of the band, from 0
     * @return the number of users
     */
    public long least(int band) {
        return least[band];
    }

    /**
     * How many users may be in a band.
     *
     * @param band the position of the band, from 0
     * @return the number of users
     */
    public long most(int band) {
        return most[band];
    }

    /** The share of a band, or what it lies between. */
    String text(int band) {
        String lower = Wording.share((double) least[band] / users);
        return least[band] == most[band]
                ? lower
                : "between " + lower + " and " + Wording.share((double) most[band] / users);
    }
}
