package io.conversion.policy.testkit;

import io.conversion.core.signals.InvalidSignalsException;
import io.conversion.policy.Band;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import io.conversion.policy.testkit.ExampleTable.Answer;
import io.conversion.policy.testkit.ExampleTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A policy in examples: as few users as show each band, each edge, the margin, and each guardrail on and off, with what
 * the policy answers. The table is committed beside the policy and reviewed with it; a test {@linkplain #verify verifies}
 * that both agree.
 *
 * <p>The users have chosen probabilities and signals, see {@link ChosenScores}; no model is needed. A signal that a row
 * does not list is missing. Who is in a control group depends on the keys of users, so examples have none. Pure, except
 * for the files, and safe to share between threads.
 */
public final class PolicyExamples {

    private static final String ON = " on";

    private PolicyExamples() {}

    /**
     * The examples of a policy.
     *
     * @param policy the policy
     * @return a table in Markdown, always the same for the same policy; probabilities have all their digits. A sentence
     *     below it names each guardrail that was never found to decide
     * @throws IllegalArgumentException if two guardrails take one signal for different kinds of signals
     */
    public static String table(Policy policy) {
        ChosenScores scores = ChosenScores.of(policy);
        List<Row> rows = rows(policy, scores);
        StringBuilder table = new StringBuilder(ExampleTable.write(rows, scores.evidenceSignal()));
        for (Guardrail guardrail : policy.guardrails()) {
            if (rows.stream().noneMatch(row -> row.name().equals(guardrail.name() + ON))) {
                table.append("\nNo user was found for whom guardrail \"")
                        .append(guardrail.name())
                        .append("\" decides: earlier ones may always do.\n");
            }
        }
        return table.toString();
    }

    /**
     * Writes the examples of a policy, to be reviewed and committed.
     *
     * @param file the file; an existing one is replaced
     * @param policy the policy
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, Policy policy) throws IOException {
        Files.writeString(file, table(policy));
    }

    /**
     * Checks that a policy answers as a committed table says, row by row, and that the table shows all of its bands, edges
     * and guardrails. Rows may be added to a table by hand, and text around it; names of examples may be changed. A probability that
     * no score can have is taken for the nearest one.
     *
     * @param file the file with the table
     * @param policy the policy
     * @throws IOException if the file cannot be read
     * @throws AssertionError if the policy answers otherwise, or something of it is not shown; the message lists each
     *     example with what was expected and what was found
     * @throws IllegalArgumentException if a row of the table cannot be read; the message names it
     */
    public static void verify(Path file, Policy policy) throws IOException {
        ChosenScores scores = ChosenScores.of(policy);
        String name = file.getFileName().toString();
        List<String> differences = new ArrayList<>();
        Map<Example, Row> committed = new LinkedHashMap<>();
        for (Row row : ExampleTable.read(name, Files.readString(file), scores.evidenceSignal())) {
            committed.put(row.example(), row);
            difference(row, scores).ifPresent(differences::add);
        }
        for (Row row : rows(policy, scores)) {
            if (!committed.containsKey(row.example())) {
                differences.add(described(row) + ": the table has no such row; the policy answers " + row.answer());
            }
        }
        if (!differences.isEmpty()) {
            throw new AssertionError(differences.stream()
                    .map(difference -> "\n  " + difference)
                    .collect(Collectors.joining(
                            "",
                            name + " does not show policy " + policy + " as it is: " + differences.size()
                                    + (differences.size() == 1 ? " difference" : " differences"),
                            "\nIf the policy is right, write the table anew with PolicyExamples.write and have the"
                                    + " change reviewed.")));
        }
    }

    private static Optional<String> difference(Row row, ChosenScores scores) {
        Map<String, Object> values = row.example().values();
        List<String> unknown = values.keySet().stream()
                .filter(signal ->
                        !scores.guardrailSignals().contains(signal) && !signal.equals(scores.evidenceSignal()))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            return Optional.of(described(row) + ": no guardrail of the policy is about " + unknown);
        }
        try {
            Answer found = Answer.of(row.example().decision(scores));
            return found.equals(row.answer())
                    ? Optional.empty()
                    : Optional.of(described(row) + ": expected " + row.answer() + "; the policy answers " + found);
        } catch (InvalidSignalsException otherKind) {
            return Optional.of(described(row) + ": the policy no longer takes its signals: " + otherKind.getMessage());
        }
    }

    private static String described(Row row) {
        String previous = row.example().previousSegment();
        return "\"" + row.name() + "\" at probability " + row.example().probability()
                + (previous == null ? "" : " with the previous segment " + previous);
    }

    private static List<Row> rows(Policy policy, ChosenScores scores) {
        List<Band> bands = policy.bands();
        double[] middles = IntStream.range(0, bands.size())
                .mapToDouble(i -> scores.score(bands.get(i).from()
                                + (upperBound(bands, i) - bands.get(i).from()) / 2)
                        .probability())
                .toArray();
        GuardrailSearch search = new GuardrailSearch(policy, scores, middles);
        Map<Example, String> named = new LinkedHashMap<>();
        for (int i = 0; i < bands.size(); i++) {
            Band band = bands.get(i);
            String segment = band.segment();
            double lowest = scores.atLeast(band.from()).probability();
            double highest = i == bands.size() - 1
                    ? 1
                    : scores.below(upperBound(bands, i)).probability();
            // A band may be so narrow that no score has it, or only one or two have.
            if (lowest <= highest) {
                named.putIfAbsent(search.quiet(lowest), "lowest of " + segment);
                if (middles[i] > lowest && middles[i] < highest) {
                    named.putIfAbsent(search.quiet(middles[i]), "inside " + segment);
                }
                named.putIfAbsent(search.quiet(highest), "highest of " + segment);
            }
        }
        if (policy.margin() > 0) {
            margins(policy, scores, search, named);
        }
        List<Row> rows = new ArrayList<>();
        named.forEach((example, name) -> rows.add(row(name, example, scores)));
        for (Guardrail guardrail : policy.guardrails()) {
            Optional<Example> on = search.decided(guardrail, search.quiet(middles[middles.length - 1]));
            on.ifPresent(example -> rows.add(row(guardrail.name() + ON, example, scores)));
            on.flatMap(example -> search.spared(guardrail, example))
                    .ifPresent(example -> rows.add(row(guardrail.name() + " off", example, scores)));
        }
        Example unknown = search.quiet(middles[0]).with(scores.evidenceSignal(), null);
        rows.add(row("insufficient evidence", unknown, scores));
        return rows;
    }

    private static Row row(String name, Example example, ChosenScores scores) {
        return new Row(name, example, Answer.of(example.decision(scores)));
    }

    private static double upperBound(List<Band> bands, int band) {
        return band == bands.size() - 1 ? 1 : bands.get(band + 1).from();
    }

    private static void margins(
            Policy policy, ChosenScores scores, GuardrailSearch search, Map<Example, String> named) {
        List<Band> bands = policy.bands();
        for (int i = 0; i < bands.size(); i++) {
            String segment = bands.get(i).segment();
            double upwards = upperBound(bands, i) + policy.margin();
            double downwards = bands.get(i).from() - policy.margin();
            if (i < bands.size() - 1 && upwards <= 1) {
                add(named, search, scores.below(upwards).probability(), segment, "not yet above " + segment);
                add(named, search, scores.atLeast(upwards).probability(), segment, "leaves upwards from " + segment);
            }
            if (i > 0 && downwards > 0) {
                add(named, search, scores.atLeast(downwards).probability(), segment, "not yet below " + segment);
                add(named, search, scores.below(downwards).probability(), segment, "leaves downwards from " + segment);
            }
        }
    }

    private static void add(
            Map<Example, String> named, GuardrailSearch search, double probability, String previous, String name) {
        named.putIfAbsent(search.quiet(probability).previously(previous), name);
    }
}
