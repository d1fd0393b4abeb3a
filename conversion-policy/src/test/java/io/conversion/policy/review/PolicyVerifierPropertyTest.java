package io.conversion.policy.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.Score;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition;
import io.conversion.policy.Decision;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.review.PolicyFinding.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PolicyVerifierPropertyTest {

    private static final List<Comparison> COMPARISONS = List.of(Comparison.values());
    private static final String[] TIERS = {"a", "b", "c", "d"};
    private static final List<Score> EVERYBODY = everybody();

    @Property(tries = 300)
    void guardrailThatIsSaidNeverToDecideNeverDoes(@ForAll Random random) {
        Policy policy = policy(random, true);
        Set<String> never = never(PolicyVerifier.verify(policy, ReviewFixtures.UNSURE));
        never.addAll(never(PolicyVerifier.verify(policy)));
        PolicyEngine engine = PolicyEngine.of(policy);

        for (int i = 0; i < 300; i++) {
            deciding(engine, score(random)).ifPresent(name -> assertThat(never).doesNotContain(name));
        }
    }

    @Property(tries = 200)
    void guardrailOfSignalsThatIsNotSaidNeverToDecideDoesForSomebody(@ForAll Random random) {
        Policy policy = policy(random, false);
        Set<String> never = never(PolicyVerifier.verify(policy, ReviewFixtures.UNSURE));
        PolicyEngine engine = PolicyEngine.of(policy);

        Set<String> deciding = new TreeSet<>();
        EVERYBODY.forEach(score -> deciding(engine, score).ifPresent(deciding::add));

        Set<String> others = new TreeSet<>();
        policy.guardrails().forEach(guardrail -> others.add(guardrail.name()));
        others.removeAll(never);
        assertThat(deciding).isEqualTo(others);
    }

    @Test
    void policiesOfTheLawsHaveGuardrailsOfEachKind() {
        Random random = new Random(7);
        Map<Code, Integer> found = new LinkedHashMap<>();
        int guardrails = 0;
        for (int i = 0; i < 300; i++) {
            Policy policy = policy(random, true);
            guardrails += policy.guardrails().size();
            PolicyVerifier.verify(policy, ReviewFixtures.UNSURE)
                    .forEach(finding -> found.merge(finding.code(), 1, Integer::sum));
        }

        assertThat(guardrails).isGreaterThan(900);
        assertThat(found).containsOnlyKeys(Code.UNREACHABLE_GUARDRAIL, Code.CONTRADICTION, Code.NOT_DECIDED);
        assertThat(found.values()).allMatch(count -> count > 50);
    }

    private static Optional<String> deciding(PolicyEngine engine, Score score) {
        return engine.decide(score) instanceof Decision.Overridden overridden
                ? Optional.of(overridden.guardrail().name())
                : Optional.empty();
    }

    private static Set<String> never(List<PolicyFinding> findings) {
        Set<String> names = new HashSet<>();
        findings.stream()
                .filter(finding -> finding.code() == Code.UNREACHABLE_GUARDRAIL || finding.code() == Code.CONTRADICTION)
                .forEach(finding ->
                        names.add("g" + (1 + Integer.parseInt(finding.pointer().replaceAll("[^0-9]", "")))));
        return names;
    }

    private static Policy policy(Random random, boolean evidence) {
        Condition[] conditions = new Condition[1 + random.nextInt(6)];
        for (int i = 0; i < conditions.length; i++) {
            int parts = 1 + random.nextInt(3);
            conditions[i] = parts == 1
                    ? part(random, evidence)
                    : Condition.AllOf.of(IntStream.range(0, parts)
                            .mapToObj(any -> part(random, evidence))
                            .toArray(Condition[]::new));
        }
        return ReviewFixtures.withGuardrails(conditions);
    }

    private static Condition part(Random random, boolean evidence) {
        return switch (random.nextInt(evidence ? 9 : 6)) {
            case 0, 1 -> new Condition.NumberIs("sessions", comparison(random), random.nextInt(17) / 2.0 - 1);
            case 2 -> new Condition.NumberIs("hours", comparison(random), random.nextInt(13) / 2.0);
            case 3 -> new Condition.LevelIn("tier", levels(random), random.nextBoolean());
            case 4 -> new Condition.FlagIs(random.nextBoolean() ? "complaint" : "trial", random.nextBoolean());
            case 5 ->
                new Condition.Missing(List.of("hours", "tier", "trial", "plan").get(random.nextInt(4)));
            case 6 -> new Condition.ObservedShareBelow((1 + random.nextInt(8)) / 8.0);
            case 7 -> new Condition.InsufficientEvidence();
            default -> new Condition.IntervalContains(random.nextInt(3) / 2.0, 0.95);
        };
    }

    private static Comparison comparison(Random random) {
        return COMPARISONS.get(random.nextInt(COMPARISONS.size()));
    }

    private static List<String> levels(Random random) {
        List<String> levels = new ArrayList<>();
        for (String level : List.of("a", "b", "c")) {
            if (random.nextBoolean()) {
                levels.add(level);
            }
        }
        return levels.isEmpty() ? List.of("b") : levels;
    }

    private static Score score(Random random) {
        return EVERYBODY.get(random.nextInt(EVERYBODY.size()));
    }

    /** A user for each combination of the values that the conditions can tell apart. */
    private static List<Score> everybody() {
        List<Score> everybody = new ArrayList<>();
        for (int sessions = 0; sessions <= 6; sessions++) {
            // From 0.25 below the range to 5 in quarters: below it stands for missing.
            for (double hours = 0.25; hours <= 5; hours += 0.25) {
                for (int tier = 0; tier <= TIERS.length; tier++) {
                    for (int flags = 0; flags < 6; flags++) {
                        everybody.add(score(sessions, hours, tier, flags % 2 == 0, flags / 2));
                    }
                }
            }
        }
        return everybody;
    }

    private static Score score(int sessions, double hours, int tier, boolean complaint, int trial) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("logit", 0.5);
        user.put("sessions", sessions);
        user.put("plan", "year");
        user.put("complaint", complaint);
        if (hours >= 0.5) {
            user.put("hours", hours);
        }
        if (tier < TIERS.length) {
            user.put("tier", TIERS[tier]);
        }
        if (trial < 2) {
            user.put("trial", trial == 1);
        }
        return ReviewFixtures.UNSURE.scorer().score(ReviewFixtures.reading(user).orElseThrow());
    }
}
