package io.conversion.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

@AnalyzeClasses(packages = "io.conversion", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule CORE_KNOWS_NEITHER_SMILE_NOR_POLICY = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("smile..", "io.conversion.policy..", "io.conversion.model..");

    @ArchTest
    static final ArchRule CORE_USES_THE_LIBRARIES_OF_THE_MODULE_TABLE_ONLY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "",
                    "java..",
                    "io.conversion.core..",
                    "tools.jackson.core..",
                    "org.slf4j",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule JACKSON_IS_USED_BY_THE_JSON_PACKAGE_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage("io.conversion.core.json")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule JACKSON_SHOWS_IN_NO_PUBLIC_SIGNATURE = classes()
            .that()
            .arePublic()
            .should(showNoTypeOf("tools.jackson"))
            .andShould(showNoTypeOf("com.fasterxml.jackson"));

    @ArchTest
    static final ArchRule WHAT_OTHERS_DO_NOT_SEE_SHOWS_IN_NO_PUBLIC_SIGNATURE_OF_THE_API = classes()
            .that()
            .arePublic()
            .and()
            .resideOutsideOfPackages("io.conversion.core.json", "io.conversion.core.internal")
            .should(showNoTypeOf("io.conversion.core.json"))
            .andShould(showNoTypeOf("io.conversion.core.internal"));

    @ArchTest
    static final ArchRule SIGNALS_KNOW_NOTHING_OF_MODELS = noClasses()
            .that()
            .resideInAPackage("io.conversion.core.signals")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.conversion.core", "io.conversion.core.shapes", "io.conversion.core.provenance");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.conversion.(**)").should().beFreeOfCycles();

    @ArchTest
    static void packagesAreOfASizeThatOneCanKnow(JavaClasses core) {
        assertThat(core.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting())))
                .allSatisfy((room, files) -> assertThat(files).as(room).isLessThanOrEqualTo(40));
    }

    /** No public or protected field, method, constructor or supertype that names a type of a package or below it. */
    private static ArchCondition<JavaClass> showNoTypeOf(String hidden) {
        return new ArchCondition<>("show no type of " + hidden) {
            @Override
            public void check(JavaClass shown, ConditionEvents events) {
                Stream<JavaClass> supertypes =
                        Stream.concat(shown.getRawSuperclass().stream(), shown.getRawInterfaces().stream());
                report(shown.getName(), supertypes.collect(Collectors.toSet()), shown, events);
                for (JavaMember member : shown.getMembers()) {
                    if (member.getModifiers().contains(JavaModifier.PUBLIC)
                            || member.getModifiers().contains(JavaModifier.PROTECTED)) {
                        report(member.getFullName(), typesOf(member), shown, events);
                    }
                }
            }

            private void report(String where, Set<JavaClass> types, JavaClass shown, ConditionEvents events) {
                for (JavaClass type : types) {
                    String name = type.getPackageName();
                    boolean isHidden = name.equals(hidden) || name.startsWith(hidden + ".");
                    events.add(new SimpleConditionEvent(shown, !isHidden, where + " shows " + type.getName()));
                }
            }
        };
    }

    private static Set<JavaClass> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getType().getAllInvolvedRawTypes();
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        return Stream.of(
                        code.getReturnType().getAllInvolvedRawTypes().stream(),
                        code.getParameterTypes().stream().flatMap(type -> type.getAllInvolvedRawTypes().stream()),
                        code.getTypeParameters().stream().flatMap(type -> type.getAllInvolvedRawTypes().stream()),
                        code.getExceptionTypes().stream())
                .flatMap(types -> types)
                .collect(Collectors.toSet());
    }
}
