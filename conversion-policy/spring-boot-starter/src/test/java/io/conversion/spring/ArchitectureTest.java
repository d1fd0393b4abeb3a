package io.conversion.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.conversion.spring", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Boot brings Jackson along, and the library has its own strict reader: no class here may depend on either of them. */
    @ArchTest
    static final ArchRule STARTER_STANDS_ON_WHAT_ANY_HOST_CAN_USE = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.conversion.core",
                    "io.conversion.policy",
                    "io.conversion.policy.monitoring",
                    "io.conversion.policy.records",
                    "io.conversion.policy.requests",
                    "io.conversion.policy.serving",
                    "io.conversion.spring",
                    "io.micrometer.core.instrument..",
                    "org.jspecify..",
                    "org.springframework..");

    @ArchTest
    static final ArchRule MICROMETER_IS_OPTIONAL = noClasses()
            .that()
            .haveSimpleNameEndingWith("AutoConfiguration")
            .and()
            .doNotHaveSimpleName("ConversionMetersAutoConfiguration")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");
}
