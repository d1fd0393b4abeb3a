package io.conversion.quickstart;

import io.conversion.policy.Policy;
import io.conversion.policy.testkit.PolicyLaws;
import java.io.IOException;
import java.nio.file.Path;

class TrialPolicyTest extends PolicyLaws {

    @Override
    protected Policy policy() throws IOException {
        return Policy.load(Path.of("src/main/resources/case-study-policy.json"));
    }
}
