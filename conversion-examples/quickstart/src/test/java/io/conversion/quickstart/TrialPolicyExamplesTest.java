package io.conversion.quickstart;

import io.conversion.policy.Policy;
import io.conversion.policy.testkit.PolicyExamples;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TrialPolicyExamplesTest {

    @Test
    void policyAnswersAsTheReviewedExamplesSay() throws IOException {
        Policy policy = Policy.load(Path.of("src/main/resources/case-study-policy.json"));

        PolicyExamples.verify(Path.of("src/test/resources/case-study-policy-examples.md"), policy);
    }
}
