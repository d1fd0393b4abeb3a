package io.conversion.experiments.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.conversion.experiments.Finding;
import io.conversion.experiments.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThresholdEffectTest {

    private static final int USERS = 20_000;
    private static final double BOUND = GeneratedUsers.BOUND;
    private static final ThresholdPlan PLAN = ThresholdPlan.at(BOUND);

    @Test
    void saysWhatTheActionDoesAtTheBound() {
        ThresholdEffect answer = ThresholdEffect.of(PLAN.withAction("offer"), GeneratedUsers.of(3, USERS, 0.1, 0));

        assertThat(answer.refusal()).isNull();
        assertThat(answer.sentence("converted"))
                .matches("Where \"offer\" begins \\(0\\.35\\), it changes \"converted\" by \\+[0-9.]+ percentage points"
                        + " \\(\\+?-?[0-9.]+ to \\+[0-9.]+, p [<=] [0-9.]+\\) for users at the bound, who have [0-9.]+ %"
                        + " without it\\. It says nothing of others\\.");
        assertThat(answer.placebos()).extracting(NamedJump::name).containsExactly("below", "above");
        assertThat(answer.findings()).isEmpty();
    }

    @Test
    void boundThatUsersKnowIsRefused() {
        assertRefused(
                ThresholdEffect.of(PLAN.withBoundKnown(), GeneratedUsers.of(3, USERS, 0.1, 0)),
                "bound_known",
                "users can know the bound and get past it on purpose, so those on its sides differ in more than the action");
    }

    @Test
    void usersWhomSomethingSortsAreRefused() {
        ThresholdEffect answer = ThresholdEffect.of(PLAN, GeneratedUsers.of(3, USERS, 0.1, 0.4));

        assertThat(refusal(answer).code()).isEqualTo("users_crowd");
        assertThat(refusal(answer).reason())
                .matches("users crowd on one side of the bound: the density jumps from [0-9.]+ to [0-9.]+"
                        + " \\(p < 0\\.0001\\), so somebody or something sorts them");
        assertThat(answer.density()).isNotNull();
        assertThat(answer.effect()).isNull();
    }

    @Test
    void usersOfMarginAndGuardrailsAreLeftOutUntilTheyAreTooMany() {
        ThresholdUsers users = GeneratedUsers.of(3, USERS, 0.1, 0);

        ThresholdEffect few = ThresholdEffect.of(PLAN, users.deciders(every(50, Decider.GUARDRAIL)));
        ThresholdEffect many = ThresholdEffect.of(PLAN, users.deciders(every(10, Decider.MARGIN)));
        ThresholdEffect drawn = ThresholdEffect.of(PLAN, users.deciders(every(3, Decider.CHANCE)));

        assertThat(few.findings()).extracting(Finding::code).containsExactly("users_left_out");
        assertThat(few.effect()).isNotNull();
        assertThat(refusal(many).code()).isEqualTo("others_decided");
        assertThat(refusal(many).reason())
                .matches("the margin of the policy or a guardrail decided about [0-9.]+ % of the"
                        + " users near the bound; without them its sides are not alike \\(at most 5 %\\)");
        assertThat(drawn.effect()).isNotNull();
        assertThat(drawn.findings()).isEmpty();
    }

    private static List<Decider> every(int period, Decider decider) {
        return IntStream.range(0, USERS)
                .mapToObj((IntFunction<Decider>) i -> i % period == 0 ? decider : Decider.BOUND)
                .toList();
    }

    @Test
    void actionThatDoesNotSwitchAtTheBoundIsRefused() {
        double[] probabilities =
                IntStream.range(0, USERS).mapToDouble(i -> i / (double) USERS).toArray();
        SplittableRandom random = new SplittableRandom(1);
        double[] outcomes = IntStream.range(0, USERS)
                .mapToDouble(i -> random.nextInt(3) == 0 ? 1 : 0)
                .toArray();
        boolean[] someOther = new boolean[USERS];
        boolean[] few = new boolean[USERS];
        for (int i = 0; i < USERS; i++) {
            someOther[i] = i % 20 == 0 != probabilities[i] >= BOUND;
            few[i] = i % 300 == 0 != probabilities[i] >= BOUND;
        }
        ThresholdUsers users = ThresholdUsers.of(probabilities, outcomes);

        ThresholdEffect refused = ThresholdEffect.of(PLAN, users.upper(someOther));

        assertThat(refusal(refused).code()).isEqualTo("not_sharp");
        assertThat(refusal(refused).reason())
                .matches(
                        "(5|4\\.9[0-9]|5\\.0[0-9]) % of the users near the bound got the action of its other side: the action"
                                + " does not switch at the bound \\(at most 1 %\\)");
        assertThat(ThresholdEffect.of(PLAN, users.upper(few)).findings())
                .extracting(Finding::code)
                .contains("exceptions");
    }

    @Test
    void tooFewUsersOutcomesAndValuesAreRefused() {
        ThresholdUsers all = GeneratedUsers.of(3, USERS, 0, 0);

        assertRefused(
                ThresholdEffect.of(ThresholdPlan.at(0.9999), all),
                "too_few_users",
                "there are only 0 users on a side of the bound whom it decided about; at least 50 are needed");
        assertRefused(
                ThresholdEffect.of(PLAN, outcomes(i -> i == 0 ? 1 : 0)),
                "too_few_outcomes",
                "on a side of the bound only 0 users have the rarer outcome; at least 10 are needed");
        assertRefused(
                ThresholdEffect.of(PLAN, stepped(0.1)),
                "too_few_values",
                "users on a side of the bound have only 4 different values of the running variable; at least 10 are needed to"
                        + " tell a jump from a slope");
    }

    /** Probabilities in steps, as a calibration by steps gives them. */
    private static ThresholdUsers stepped(double step) {
        double[] probabilities = IntStream.range(0, USERS)
                .mapToDouble(i -> step * Math.floor(i / (double) USERS / step))
                .toArray();
        return ThresholdUsers.of(
                probabilities,
                IntStream.range(0, USERS).mapToDouble(i -> i % 3 == 0 ? 1 : 0).toArray());
    }

    private static ThresholdUsers outcomes(IntFunction<Integer> outcome) {
        return ThresholdUsers.of(
                IntStream.range(0, USERS).mapToDouble(i -> i / (double) USERS).toArray(),
                IntStream.range(0, USERS).mapToDouble(outcome::apply).toArray());
    }

    @Test
    void decisionsOfFewUsersAreRefused() {
        ThresholdUsers users = GeneratedUsers.of(3, USERS, 0.1, 0);

        assertThat(refusal(ThresholdEffect.of(
                                PLAN,
                                users.units(IntStream.range(0, USERS)
                                        .map(i -> i % 15)
                                        .toArray())))
                        .reason())
                .isEqualTo(
                        "the decisions on a side of the bound are about only 15 different users; at least 20 are needed");
    }

    @Test
    void everyRowOfItsOwnUserIsAlmostNoUnit() {
        ThresholdUsers users = GeneratedUsers.of(3, USERS, 0.1, 0);

        LocalEffect alone = effect(ThresholdEffect.of(PLAN.withError(ErrorKind.HC1), users));
        LocalEffect units = effect(ThresholdEffect.of(
                PLAN.withError(ErrorKind.HC1),
                users.units(IntStream.range(0, USERS).toArray())));

        assertThat(units.estimate() / alone.estimate()).isBetween(0.99, 1.01);
        assertThat(units.standardError() / alone.standardError()).isBetween(0.99, 1.01);
    }

    @Test
    void covariateThatJumpsIsFound() {
        SplittableRandom random = new SplittableRandom(5);
        double[] probabilities =
                IntStream.range(0, USERS).mapToDouble(i -> random.nextDouble()).toArray();
        double[] before = IntStream.range(0, USERS)
                .mapToDouble(i -> random.nextDouble() + (probabilities[i] >= BOUND ? 0.5 : 0))
                .toArray();
        double[] outcomes = IntStream.range(0, USERS)
                .mapToDouble(i -> before[i] + random.nextDouble())
                .toArray();

        ThresholdEffect answer = ThresholdEffect.of(
                PLAN, ThresholdUsers.of(probabilities, outcomes).covariate("visits", before));

        assertThat(answer.findings()).extracting(Finding::code).contains("covariate_jumps");
        assertThat(answer.findings().stream().map(Finding::sentence))
                .anyMatch(sentence -> sentence.startsWith("\"visits\" was known before, and jumps by 0.4"));
    }

    @Test
    void covariateMakesTheIntervalNarrower() {
        SplittableRandom random = new SplittableRandom(6);
        double[] probabilities =
                IntStream.range(0, USERS).mapToDouble(i -> random.nextDouble()).toArray();
        double[] before =
                IntStream.range(0, USERS).mapToDouble(i -> random.nextDouble()).toArray();
        double[] spent = IntStream.range(0, USERS)
                .mapToDouble(i -> 20 * before[i] + random.nextDouble() + (probabilities[i] >= BOUND ? 2 : 0))
                .toArray();
        ThresholdUsers users = ThresholdUsers.of(probabilities, spent);

        LocalEffect plain = effect(ThresholdEffect.of(PLAN, users));
        LocalEffect adjusted = effect(ThresholdEffect.of(PLAN, users.covariate("spent before", before)));

        assertThat(adjusted.standardError()).isLessThan(plain.standardError() / 5);
        assertThat(adjusted.inference().excludes(2)).isFalse();
        assertThat(adjusted.levelBelow()).isBetween(8.0, 13.0);
    }

    @Test
    void jsonIsWhatItsSchemaSays() throws IOException {
        Schema schema;
        try (InputStream in = Objects.requireNonNull(ThresholdEffect.class.getResourceAsStream(
                "/META-INF/schemas/conversion-threshold-effect-1.schema.json"))) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        }
        ThresholdUsers users = GeneratedUsers.of(3, USERS, 0.1, 0);
        List<ThresholdEffect> answers = List.of(
                ThresholdEffect.of(PLAN, users.deciders(every(50, Decider.GUARDRAIL))),
                ThresholdEffect.of(PLAN, GeneratedUsers.of(3, USERS, 0.1, 0.4)),
                ThresholdEffect.of(ThresholdPlan.at(2), users));

        for (ThresholdEffect answer : answers) {
            assertThat(schema.validate(answer.toJson(), InputFormat.JSON)).isEmpty();
        }
        assertThat(schema.validate(answers.get(0).toJson().replace("\"level_below\"", "\"level\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void badInputIsRefused() {
        assertThatThrownBy(() -> ThresholdUsers.of(new double[] {0.1, Double.NaN}, new double[2]))
                .hasMessage("the running variable is NaN for a user; it must be finite");
        assertThatThrownBy(() -> ThresholdUsers.of(new double[2], new double[3]))
                .hasMessage("the outcome is there for 3 users of 2; it must be there for each");
        assertThatThrownBy(() -> ThresholdUsers.of(new double[2], new double[2])
                        .covariate("visits", new double[] {1, Double.POSITIVE_INFINITY}))
                .hasMessage("covariate \"visits\" is Infinity for a user; it must be finite");
        assertThatThrownBy(() -> ThresholdPlan.at(Double.NaN)).hasMessage("the bound is NaN; it must be finite");
        assertThatThrownBy(() -> PLAN.withAlpha(1)).hasMessage("alpha is 1.0; it must be between 0 and 1");
        assertThatThrownBy(() -> new ThresholdLimits(5, 1, 5, 2, 0, 0, 0))
                .hasMessage(
                        "the limits are 5 users, 1 outcomes, 5 values and 2 units on a side; they must be at least 10, 1,"
                                + " 5 and 2");
    }

    private static void assertRefused(ThresholdEffect answer, String code, String reason) {
        assertThat(answer.effect()).isNull();
        assertThat(refusal(answer).code()).isEqualTo(code);
        assertThat(refusal(answer).reason()).isEqualTo(reason);
        assertThat(answer.sentence("converted")).contains(reason).contains("To do: ");
    }

    private static Refusal refusal(ThresholdEffect answer) {
        return Objects.requireNonNull(answer.refusal());
    }

    private static LocalEffect effect(ThresholdEffect answer) {
        return Objects.requireNonNull(answer.effect());
    }
}
