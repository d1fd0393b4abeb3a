package io.conversion.workbench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** What commands share is in one package; the others hold commands and what they alone need. */
@AnalyzeClasses(packages = "io.conversion.workbench", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule COMMANDS_OF_ONE_PACKAGE_KNOW_NONE_OF_ANOTHER = slices().matching(
                    "io.conversion.workbench.(models|users|policies)")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.conversion.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_CLASSES_THAT_CROSS_PACKAGES_ARE_PUBLIC = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveFullyQualifiedName(Workbench.class.getName())
            .should(beUsedByAnotherPackage());

    @ArchTest
    static void aPackageHasAtMostFortyFiles(JavaClasses classes) {
        Stream.of("", ".console", ".models", ".users", ".policies")
                .map(name -> classes.getPackage("io.conversion.workbench" + name))
                .forEach(each -> assertThat(each.getClasses())
                        .filteredOn(JavaClass::isTopLevelClass)
                        .as(each.getName())
                        .hasSizeBetween(1, 40));
    }

    private static ArchCondition<JavaClass> beUsedByAnotherPackage() {
        return new ArchCondition<>("be used by another package") {
            @Override
            public void check(JavaClass shared, ConditionEvents events) {
                boolean used = shared.getDirectDependenciesToSelf().stream()
                        .anyMatch(use -> !use.getOriginClass().getPackageName().equals(shared.getPackageName()));
                events.add(
                        new SimpleConditionEvent(shared, used, shared.getName() + " is used by its own package only"));
            }
        };
    }
}
