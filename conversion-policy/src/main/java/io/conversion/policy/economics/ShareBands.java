package io.conversion.policy.economics;

import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.internal.Wording;
import java.util.ArrayList;
import java.util.List;

/**
 * Bands by share of users: those of the highest probabilities get the first action, the next ones the second, and so on; all
 * others get none. Bounds are quantiles of the tuning population; gains and users are of the reporting one. Users of one
 * probability stay together, so that a band holds its share or somewhat less. Immutable and safe to share between threads.
 *
 * @param economics what was assumed, by which gains are told
 * @param top the shares, of the highest probabilities first
 * @param bands the bands
 * @param tuning the population that the bounds are quantiles of
 * @param reporting the population that gains are reported on
 */
public record ShareBands(
        Economics economics, List<TopShare> top, ActionBands bands, Population tuning, Population reporting) {

    /** Copies the list. {@inheritDoc} */
    public ShareBands {
        top = List.copyOf(top);
    }

    /**
     * Finds the bounds of the shares.
     *
     * @param economics the economics, which must have each action
     * @param top the shares, of the highest probabilities first
     * @param tuning the population that the bounds are to be quantiles of
     * @param reporting the population to report on
     * @return the bands
     * @throws IllegalArgumentException if the economics lack an action, there is no share, the shares are more than all
     *     users, or a share has no user because many have one probability
     */
    public static ShareBands of(Economics economics, List<TopShare> top, Population tuning, Population reporting) {
        top.forEach(share -> economics.find(share.action()));
        double sum = top.stream().mapToDouble(TopShare::share).sum();
        if (top.isEmpty() || sum > 1 + 1e-9) {
            throw new IllegalArgumentException(
                    top.isEmpty()
                            ? "no share of users was given; give one, such as 0.1 for the top tenth"
                            : "the shares of users add up to " + sum + "; expected at most 1");
        }
        List<Double> from = new ArrayList<>();
        List<String> actions = new ArrayList<>();
        double[] probabilities = tuning.probabilities();
        int next = probabilities.length;
        long taken = 0;
        double asked = 0;
        for (TopShare share : top) {
            asked += share.share();
            int before = next;
            // The sum of shares such as 0.1 and 0.2 is off by its rounding.
            double most = asked * tuning.size() + 1e-6;
            while (next > 0 && taken + tuning.users()[next - 1] <= most) {
                taken += tuning.users()[--next];
            }
            if (next == before) {
                throw new IllegalArgumentException("no user of population " + tuning + " fits the share "
                        + Amount.text(share.share()) + " of " + Wording.quoted(share.action()) + ": "
                        + tuning.users()[next - 1] + " have the probability " + probabilities[next - 1]
                        + " and stay together; give a larger share, or more users");
            }
            from.add(0, next == 0 ? 0.0 : probabilities[next]);
            actions.add(0, share.action());
        }
        if (from.get(0) > 0) {
            from.add(0, 0.0);
            actions.add(0, economics.noAction());
        }
        return new ShareBands(economics, top, ActionBands.of(from, actions), tuning, reporting);
    }

    /**
     * The expected gain of the bands, against doing nothing.
     *
     * @return the gain for one user, on average over the reporting population
     */
    public double gain() {
        return bands.gain(economics, reporting);
    }

    /**
     * How many users each band holds, and what is expected of them.
     *
     * @return one entry for each band, of the reporting population
     */
    public List<BandVolume> volumes() {
        return bands.volumes(economics, reporting);
    }

    /**
     * A policy of these bands, whose rationales tell the shares. Its fallback is doing nothing, and it has no guardrails,
     * margin or control group.
     *
     * @param name the name of the policy
     * @param version its version
     * @param model the model whose probabilities the populations hold
     * @return the policy
     */
    public Policy candidate(String name, String version, ModelRequirement model) {
        List<String> segments = Rationale.segments(bands);
        List<Band> all = new ArrayList<>();
        for (BandVolume volume : bands.volumes(economics, tuning)) {
            ActionBand band = volume.band();
            String share = Amount.brief(100.0 * volume.users() / tuning.size()) + " %";
            String rationale = "A share of users was asked for, not a gain: this band holds " + share
                    + " of population " + tuning + ".";
            all.add(new Band(segments.get(all.size()), band.from(), band.action(), "", rationale));
        }
        return Policy.of(name, version, model, all, economics.noAction());
    }
}
