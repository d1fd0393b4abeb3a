package io.conversion.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Collectors;

@AnalyzeClasses(packages = "io.conversion.policy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule POLICY_NEVER_SEES_TRAINING = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.conversion.model..", "smile..", "org.ejml..", "de.siegmar..");

    @ArchTest
    static final ArchRule POLICY_NEVER_SEES_JACKSON =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule POLICY_USES_THE_LIBRARIES_OF_THE_MODULE_TABLE_ONLY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "",
                    "java..",
                    "javax.crypto..",
                    "io.conversion.core..",
                    "io.conversion.policy..",
                    "org.slf4j",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule THE_JSON_PACKAGE_OF_CORE_SHOWS_IN_NO_PUBLIC_SIGNATURE =
            classes().that().arePublic().should(showNoTypeOfTheJsonPackage());

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.conversion.(**)").should().beFreeOfCycles();

    @ArchTest
    static void packagesAreOfASizeThatOneCanKnow(JavaClasses policy) {
        assertThat(policy.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting())))
                .allSatisfy((room, files) -> assertThat(files).as(room).isLessThanOrEqualTo(40));
    }

    private static ArchCondition<JavaClass> showNoTypeOfTheJsonPackage() {
        return new ArchCondition<>("show no type of io.conversion.core.json") {
            @Override
            public void check(JavaClass shown, ConditionEvents events) {
                for (JavaCodeUnit member : shown.getCodeUnits()) {
                    boolean seen = member.getModifiers().contains(JavaModifier.PUBLIC)
                            || member.getModifiers().contains(JavaModifier.PROTECTED);
                    events.add(new SimpleConditionEvent(
                            shown, !(seen && namesJson(member)), member.getFullName() + " shows one"));
                }
            }
        };
    }

    private static boolean namesJson(JavaCodeUnit member) {
        return isJson(member.getRawReturnType())
                || member.getRawParameterTypes().stream().anyMatch(ArchitectureTest::isJson);
    }

    private static boolean isJson(JavaClass type) {
        return type.getPackageName().equals("io.conversion.core.json");
    }
}
