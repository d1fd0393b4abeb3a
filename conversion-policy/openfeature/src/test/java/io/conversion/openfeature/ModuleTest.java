package io.conversion.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor.Requires;
import org.junit.jupiter.api.Test;

/** Runs on the module path, as the build sees to it. */
class ModuleTest {

    private static final Module PROVIDER = ConversionProvider.class.getModule();

    @Test
    void providerRequiresPolicyAndTheSdkOnly() {
        assertThat(PROVIDER.getName()).isEqualTo("io.conversion.openfeature");
        assertThat(PROVIDER.getDescriptor().requires())
                .extracting(Requires::name)
                .containsExactlyInAnyOrder(
                        "java.base", "io.conversion.policy", "dev.openfeature.sdk", "org.jspecify", "org.slf4j");
    }
}
