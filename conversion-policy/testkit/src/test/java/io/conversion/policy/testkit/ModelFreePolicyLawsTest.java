package io.conversion.policy.testkit;

import io.conversion.policy.Policy;

/** All laws on a policy that has everything, without a model. */
class ModelFreePolicyLawsTest extends PolicyLaws {

    @Override
    protected Policy policy() {
        return Fixtures.COMPLETE;
    }
}
