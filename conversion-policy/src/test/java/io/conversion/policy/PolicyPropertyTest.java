package io.conversion.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.json.JsonText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;

class PolicyPropertyTest {

    @Property
    void everyProbabilityHasExactlyOneBandAndNothingElseHasAny(@ForAll("policies") Policy policy) {
        List<Band> bands = policy.bands();

        for (double number : edgesOf(policy)) {
            List<Band> holding = new ArrayList<>();
            for (int i = 0; i < bands.size(); i++) {
                boolean isLast = i == bands.size() - 1;
                double next = isLast ? 1 : bands.get(i + 1).from();
                if (number >= bands.get(i).from() && (isLast ? number <= next : number < next)) {
                    holding.add(bands.get(i));
                }
            }

            assertThat(holding).as("bands of %s", number).hasSizeLessThanOrEqualTo(1);
            assertThat(policy.bandOf(number))
                    .as("band of %s", number)
                    .isEqualTo(holding.stream().findFirst());
            assertThat(holding.isEmpty()).isEqualTo(!(number >= 0 && number <= 1));
        }
    }

    @Property
    void probabilityBetweenTheEdgesHasTheBandOfTheLastBoundNotAboveIt(
            @ForAll("policies") Policy policy, @ForAll("doubles") double number) {
        Optional<Band> expected = number >= 0 && number <= 1
                ? policy.bands().stream().filter(band -> band.from() <= number).reduce((lower, upper) -> upper)
                : Optional.empty();

        assertThat(policy.bandOf(number)).isEqualTo(expected);
    }

    @Property
    void mergingNeighbouringBandsOfOneSegmentAndActionChangesNoDecision(
            @ForAll("policies") Policy policy, @ForAll("doubles") double number) {
        List<Band> bands = new ArrayList<>();
        for (Band band : policy.bands()) {
            Band previous = bands.isEmpty() ? null : bands.get(bands.size() - 1);
            if (previous == null || !saysTheSame(previous, band)) {
                bands.add(band);
            }
        }
        Policy merged = Policy.of("merged", "1", policy.model(), bands, policy.fallbackAction());

        for (double edge : edgesOf(policy)) {
            assertThat(answer(merged, edge)).as("at %s", edge).isEqualTo(answer(policy, edge));
        }
        assertThat(answer(merged, number)).isEqualTo(answer(policy, number));
    }

    @Property
    void writingAndReadingIsTheIdentity(@ForAll("policies") Policy policy) {
        Policy read = Policy.fromJson(policy.toJson());

        assertThat(read.reference()).isEqualTo(policy.reference());
        assertThat(read.bands()).isEqualTo(policy.bands());
        assertThat(read.fallbackAction()).isEqualTo(policy.fallbackAction());
        assertThat(read.toJson()).isEqualTo(policy.toJson());
    }

    @Property
    void spellingOfAFileDoesNotChangeItsDigest(@ForAll("policies") Policy policy, @ForAll Random random) {
        assertSpellingIsNoPartOfTheDigest(policy, random);
        assertSpellingIsNoPartOfTheDigest(RandomPolicies.complete(random), random);
    }

    private static void assertSpellingIsNoPartOfTheDigest(Policy policy, Random random) {
        String draft = spelled(PolicyFormat.content(policy.parts()), random);
        String sealed =
                spelled(PolicyFormat.file(policy.parts(), policy.reference().digest()), random);

        assertThat(Policy.fromJson(draft).reference()).as(draft).isEqualTo(policy.reference());
        assertThat(Policy.fromJson(sealed).reference()).as(sealed).isEqualTo(policy.reference());
    }

    @Property
    void publishingAndLoadingIsTheIdentityForEverythingThatAFileMayHold(@ForAll Random random) {
        Policy policy = RandomPolicies.complete(random);

        Policy read = Policy.fromJson(policy.toJson());

        assertThat(read.parts().guardrails()).isEqualTo(policy.parts().guardrails());
        assertThat(read.effectiveFrom()).isEqualTo(policy.effectiveFrom());
        assertThat(read.control()).isEqualTo(policy.control());
        assertThat(read.actionRanks()).isEqualTo(policy.actionRanks());
        assertThat(read.capacities()).isEqualTo(policy.capacities());
        assertThat(read.margin()).isEqualTo(policy.margin());
        assertThat(read.owner()).isEqualTo(policy.owner());
        assertThat(read.changeNote()).isEqualTo(policy.changeNote());
        assertThat(read.reference()).isEqualTo(policy.reference());
        assertThat(read.toJson()).isEqualTo(policy.toJson());
    }

    /** Every bound and one ulp either side of it, and the numbers where other code goes wrong. */
    private static List<Double> edgesOf(Policy policy) {
        List<Double> edges = new ArrayList<>(Arrays.asList(
                0.0,
                -0.0,
                Double.MIN_VALUE,
                -Double.MIN_VALUE,
                Double.MIN_NORMAL,
                0.5,
                Math.nextDown(1.0),
                1.0,
                Math.nextUp(1.0),
                Double.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY));
        for (Band band : policy.bands()) {
            edges.addAll(List.of(Math.nextDown(band.from()), band.from(), Math.nextUp(band.from())));
        }
        return edges;
    }

    @Provide
    Arbitrary<Double> doubles() {
        Arbitrary<Double> any = Arbitraries.longs()
                .withDistribution(RandomDistribution.uniform())
                .map(Double::longBitsToDouble);
        return Arbitraries.oneOf(probabilities(), any);
    }

    /** Up to eight bands, often next to one another by one ulp, often of one segment and action. */
    @Provide
    Arbitrary<Policy> policies() {
        Arbitrary<List<Double>> bounds = probabilities().list().ofMaxSize(7).map(PolicyPropertyTest::ascendingFromZero);
        Arbitrary<List<String>> segments =
                Arbitraries.of("low", "high", "café \"1\"").list().ofSize(8);
        Arbitrary<List<String>> actions = Arbitraries.of("wait", "offer").list().ofSize(8);
        return Combinators.combine(bounds, segments, actions).as((from, segment, action) -> {
            List<Band> bands = new ArrayList<>();
            for (int i = 0; i < from.size(); i++) {
                bands.add(Band.of(segment.get(i), from.get(i), action.get(i)));
            }
            return Policy.of("arbitrary", "1", ModelRequirement.named("trial"), bands, "none");
        });
    }

    private static Arbitrary<Double> probabilities() {
        Arbitrary<Double> edges = Arbitraries.of(
                Double.MIN_VALUE,
                Double.MIN_NORMAL,
                0.4,
                Math.nextUp(0.4),
                0.7,
                Math.nextDown(0.7),
                Math.nextDown(1.0),
                1.0);
        Arbitrary<Double> grid = Arbitraries.longs()
                .between(0, 1L << 53)
                .withDistribution(RandomDistribution.uniform())
                .map(numerator -> numerator * 0x1p-53);
        return Arbitraries.oneOf(edges, grid);
    }

    private static List<Double> ascendingFromZero(List<Double> bounds) {
        TreeSet<Double> ascending = new TreeSet<>(bounds);
        ascending.add(0.0);
        return List.copyOf(ascending);
    }

    private static boolean saysTheSame(Band one, Band other) {
        return one.segment().equals(other.segment()) && one.action().equals(other.action());
    }

    private static Optional<String> answer(Policy policy, double number) {
        return policy.bandOf(number).map(band -> band.segment() + " -> " + band.action());
    }

    /** The content of a file: fields in any order, any white space, numbers in any spelling. */
    private static String spelled(Object value, Random random) {
        String text;
        if (value instanceof Map<?, ?> map) {
            List<String> fields = new ArrayList<>();
            map.forEach((name, field) -> fields.add(spelled(name, random) + ":" + spelled(field, random)));
            Collections.shuffle(fields, random);
            text = "{" + String.join(",", fields) + space(random) + "}";
        } else if (value instanceof List<?> list) {
            text = list.stream()
                    .map(element -> spelled(element, random))
                    .collect(Collectors.joining(",", "[", space(random) + "]"));
        } else if (value instanceof Number number) {
            text = number(number.toString(), random);
        } else {
            text = JsonText.pretty(value).replace("o", random.nextBoolean() ? "o" : "\\u006f");
        }
        return space(random) + text + space(random);
    }

    private static String number(String number, Random random) {
        BigDecimal decimal = new BigDecimal(number);
        return switch (random.nextInt(3)) {
            case 0 -> decimal.unscaledValue() + "E" + -decimal.scale();
            case 1 -> decimal.setScale(decimal.scale() + random.nextInt(4)).toString();
            default -> number;
        };
    }

    private static String space(Random random) {
        return " \n\t\r ".substring(random.nextInt(5));
    }
}
