package io.conversion.policy;

import io.conversion.policy.Condition.AllOf;
import io.conversion.policy.Condition.Extrapolated;
import io.conversion.policy.Condition.FlagIs;
import io.conversion.policy.Condition.InsufficientEvidence;
import io.conversion.policy.Condition.IntervalContains;
import io.conversion.policy.Condition.LevelIn;
import io.conversion.policy.Condition.Missing;
import io.conversion.policy.Condition.NumberIs;
import io.conversion.policy.Condition.ObservedShareBelow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Policies with everything that a file may hold, for the signals of {@link RandomUsers}. */
public final class RandomPolicies {

    private static final List<String> PLANS = List.of("month", "year", "decade");
    private static final List<Comparison> COMPARISONS = List.of(Comparison.values());

    private RandomPolicies() {}

    /** Up to four bands, each with a segment and an action of its own, and nothing else. */
    public static PolicyBuilder plain(Random random) {
        List<Band> bands = new ArrayList<>();
        double from = 0;
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            bands.add(Band.of("segment_" + i, from, "action_" + i));
            from += (1 - from) * (0.1 + 0.8 * random.nextDouble());
        }
        return Policy.builder("random", "1", ModelRequirement.named("trial"))
                .bands(bands)
                .fallbackAction("none");
    }

    /** Each part that may be absent is so in half of the policies. */
    public static Policy complete(Random random) {
        PolicyBuilder policy = plain(random).guardrails(guardrails(random));
        if (random.nextBoolean()) {
            policy.margin(random.nextDouble() / 4);
        }
        if (random.nextBoolean()) {
            policy.owner("Growth \"team\"").changeNote("Line one\nline two");
        }
        if (random.nextBoolean()) {
            policy.effectiveFrom(Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)));
        }
        if (random.nextBoolean()) {
            policy.control(new ControlGroup(random.nextDouble(), "salt " + random.nextInt(9), "wait"));
        }
        if (random.nextBoolean()) {
            policy.actionRanks(counts(random)).capacities(counts(random));
        }
        Policy complete = policy.build();
        return random.nextBoolean()
                ? complete
                : complete.toBuilder("1")
                        .exploration(exploration(random, complete))
                        .build();
    }

    private static Exploration exploration(Random random, Policy policy) {
        Map<String, List<String>> alternatives = new LinkedHashMap<>();
        for (Band band : policy.bands()) {
            if (alternatives.isEmpty() || random.nextBoolean()) {
                alternatives.put(
                        band.segment(), List.of("tour", band.action(), "call").subList(0, 1 + random.nextInt(3)));
            }
        }
        return new Exploration(random.nextDouble(), "explored " + random.nextInt(9), alternatives);
    }

    private static Map<String, Long> counts(Random random) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("none", (long) random.nextInt(9));
        counts.put("action_0", random.nextLong() >>> 11);
        return counts;
    }

    static List<Guardrail> guardrails(Random random) {
        List<Guardrail> guardrails = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Condition condition =
                    random.nextInt(4) == 0 ? AllOf.of(condition(random), condition(random)) : condition(random);
            guardrails.add(new Guardrail("guardrail_" + i, condition, "guarded_" + i, "Reason " + i));
        }
        return guardrails;
    }

    private static Condition condition(Random random) {
        Comparison comparison = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
        List<String> levels = PLANS.subList(0, 1 + random.nextInt(PLANS.size()));
        return switch (random.nextInt(10)) {
            case 0 -> new NumberIs("hours", comparison, random.nextGaussian() * 3);
            case 1 -> new NumberIs("sessions", comparison, random.nextInt(22) - 1);
            case 2 -> new LevelIn("plan", levels, false);
            case 3 -> new LevelIn("plan", levels, true);
            case 4 -> new FlagIs("weekend", random.nextBoolean());
            case 5 -> new Missing(List.of("hours", "plan", "weekend").get(random.nextInt(3)));
            case 6 -> new InsufficientEvidence();
            case 8 -> new Extrapolated(random.nextBoolean() ? "hours" : "sessions");
            case 7 -> new ObservedShareBelow(1 - random.nextDouble());
            default -> new IntervalContains(random.nextDouble(), 0.95);
        };
    }
}
