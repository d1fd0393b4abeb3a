package io.conversion.policy.review;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.policy.Band;
import io.conversion.policy.Policy;
import io.conversion.policy.internal.Wording;
import io.conversion.policy.review.PolicyFinding.Code;
import java.util.List;
import java.util.function.Consumer;

/** Finds what is wrong with the bands of a policy. */
final class BandReview {

    /** The share of users from which on a band holds nearly everybody. */
    static final double NEARLY_EVERYBODY = 0.8;

    private static final String CALIBRATION_ERROR = "expected_calibration_error";

    private BandReview() {}

    static void alone(Policy policy, Consumer<PolicyFinding> findings) {
        List<Band> bands = policy.bands();
        for (int i = 1; i < bands.size(); i++) {
            Band lower = bands.get(i - 1);
            Band band = bands.get(i);
            if (lower.action().equals(band.action())) {
                findings.accept(new PolicyFinding(
                        Code.SAME_ACTION,
                        "/bands/" + i + "/action",
                        "bands " + Wording.quoted(lower.segment()) + " and " + Wording.quoted(band.segment())
                                + " are neighbours and both have the action " + Wording.quoted(band.action())
                                + "; the bound " + Wording.number(band.from())
                                + " changes what users are called only"));
            }
        }
        ranks(policy, findings);
    }

    private static void ranks(Policy policy, Consumer<PolicyFinding> findings) {
        Band lower = null;
        for (int i = 0; i < policy.bands().size(); i++) {
            Band band = policy.bands().get(i);
            Long rank = policy.actionRanks().get(band.action());
            if (rank == null) {
                continue;
            }
            Long before = lower == null ? null : policy.actionRanks().get(lower.action());
            if (lower != null && before != null && rank < before) {
                findings.accept(new PolicyFinding(
                        Code.DESCENDING_RANK,
                        "/bands/" + i + "/action",
                        "band " + Wording.quoted(band.segment()) + " has the action " + Wording.quoted(band.action())
                                + " of rank " + rank + ", below that of the lower band "
                                + Wording.quoted(lower.segment()) + ", " + Wording.quoted(lower.action()) + " of rank "
                                + before + "; correct the actions or the ranks"));
            }
            lower = band;
        }
    }

    /** Bands that the model cannot tell apart, by its calibration on hold-out rows. */
    static void againstCalibration(Policy policy, ConversionModel model, Consumer<PolicyFinding> findings) {
        model.training().map(TrainingProvenance::holdout).orElse(List.of()).stream()
                .filter(metric -> metric.name().equals(CALIBRATION_ERROR))
                .forEach(error -> narrowerThan(error.value(), policy.bands(), findings));
    }

    private static void narrowerThan(double error, List<Band> bands, Consumer<PolicyFinding> findings) {
        for (int i = 0; i < bands.size(); i++) {
            if (BandShares.end(bands, i) - bands.get(i).from() < error) {
                findings.accept(new PolicyFinding(
                        Code.NARROW_BAND,
                        "/bands/" + i,
                        named(bands, i) + "is narrower than the calibration error of the model, "
                                + Wording.number(error)
                                + " on hold-out rows; users in it may as well belong to the next one"));
            }
        }
    }

    private static String named(List<Band> bands, int band) {
        return "band " + Wording.quoted(bands.get(band).segment()) + ", " + BandShares.range(bands, band) + ", ";
    }

    static void againstUsers(Policy policy, BandShares shares, Consumer<PolicyFinding> findings) {
        if (shares.users() == 0) {
            return;
        }
        for (int i = 0; i < policy.bands().size(); i++) {
            String named = named(policy.bands(), i);
            if (shares.most(i) == 0) {
                findings.accept(new PolicyFinding(
                        Code.EMPTY_BAND,
                        "/bands/" + i,
                        named + "holds none of " + shares.who() + "; its action is never taken"));
            } else if (policy.bands().size() > 1 && shares.least(i) >= NEARLY_EVERYBODY * shares.users()) {
                findings.accept(new PolicyFinding(
                        Code.CROWDED_BAND,
                        "/bands/" + i,
                        named + "holds " + shares.text(i) + " of " + shares.who()
                                + "; the policy hardly tells users apart, so move its bounds to where users are"));
            }
        }
    }
}
