package io.conversion.policy.testkit;

import io.conversion.core.Score;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.Signal;
import io.conversion.policy.Condition;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Looks for users for whom a guardrail decides, and for whom none does: signal by signal, the first value that brings it
 * nearer. Deterministic, so that the examples of a policy are always the same.
 */
final class GuardrailSearch {

    private static final int MOST_ROUNDS = 20;
    private static final double NOT_HELD = 1000;

    private final Policy policy;
    private final ChosenScores scores;
    private final Map<String, List<@Nullable Object>> candidates = new LinkedHashMap<>();
    private final List<Double> probabilities = new ArrayList<>();

    GuardrailSearch(Policy policy, ChosenScores scores, double[] probabilities) {
        this.policy = policy;
        this.scores = scores;
        Arrays.stream(probabilities).forEach(this.probabilities::add);
        for (String name : scores.guardrailSignals()) {
            candidates.put(name, candidates(scores.model().schema().find(name).orElseThrow()));
        }
        candidates.put(scores.evidenceSignal(), Arrays.asList(true, null));
        for (Guardrail guardrail : policy.guardrails()) {
            for (Condition condition : guardrail.condition().parts()) {
                if (condition instanceof Condition.IntervalContains interval) {
                    this.probabilities.add(scores.score(interval.threshold()).probability());
                }
            }
        }
    }

    private List<@Nullable Object> candidates(Signal signal) {
        Set<@Nullable Object> values = new LinkedHashSet<>();
        if (signal instanceof FlagSignal) {
            values.addAll(List.of(false, true));
        } else if (signal instanceof CategoricalSignal categorical) {
            values.addAll(categorical.levels());
        } else {
            values.addAll(numbers(signal.name()));
        }
        values.add(null);
        return new ArrayList<>(values);
    }

    /** Numbers on all sides of those that the signal is compared with, the plain ones first. */
    private Set<Double> numbers(String signal) {
        TreeSet<Double> compared = new TreeSet<>();
        for (Guardrail guardrail : policy.guardrails()) {
            for (Condition condition : guardrail.condition().parts()) {
                if (condition instanceof Condition.NumberIs is && is.signal().equals(signal)) {
                    compared.add(is.number());
                }
            }
        }
        Set<Double> numbers = new LinkedHashSet<>();
        for (double number : compared) {
            numbers.addAll(List.of(number - 1, number, number + 1));
            Double next = compared.higher(number);
            if (next != null) {
                numbers.add(number + (next - number) / 2);
            }
        }
        for (double number : compared) {
            numbers.addAll(List.of(Math.nextDown(number), Math.nextUp(number)));
        }
        numbers.removeIf(number -> !Double.isFinite(number));
        if (numbers.isEmpty()) {
            numbers.add(1.0);
        }
        return numbers;
    }

    /** A user with a probability for whom as few guardrails hold as possible. */
    Example quiet(double probability) {
        Example start = new Example(probability, Map.of(), null);
        for (Map.Entry<String, List<@Nullable Object>> entry : candidates.entrySet()) {
            start = start.with(entry.getKey(), entry.getValue().get(0));
        }
        return descend(start, List.of(), this::holding);
    }

    /** A user for whom a guardrail decides; empty if none was found. */
    Optional<Example> decided(Guardrail guardrail, Example start) {
        int place = policy.guardrails().indexOf(guardrail);
        Example found = descend(
                start,
                probabilities,
                score -> distance(guardrail, score) * NOT_HELD
                        + policy.guardrails().subList(0, place).stream()
                                .filter(earlier -> earlier.condition().holds(score))
                                .count());
        return decides(guardrail, found) ? Optional.of(found) : Optional.empty();
    }

    /** A user for whom a guardrail does not decide, in one signal only other than one for whom it does. */
    Optional<Example> spared(Guardrail guardrail, Example decided) {
        return neighbours(decided, probabilities).stream()
                .filter(example -> !guardrail.condition().holds(example.score(scores)))
                .findFirst();
    }

    private boolean decides(Guardrail guardrail, Example example) {
        Score score = example.score(scores);
        return policy.guardrails().stream()
                .filter(one -> one.condition().holds(score))
                .findFirst()
                .equals(Optional.of(guardrail));
    }

    private double holding(Score score) {
        double holding = score.evidence().isSufficient() ? 0 : 0.5;
        for (Guardrail guardrail : policy.guardrails()) {
            holding += guardrail.condition().holds(score) ? 1 : 0;
        }
        return holding;
    }

    /** How many parts of the condition do not hold, with a slope towards less evidence. */
    private static double distance(Guardrail guardrail, Score score) {
        double distance = 0;
        for (Condition condition : guardrail.condition().parts()) {
            if (!condition.holds(score)) {
                distance += 1;
                if (condition instanceof Condition.ObservedShareBelow) {
                    distance += score.evidence().observedShare();
                }
            }
        }
        return distance;
    }

    private Example descend(Example start, List<Double> atOthers, ToDoubleFunction<Score> cost) {
        Example best = start;
        double lowest = cost.applyAsDouble(best.score(scores));
        for (int round = 0; round < MOST_ROUNDS && lowest > 0; round++) {
            double before = lowest;
            for (Example neighbour : neighbours(best, atOthers)) {
                double found = cost.applyAsDouble(neighbour.score(scores));
                if (found < lowest) {
                    lowest = found;
                    best = neighbour;
                }
            }
            if (lowest == before) {
                break;
            }
        }
        return best;
    }

    private List<Example> neighbours(Example example, List<Double> atOthers) {
        List<Example> neighbours = new ArrayList<>();
        candidates.forEach((name, values) -> values.forEach(value -> neighbours.add(example.with(name, value))));
        atOthers.forEach(probability -> neighbours.add(example.at(probability)));
        return neighbours;
    }
}
