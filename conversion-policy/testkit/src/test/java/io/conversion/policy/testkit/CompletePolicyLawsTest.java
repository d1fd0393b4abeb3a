package io.conversion.policy.testkit;

import io.conversion.core.ConversionModel;
import io.conversion.policy.Policy;
import java.util.Optional;

/** All laws on a policy that has everything, and its model. */
class CompletePolicyLawsTest extends PolicyLaws {

    @Override
    protected Policy policy() {
        return Fixtures.COMPLETE;
    }

    @Override
    protected Optional<ConversionModel> model() {
        return Optional.of(Fixtures.MODEL);
    }
}
