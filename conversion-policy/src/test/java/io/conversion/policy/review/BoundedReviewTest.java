package io.conversion.policy.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.conversion.policy.Comparison;
import io.conversion.policy.Condition;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import io.conversion.policy.review.PolicyFinding.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies whose guardrails divide users into more and more pieces. */
class BoundedReviewTest {

    private static final Duration SECONDS = Duration.ofSeconds(10);

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            guardrails, signals, parts
            20,         12,      3
            20,         20,      10
            40,         40,      3
            150,        30,      2
            150,        6,       4
            400,        12,      6
            60,         60,      60
            """)
    void reviewOfManyGuardrailsTakesNoTime(int guardrails, int signals, int parts) {
        Random random = new Random(guardrails + 31 * signals);
        Condition[] conditions = new Condition[guardrails];
        for (int i = 0; i < guardrails; i++) {
            conditions[i] = conjunction(random, signals, parts);
        }
        Policy policy = ReviewFixtures.withGuardrails(conditions);

        List<PolicyFinding> findings = assertTimeoutPreemptively(SECONDS, () -> PolicyVerifier.verify(policy));

        assertThat(findings).noneMatch(finding -> finding.code() == Code.CONTRADICTION);
    }

    /** Each earlier one leaves a user in half of the space only, and all of them together leave nobody. */
    @Test
    void whatCannotBeDecidedInTimeIsSaid() {
        int signals = 40;
        List<Condition> conditions = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 400; i++) {
            conditions.add(conjunction(random, signals, 3));
        }
        conditions.add(flag(0, true));
        Policy policy = ReviewFixtures.withGuardrails(conditions.toArray(Condition[]::new));

        List<PolicyFinding> findings = assertTimeoutPreemptively(SECONDS, () -> PolicyVerifier.verify(policy));

        assertThat(findings)
                .filteredOn(finding -> finding.code() == Code.TOO_MANY_COMBINATIONS)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.sentence())
                        .endsWith(
                                " comes after guardrails that divide its users into too many combinations; whether it can"
                                        + " decide for anybody was not decided: test it with users of your own, or ask simpler"
                                        + " guardrails before it"));
    }

    @Test
    void coveredGuardrailIsStillFoundBehindManyOthers() {
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < 19; i++) {
            conditions.add(new Condition.NumberIs("sessions", Comparison.EQUAL, i));
        }
        conditions.add(Condition.AllOf.of(new Condition.NumberIs("sessions", Comparison.EQUAL, 7), flag(1, true)));

        assertThat(PolicyVerifier.verify(ReviewFixtures.withGuardrails(conditions.toArray(Condition[]::new))))
                .extracting(PolicyFinding::code)
                .contains(Code.UNREACHABLE_GUARDRAIL)
                .doesNotContain(Code.TOO_MANY_COMBINATIONS);
    }

    @Test
    void sentencesShowLittleOfLongNames() {
        String name = "n".repeat(400);
        String[] levels = IntStream.range(0, 300).mapToObj(i -> name + i).toArray(String[]::new);
        Policy policy = ReviewFixtures.policy()
                .guardrails(List.of(
                        new Guardrail(name, Condition.LevelIn.of(name, levels), "a".repeat(400), "r".repeat(400)),
                        new Guardrail(name + 1, Condition.LevelIn.of(name, levels), "a".repeat(400), "r".repeat(400))))
                .build();
        Policy other = ReviewFixtures.policy()
                .fallbackAction(name)
                .changeNote("x".repeat(9_000))
                .build();

        List<String> sentences = new ArrayList<>(PolicyDiff.of(policy, other).sentences());
        PolicyVerifier.verify(policy).forEach(finding -> sentences.add(finding.sentence()));
        PolicyVerifier.verify(policy, ReviewFixtures.MODEL).forEach(finding -> sentences.add(finding.sentence()));

        assertThat(sentences)
                .hasSizeGreaterThan(5)
                .allSatisfy(sentence ->
                        assertThat(sentence).doesNotContainPattern("[nxar]{81}").hasSizeLessThan(2_000));
    }

    private static Condition conjunction(Random random, int signals, int parts) {
        List<Integer> chosen =
                new ArrayList<>(IntStream.range(0, signals).boxed().toList());
        Collections.shuffle(chosen, random);
        Condition[] flags = chosen.stream()
                .limit(parts)
                .map(signal -> flag(signal, random.nextBoolean()))
                .toArray(Condition[]::new);
        return flags.length == 1 ? flags[0] : Condition.AllOf.of(flags);
    }

    private static Condition flag(int signal, boolean value) {
        return new Condition.FlagIs("flag " + signal, value);
    }
}
