package io.conversion.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import org.junit.jupiter.api.Test;

/** Runs on the module path, as the build sees to it. */
class ModuleTest {

    private static final Module POLICY = Policy.class.getModule();

    @Test
    void policyRunsAsAModuleOfItsOwn() {
        assertThat(POLICY.getName()).isEqualTo("io.conversion.policy");
    }

    @Test
    void everyoneSeesThePublicPackagesOnly() {
        assertThat(POLICY.getDescriptor().exports())
                .extracting(Exports::source)
                .containsExactlyInAnyOrder(
                        "io.conversion.policy",
                        "io.conversion.policy.economics",
                        "io.conversion.policy.history",
                        "io.conversion.policy.monitoring",
                        "io.conversion.policy.records",
                        "io.conversion.policy.requests",
                        "io.conversion.policy.review",
                        "io.conversion.policy.serving",
                        "io.conversion.policy.signing");
    }

    @Test
    void policyRequiresTheModulesOfTheModuleTableOnly() {
        assertThat(POLICY.getDescriptor().requires())
                .extracting(Requires::name)
                .containsExactlyInAnyOrder("java.base", "io.conversion.core", "org.jspecify", "org.slf4j");
    }
}
