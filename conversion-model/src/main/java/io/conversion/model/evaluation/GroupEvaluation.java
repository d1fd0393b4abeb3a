package io.conversion.model.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How well probabilities fit the outcomes of one group of users. Immutable and safe to share between threads.
 *
 * @param group what the users have in common, empty if it is missing
 * @param rows the users
 * @param positives how many of them converted
 * @param meanPredicted the mean of their probabilities, 0 to 1
 * @param ofGroup the evaluation; null if the users are all of one outcome
 */
public record GroupEvaluation(
        String group,
        int rows,
        int positives,
        double meanPredicted,
        @Nullable Evaluation ofGroup) {

    static List<GroupEvaluation> of(
            double[] probabilities, double[] logOdds, boolean[] converted, List<String> groups) {
        Map<String, List<Integer>> members = new TreeMap<>();
        for (int i = 0; i < converted.length; i++) {
            members.computeIfAbsent(groups.get(i), group -> new ArrayList<>()).add(i);
        }
        return members.entrySet().stream()
                .map(entry -> of(entry.getKey(), probabilities, logOdds, converted, entry.getValue()))
                .sorted(Comparator.comparingInt(GroupEvaluation::rows).reversed())
                .toList();
    }

    private static GroupEvaluation of(
            String group, double[] all, double[] allLogOdds, boolean[] converted, List<Integer> rows) {
        double[] probabilities = rows.stream().mapToDouble(i -> all[i]).toArray();
        double[] logOdds = rows.stream().mapToDouble(i -> allLogOdds[i]).toArray();
        boolean[] outcomes = new boolean[probabilities.length];
        int positives = 0;
        double sum = 0;
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = converted[rows.get(i)];
            positives += outcomes[i] ? 1 : 0;
            sum += probabilities[i];
        }
        boolean both = positives > 0 && positives < outcomes.length;
        return new GroupEvaluation(
                group,
                outcomes.length,
                positives,
                sum / outcomes.length,
                both ? Evaluation.of(probabilities, logOdds, outcomes) : null);
    }

    /**
     * The group for people. A level that is called like users without one, or begins with a quote, is in quotes.
     *
     * @return the name of the group; {@code missing} for the users without one
     */
    public String label() {
        return group.isEmpty()
                ? "missing"
                : group.equals("missing") || group.startsWith("\"") ? "\"" + group + "\"" : group;
    }

    /**
     * The rate of conversion in the group.
     *
     * @return positives over rows, 0 to 1
     */
    public double rate() {
        return (double) positives / rows;
    }

    /**
     * The evaluation of the group.
     *
     * @return the evaluation; empty if its users are all of one outcome
     */
    public Optional<Evaluation> evaluation() {
        return Optional.ofNullable(ofGroup);
    }
}
