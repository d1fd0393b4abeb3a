package io.conversion.policy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import org.junit.jupiter.api.Test;

/** Runs on the module path, as the build sees to it. */
class ModuleTest {

    private static final Module TESTKIT = PolicyLaws.class.getModule();

    @Test
    void testKitRunsAsAModuleOfItsOwn() {
        assertThat(TESTKIT.getName()).isEqualTo("io.conversion.policy.testkit");
        assertThat(TESTKIT.getDescriptor().exports())
                .extracting(Exports::source)
                .containsExactly("io.conversion.policy.testkit");
    }

    @Test
    void testKitRequiresPolicyAndJqwikOnly() {
        assertThat(TESTKIT.getDescriptor().requires())
                .extracting(Requires::name)
                .containsExactlyInAnyOrder("java.base", "io.conversion.policy", "net.jqwik.api", "org.jspecify");
    }
}
