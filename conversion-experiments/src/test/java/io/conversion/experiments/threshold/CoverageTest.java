package io.conversion.experiments.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Logs of generated users with a planted effect: how far off the effect is on average, and how often its interval holds it.
 * {@code -Dconversion.simulations=500} runs as many as the guide gives figures of; each test prints its figures.
 */
class CoverageTest {

    private static final int LOGS = Integer.getInteger("conversion.simulations", 60);
    private static final int USERS = 20_000;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.15})
    void intervalsHoldThePlantedEffect(double effect) {
        List<ThresholdEffect> answers = answers(effect, 0);
        List<LocalEffect> effects = answers.stream()
                .filter(answer -> answer.effect() != null)
                .map(answer -> Objects.requireNonNull(answer.effect()))
                .toList();

        double bias =
                effects.stream().mapToDouble(LocalEffect::estimate).average().orElseThrow() - effect;
        double error = effects.stream()
                .mapToDouble(LocalEffect::standardError)
                .average()
                .orElseThrow();
        double held = effects.stream()
                        .filter(answer -> !answer.inference().excludes(effect))
                        .count()
                / (double) effects.size();
        System.out.printf(
                "effect %.2f: %d of %d logs answered, bias %+.4f, mean standard error %.4f, lines %+.4f, coverage %.1f %%%n",
                effect,
                effects.size(),
                LOGS,
                bias,
                error,
                effects.stream().mapToDouble(LocalEffect::line).average().orElseThrow() - effect,
                100 * held);

        // Four standard errors of chance: of a mean of so many logs, of a share of them.
        assertThat(Math.abs(bias)).isLessThan(4 * error / Math.sqrt(effects.size()) + 0.002);
        assertThat(held).isGreaterThan(0.95 - 4 * Math.sqrt(0.05 * 0.95 / LOGS) - 0.01);
        assertThat(effects.size()).isGreaterThan((int) (LOGS * 0.99 - 4 * Math.sqrt(LOGS * 0.01)) - 1);
    }

    @Test
    void sortedUsersAreRefused() {
        List<ThresholdEffect> answers = answers(0.05, 0.4);

        long refused = answers.stream()
                .filter(answer ->
                        answer.refusal() != null && answer.refusal().code().equals("users_crowd"))
                .count();
        System.out.printf("40 %% of users within 0.03 below lifted: %d of %d logs refused%n", refused, LOGS);

        assertThat(refused).isGreaterThan(LOGS * 9L / 10);
    }

    private static List<ThresholdEffect> answers(double effect, double sorted) {
        return LongStream.range(0, LOGS)
                .parallel()
                .mapToObj(log -> ThresholdEffect.of(
                        ThresholdPlan.at(GeneratedUsers.BOUND), GeneratedUsers.of(log, USERS, effect, sorted)))
                .toList();
    }
}
