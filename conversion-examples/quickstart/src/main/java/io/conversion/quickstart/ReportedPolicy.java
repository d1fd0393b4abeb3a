package io.conversion.quickstart;

import io.conversion.core.ConversionModel;
import io.conversion.model.data.DataSet;
import io.conversion.model.report.ReportBand;
import io.conversion.model.report.ReportPolicy;
import io.conversion.model.report.ReportRule;
import io.conversion.model.report.ReportVolume;
import io.conversion.policy.Band;
import io.conversion.policy.Policy;
import io.conversion.policy.review.ConversionRate;
import io.conversion.policy.review.Outcome;
import io.conversion.policy.review.OutcomeVolume;
import io.conversion.policy.review.PolicyImpact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a policy does to labelled users, for a page that knows no policies. */
final class ReportedPolicy {

    private ReportedPolicy() {}

    static ReportPolicy of(Policy policy, ConversionModel model, DataSet users) {
        PolicyImpact impact = PolicyImpact.of(policy, policy);
        for (int row = 0; row < users.rows(); row++) {
            impact.add(model.scorer().score(users.signals(row)), users.converted(row));
        }
        List<ReportBand> bands = new ArrayList<>();
        List<ReportRule> rules = new ArrayList<>();
        for (OutcomeVolume each : impact.after().outcomes()) {
            String name = each.outcome().name();
            String action = each.outcome().action();
            if (each.outcome().kind() == Outcome.Kind.BAND) {
                Band band = policy.bands().get(bands.size());
                bands.add(new ReportBand(name, band.from(), action, volume(each)));
            } else {
                ReportRule.Kind kind =
                        ReportRule.Kind.valueOf(each.outcome().kind().name());
                rules.add(new ReportRule(kind, name, "", action, volume(each)));
            }
        }
        return new ReportPolicy(
                policy.name(),
                policy.version(),
                policy.reference().digest(),
                "the users of the hold-out",
                Map.of(),
                bands,
                rules,
                policy.capacities(),
                impact.contextLimits());
    }

    private static ReportVolume volume(OutcomeVolume of) {
        return new ReportVolume(
                of.users(),
                of.scored(),
                of.expectedUnderPastTreatment(),
                of.observed().map(ConversionRate::users).orElse(0L),
                of.observed().map(ConversionRate::conversions).orElse(0L));
    }
}
