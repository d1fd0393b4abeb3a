package io.conversion.policy.testkit;

import io.conversion.core.ConversionModel;
import io.conversion.policy.Experiment;
import io.conversion.policy.Policy;
import java.util.List;
import java.util.Optional;

/** All laws on a policy that has everything, its model, and experiments of two layers. */
class CompletePolicyLawsTest extends PolicyLaws {

    @Override
    protected Policy policy() {
        return Fixtures.COMPLETE;
    }

    @Override
    protected Optional<ConversionModel> model() {
        return Optional.of(Fixtures.MODEL);
    }

    @Override
    protected List<Experiment> experiments() {
        return Fixtures.EXPERIMENTS;
    }

    @Override
    protected List<Policy> armPolicies() {
        return List.of(Fixtures.BANDS);
    }
}
