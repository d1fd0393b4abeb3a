package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import org.junit.jupiter.api.Test;

/** Runs on the module path, as the build sees to it. */
class ModuleTest {

    private static final Module CORE = ConversionModel.class.getModule();

    @Test
    void coreRunsAsAModuleOfItsOwn() {
        assertThat(CORE.isNamed()).isTrue();
        assertThat(CORE.getName()).isEqualTo("io.conversion.core");
    }

    @Test
    void everyoneSeesThePublicPackagesOnly() {
        ModuleDescriptor descriptor = CORE.getDescriptor();

        assertThat(descriptor.exports())
                .filteredOn(exports -> !exports.isQualified())
                .extracting(Exports::source)
                .containsExactlyInAnyOrder(
                        "io.conversion.core",
                        "io.conversion.core.artifact",
                        "io.conversion.core.provenance",
                        "io.conversion.core.shapes",
                        "io.conversion.core.signals");
        assertThat(descriptor.exports())
                .filteredOn(Exports::isQualified)
                .singleElement()
                .satisfies(exports -> assertThat(exports.targets())
                        .containsExactlyInAnyOrder(
                                "io.conversion.experiments", "io.conversion.model", "io.conversion.policy"));
    }

    @Test
    void coreRequiresTheLibrariesOfTheModuleTableOnly() {
        assertThat(CORE.getDescriptor().requires())
                .extracting(Requires::name)
                .containsExactlyInAnyOrder("java.base", "org.jspecify", "org.slf4j", "tools.jackson.core");
    }
}
