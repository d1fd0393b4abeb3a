package io.conversion.policy.monitoring;

import io.conversion.core.ConversionModel;
import io.conversion.core.ConversionModelBuilder;
import io.conversion.core.Score;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.provenance.SignalDistribution.Flags;
import io.conversion.core.provenance.SignalDistribution.Levels;
import io.conversion.core.provenance.SignalDistribution.Numbers;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.SignalReading;
import io.conversion.policy.Band;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.RandomUsers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A model with the distribution of its training users, a policy, and decisions on users. */
final class Monitored {

    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    static final ConversionModel BARE = builder().build();
    static final ConversionModel MODEL =
            builder().referenceDistribution(reference()).build();

    static final Policy POLICY = Policy.of(
            "offers",
            "1",
            ModelRequirement.named("trial"),
            List.of(Band.of("low", 0, "wait"), Band.of("medium", 0.3, "remind"), Band.of("high", 0.6, "offer")),
            "none");

    private Monitored() {}

    static ConversionModelBuilder builder() {
        return ConversionModel.builder("trial", "1", RandomUsers.SCHEMA)
                .intercept(-1)
                .shapes(Map.of(
                        "hours", new Shape.Linear(0.1, 0, 0),
                        "sessions", new Shape.Linear(0.1, 10, 0),
                        "plan", new Shape.Levels(Map.of("month", 0.0, "year", 0.5, "decade", 1.0), 0.3, 0.1, Set.of()),
                        "weekend", new Shape.Flag(0.4, 0.1)));
    }

    /** Users as they are drawn by {@link #user}, those that are refused left out. */
    private static ReferenceDistribution reference() {
        Random random = new Random(1);
        List<Score> scores = new ArrayList<>();
        while (scores.size() < 20_000) {
            SignalReading reading = RandomUsers.SCHEMA.read(user(random));
            if (reading instanceof SignalReading.Accepted accepted) {
                scores.add(BARE.scorer().score(accepted.signals()));
            }
        }
        return ReferenceDistribution.of(
                Map.of(
                        "hours", numbers(scores, score -> number(score, "hours")),
                        "sessions", numbers(scores, score -> number(score, "sessions")),
                        "plan", levels(scores),
                        "weekend", flags(scores)),
                numbers(scores, Score::probability));
    }

    private static double number(Score score, String signal) {
        return score.signals().number(signal).orElse(Double.NaN);
    }

    /** Deciles, as the training counts them. */
    private static Numbers numbers(List<Score> scores, Function<Score, Double> value) {
        double[] sorted = scores.stream()
                .map(value)
                .filter(x -> !Double.isNaN(x))
                .mapToDouble(x -> x)
                .sorted()
                .toArray();
        List<Double> edges = IntStream.range(1, 10)
                .mapToObj(i -> sorted[i * sorted.length / 10])
                .distinct()
                .toList();
        Numbers bins = new Numbers(edges, Collections.nCopies(edges.size() + 1, 0L), 0);
        Map<Integer, Long> rows =
                Arrays.stream(sorted).boxed().collect(Collectors.groupingBy(bins::bin, Collectors.counting()));
        List<Long> counts = IntStream.range(0, edges.size() + 1)
                .mapToObj(bin -> rows.getOrDefault(bin, 0L))
                .toList();
        return new Numbers(edges, counts, scores.size() - sorted.length);
    }

    private static SignalDistribution levels(List<Score> scores) {
        Map<String, Long> rows = new HashMap<>(Map.of("month", 0L, "year", 0L, "decade", 0L));
        long unseen = 0;
        long missing = 0;
        for (Score score : scores) {
            String level = score.signals().level("plan").orElse("");
            if (!level.isEmpty()) {
                rows.merge(level, 1L, Long::sum);
            } else if (score.evidence().signals(Rule.UNSEEN).contains("plan")) {
                unseen++;
            } else {
                missing++;
            }
        }
        return new Levels(rows, unseen, missing);
    }

    private static SignalDistribution flags(List<Score> scores) {
        long whenTrue = scores.stream()
                .filter(score -> score.signals().flag("weekend").orElse(false))
                .count();
        long missing = scores.stream()
                .filter(score -> score.signals().flag("weekend").isEmpty())
                .count();
        return new Flags(scores.size() - whenTrue - missing, whenTrue, missing);
    }

    static Map<String, Object> user(Random random) {
        return RandomUsers.user(random);
    }

    /** A user without anything odd, but for what is given. */
    static Map<String, Object> plainUser(@Nullable Object... namesAndValues) {
        Map<String, Object> user =
                new HashMap<>(Map.of("hours", 1.0, "sessions", 10, "plan", "month", "weekend", false));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            user.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return user;
    }

    static DecisionEvent decide(Map<String, ?> user, String request, @Nullable Instant moment) {
        return decide(MODEL, POLICY, user, request, moment);
    }

    static DecisionEvent decide(
            ConversionModel model, Policy policy, Map<String, ?> user, String request, @Nullable Instant moment) {
        return DecisionEvent.decide(
                PolicyEngine.of(policy),
                model.scorer(),
                model.schema().read(user),
                DecisionContext.NONE.userKey(request),
                request,
                moment);
    }

    /** What is not null, for maps whose keys are known. */
    static <T> T known(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
