package io.conversion.openfeature;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.conversion.openfeature", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PROVIDER_STANDS_ON_WHAT_ANY_HOST_CAN_USE = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "dev.openfeature.sdk..",
                    "io.conversion.core",
                    "io.conversion.core.signals",
                    "io.conversion.policy",
                    "io.conversion.policy.serving",
                    "io.conversion.openfeature",
                    "org.jspecify..",
                    "org.slf4j..");
}
