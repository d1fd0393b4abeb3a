package io.conversion.policy;

import io.conversion.core.ConversionModel;
import io.conversion.core.ConversionModelBuilder;
import io.conversion.core.MinimumEvidence;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution.Flags;
import io.conversion.core.provenance.SignalDistribution.Levels;
import io.conversion.core.provenance.SignalDistribution.Numbers;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Users and models of one schema, with all that may happen to a signal. */
public final class RandomUsers {

    public static final SignalSchema SCHEMA = SignalSchema.of(
            "trial",
            "1",
            Signal.numeric("hours").whenMissing(WhenMissing.IMPUTE),
            Signal.numeric("sessions").wholeNumbers().range(0, 20).whenOutOfRange(WhenOutOfRange.CLIP),
            Signal.categorical("plan", "month", "year", "decade")
                    .whenMissing(WhenMissing.IMPUTE)
                    .whenUnseen(WhenUnseen.average()),
            Signal.flag("weekend").whenMissing(WhenMissing.IMPUTE));

    private static final String[] PLANS = {"month", "year", "decade", "century"};

    private static final Map<Drawn, ConversionModel> MODELS = new ConcurrentHashMap<>();

    private record Drawn(String name, int seed) {}

    private RandomUsers() {}

    /**
     * Shapes that may overflow, levels that may have no estimate, and any minimum of evidence: one of a hundred models of
     * the name, each of which is made once, since a model takes longer to make than a user to decide on.
     */
    public static ConversionModel model(String name, Random random) {
        return MODELS.computeIfAbsent(
                new Drawn(name, random.nextInt(100)), drawn -> newModel(name, new Random(drawn.seed())));
    }

    private static ConversionModel newModel(String name, Random random) {
        double first = random.nextGaussian();
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("month", first);
        values.put("year", random.nextGaussian());
        values.put("decade", first);
        Map<String, Shape> shapes = Map.of(
                "hours", new Shape.Linear(random.nextInt(4) == 0 ? 1e200 : random.nextGaussian(), 2, 0.1),
                "sessions", new Shape.Linear(random.nextGaussian() / 4, 3, 0),
                "plan", new Shape.Levels(values, 0.3, -0.2, random.nextBoolean() ? Set.of("decade") : Set.<String>of()),
                "weekend", new Shape.Flag(random.nextGaussian(), 0.1));
        ConversionModelBuilder model = ConversionModel.builder(name, "1", SCHEMA)
                .intercept(random.nextGaussian())
                .shapes(shapes)
                .weights(Map.of("hours", random.nextDouble(), "plan", random.nextDouble()));
        MinimumEvidence minimum = switch (random.nextInt(3)) {
            case 0 -> MinimumEvidence.of(random.nextDouble());
            case 1 -> MinimumEvidence.of(0, "plan");
            default -> MinimumEvidence.NONE;
        };
        if (random.nextBoolean()) {
            model.referenceDistribution(trainedOn(random));
        }
        return model.minimumEvidence(random.nextInt(3) == 0 ? minimum.onlyWithinTraining() : minimum)
                .build();
    }

    /** Training rows whose numbers reach less far than those of users may. */
    private static ReferenceDistribution trainedOn(Random random) {
        return ReferenceDistribution.of(
                Map.of(
                        "hours",
                        numbers(-3 * random.nextDouble(), 3 * random.nextDouble()),
                        "sessions",
                        numbers(random.nextInt(5), 5 + random.nextInt(14)),
                        "plan",
                        new Levels(Map.of("month", 5L, "year", 10L, "decade", 5L), 0, 0),
                        "weekend",
                        new Flags(12, 8, 0)),
                new Numbers(List.of(0.5), List.of(8L, 12L), 0));
    }

    private static Numbers numbers(double lowest, double highest) {
        return new Numbers(List.of((lowest + highest) / 2), List.of(12L, 8L), 0, lowest, highest);
    }

    /** Values by signal, of which any may be missing, out of range, unseen or refused. */
    public static Map<String, Object> user(Random random) {
        Map<String, Object> user = new LinkedHashMap<>();
        if (random.nextInt(8) > 0) {
            double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, 1e200, -1e200, 2};
            user.put("hours", random.nextInt(8) == 0 ? odd[random.nextInt(odd.length)] : random.nextGaussian() * 3);
        }
        if (random.nextInt(16) > 0) {
            user.put("sessions", random.nextInt(12) == 0 ? 2.5 : random.nextInt(24) - 2.0);
        }
        if (random.nextInt(8) > 0) {
            user.put("plan", PLANS[random.nextInt(PLANS.length)]);
        }
        if (random.nextInt(8) > 0) {
            user.put("weekend", random.nextBoolean());
        }
        return user;
    }
}
