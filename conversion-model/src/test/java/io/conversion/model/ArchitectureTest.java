package io.conversion.model;

import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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
import java.util.List;
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
