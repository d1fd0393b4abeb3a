package io.conversion.experiments;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses EXPERIMENTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.conversion.experiments");

    @Test
    void statisticsKnowOfNoExperiment() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("statistics")
                .definedBy("io.conversion.experiments.statistics")
                .layer("readout")
                .definedBy("io.conversion.experiments")
                .layer("data")
                .definedBy("io.conversion.experiments.data")
                .layer("planning")
                .definedBy("io.conversion.experiments.planning")
                .layer("threshold")
                .definedBy("io.conversion.experiments.threshold")
                .whereLayer("statistics")
                .mayNotAccessAnyLayer()
                .whereLayer("readout")
                .mayOnlyAccessLayers("statistics")
                .whereLayer("planning")
                .mayOnlyAccessLayers("statistics")
                .whereLayer("threshold")
                .mayOnlyAccessLayers("statistics", "readout")
                .whereLayer("data")
                .mayOnlyAccessLayers("statistics", "readout", "threshold")
                .check(EXPERIMENTS);
    }

    @Test
    void packagesDoNotDependOnEachOtherInACircle() {
        slices().matching("io.conversion.(**)").should().beFreeOfCycles().check(EXPERIMENTS);
    }

    @Test
    void readOutsDoNotTrain() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("smile..", "tools.jackson..")
                .check(EXPERIMENTS);
    }
}
