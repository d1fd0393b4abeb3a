package io.conversion.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.conversion", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule CORE_KNOWS_NEITHER_SMILE_NOR_POLICY = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("smile..", "io.conversion.policy..", "io.conversion.model..");
}
