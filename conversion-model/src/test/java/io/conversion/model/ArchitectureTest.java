package io.conversion.model;

import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import smile.classification.LogisticRegression;

class ArchitectureTest {

    private static final JavaClasses MODEL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.conversion.model");

    private static final ArchRule NO_LIBRARY_IN_A_SIGNATURE = classes()
            .that()
            .arePublic()
            .should(new ArchCondition<>("have no Smile, EJML, FastCSV or Jackson type in a signature") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    signatureTypes(type)
                            .filter(ArchitectureTest::isOfALibrary)
                            .forEach(used -> events.add(SimpleConditionEvent.violated(
                                    type, type.getName() + " shows " + used.getName() + " in a signature")));
                }
            });

    /** More than anyone keeps in mind. */
    private static final int MOST_FILES = 40;

    @Test
    void layersStandOnTheOnesBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("data")
                .definedBy("io.conversion.model.data")
                .layer("fit")
                .definedBy("io.conversion.model.fit")
                .layer("design")
                .definedBy("io.conversion.model.design")
                .layer("training")
                .definedBy("io.conversion.model")
                .layer("evaluation")
                .definedBy("io.conversion.model.evaluation")
                .layer("signals")
                .definedBy("io.conversion.model.signals")
                .layer("comparison")
                .definedBy("io.conversion.model.comparison")
                .layer("lifecycle")
                .definedBy("io.conversion.model.lifecycle")
                .layer("synthetic")
                .definedBy("io.conversion.model.synthetic")
                .layer("chart")
                .definedBy("io.conversion.model.chart")
                .layer("report")
                .definedBy("io.conversion.model.report")
                .whereLayer("data")
                .mayNotAccessAnyLayer()
                .whereLayer("fit")
                .mayOnlyAccessLayers("data")
                .whereLayer("design")
                .mayOnlyAccessLayers("data", "fit")
                .whereLayer("training")
                .mayOnlyAccessLayers("data", "fit", "design")
                .whereLayer("evaluation")
                .mayOnlyAccessLayers("data", "fit", "training")
                .whereLayer("signals")
                .mayOnlyAccessLayers("data", "evaluation")
                .whereLayer("comparison")
                .mayOnlyAccessLayers("data", "fit", "training", "evaluation")
                .whereLayer("lifecycle")
                .mayOnlyAccessLayers("data", "training", "evaluation")
                .whereLayer("synthetic")
                .mayOnlyAccessLayers("data", "fit", "lifecycle")
                .whereLayer("chart")
                .mayNotAccessAnyLayer()
                .whereLayer("report")
                .mayOnlyAccessLayers("data", "training", "evaluation", "signals", "comparison", "lifecycle", "chart")
                .check(MODEL);
    }

    @Test
    void packagesDoNotDependOnEachOtherInACircle() {
        slices().matching("io.conversion.(**)").should().beFreeOfCycles().check(MODEL);
    }

    @Test
    void noPackageHasMoreFilesThanOneCanKnow() {
        Map<String, Long> files = MODEL.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        assertThat(files)
                .hasSizeGreaterThan(10)
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MOST_FILES));
    }

    @Test
    void nothingOfAHiddenPackageShowsInAnExportedOne() throws Exception {
        Path classes = Path.of(LogisticTrainer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Set<String> exported;
        try (InputStream descriptor = Files.newInputStream(classes.resolve("module-info.class"))) {
            exported = ModuleDescriptor.read(descriptor).exports().stream()
                    .filter(exports -> !exports.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toSet());
        }

        assertThat(MODEL.stream()
                        .filter(type ->
                                type.getModifiers().contains(PUBLIC) && exported.contains(type.getPackageName()))
                        .flatMap(type -> signatureTypes(type)
                                .filter(used -> used.getPackageName().startsWith("io.conversion.model"))
                                .filter(used -> !exported.contains(used.getPackageName()))
                                .map(used -> type.getName() + " shows " + used.getName())))
                .isEmpty();
        assertThat(exported).contains("io.conversion.model").doesNotContain("io.conversion.model.fit");
    }

    @Test
    void modelDoesNotKnowPolicy() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.conversion.policy..")
                .check(MODEL);
    }

    @Test
    void libraryTypesStayInside() {
        NO_LIBRARY_IN_A_SIGNATURE.check(MODEL);
    }

    @Test
    void ruleSeesLibraryTypesInResultsParametersAndTypeArguments() {
        JavaClasses leaks = new ClassFileImporter().importClasses(Leak.class);

        assertThat(NO_LIBRARY_IN_A_SIGNATURE.evaluate(leaks).getFailureReport().getDetails())
                .hasSize(2)
                .allMatch(line -> line.contains("DMatrixRMaj") || line.contains("LogisticRegression"));
    }

    private static Stream<JavaClass> signatureTypes(JavaClass type) {
        Stream<JavaType> above = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        Stream<JavaType> members = type.getMembers().stream()
                .filter(member -> member.getModifiers().contains(PUBLIC)
                        || member.getModifiers().contains(PROTECTED))
                .flatMap(ArchitectureTest::memberTypes);
        return Stream.concat(above, members).flatMap(used -> used.getAllInvolvedRawTypes().stream());
    }

    private static Stream<JavaType> memberTypes(JavaMember member) {
        if (member instanceof JavaCodeUnit unit) {
            return Stream.of(
                            Stream.of(unit.getReturnType()),
                            unit.getParameterTypes().stream(),
                            unit.getExceptionTypes().stream())
                    .flatMap(types -> types);
        }
        return Stream.of(((JavaField) member).getType());
    }

    private static boolean isOfALibrary(JavaClass type) {
        return Stream.of("smile.", "org.ejml.", "de.siegmar.", "tools.jackson.", "com.fasterxml.")
                .anyMatch(prefix -> type.getName().startsWith(prefix));
    }

    /** What the rule must refuse. */
    public abstract static class Leak {

        Leak() {}

        protected abstract List<DMatrixRMaj> matrices();

        public abstract void set(LogisticRegression fit);

        abstract void inside(LogisticRegression fit);
    }
}
