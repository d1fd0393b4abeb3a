package io.conversion.core;

import io.conversion.core.provenance.GateCheck;
import io.conversion.core.provenance.Metric;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.core.shapes.Calibration;
import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.shapes.ShapeNumber;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** The schema, the model and the user that the tests of this package share, and small helpers to vary them. */
public final class Fixtures {

    /** One signal for each combination of kind and rule that behaves differently. */
    public static final SignalSchema SCHEMA = SignalSchema.of(
            "trial-signals",
            "3",
            Signal.numeric("account_age")
                    .unit("days")
                    .meaning("days since the sign-up")
                    .wholeNumbers()
                    .range(0, 3650),
            Signal.numeric("content_hours")
                    .unit("hours")
                    .range(0, 168)
                    .whenMissing(WhenMissing.IMPUTE)
                    .whenOutOfRange(WhenOutOfRange.CLIP)
                    .reasons("watches a lot", "hardly watches")
                    .actionable(),
            Signal.numeric("referrals").range(0, Double.POSITIVE_INFINITY).reasons("brings friends", ""),
            Signal.numeric("price_change")
                    .unit("%")
                    .range(Double.NEGATIVE_INFINITY, 20)
                    .hidden(),
            Signal.categorical("country_tier", "tier_1", "tier_2", "tier_3"),
            Signal.categorical("channel", "search", "social", "café")
                    .meaning("where the \"first\" visit came from")
                    .whenMissing(WhenMissing.IMPUTE)
                    .whenUnseen(WhenUnseen.average()),
            Signal.categorical("device", "phone", "tv", "console").whenUnseen(WhenUnseen.level("phone")),
            Signal.flag("weekend").meaning("signed up on a weekend").whenMissing(WhenMissing.IMPUTE));

    public static final ConversionModel MODEL = model(-1.1, shapes()).build();

    private Fixtures() {}

    /** The parts of {@link #MODEL}, but for the intercept and the shapes. */
    public static ConversionModelBuilder model(double intercept, Map<String, ? extends Shape> shapes) {
        return ConversionModel.builder("trial-conversion", "2026-11", SCHEMA)
                .intercept(intercept)
                .shapes(shapes)
                .weights(weights())
                .referenceUser(SCHEMA.read(referenceUser()).orElseThrow())
                .minimumEvidence(MinimumEvidence.of(0.25, "device", "content_hours"))
                .training(provenance());
    }

    public static ConversionModel trained(
            String name,
            String version,
            SignalSchema schema,
            double intercept,
            Map<String, ? extends Shape> shapes,
            TrainingProvenance training) {
        return ConversionModel.builder(name, version, schema)
                .intercept(intercept)
                .shapes(shapes)
                .training(training)
                .build();
    }

    /** A user whose signals are all valid, in the order of the schema; the caller may change the map. */
    public static Map<String, Object> user() {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("account_age", 4);
        user.put("content_hours", 9.3);
        user.put("referrals", 0.7);
        user.put("price_change", -5.5);
        user.put("country_tier", "tier_2");
        user.put("channel", "social");
        user.put("device", "tv");
        user.put("weekend", true);
        return user;
    }

    public static Map<String, Object> userWith(String signal, Object value) {
        Map<String, Object> user = user();
        user.put(signal, value);
        return user;
    }

    public static Map<String, Object> userWithout(String... signals) {
        Map<String, Object> user = user();
        user.keySet().removeAll(List.of(signals));
        return user;
    }

    /** The shapes of {@link #MODEL}; the caller may change the map. */
    public static Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("account_age", new Shape.Linear(-0.02, 30, 0));
        shapes.put("content_hours", new Shape.Linear(0.25, 6.5, -0.125));
        shapes.put("referrals", new Shape.Linear(0.5, 0, 0));
        shapes.put("price_change", new Shape.Linear(-0.07, 1.3, 0));
        shapes.put("country_tier", levels(0, 0, Set.of(), "tier_1", 0.4, "tier_2", -0.75, "tier_3", -1.5));
        shapes.put("channel", levels(0.1, 0.05, Set.of(), "search", 0.0, "social", 0.3, "café", -0.4));
        shapes.put("device", levels(0, 0, Set.of("console"), "phone", 0.0, "tv", 0.6, "console", 0.0));
        shapes.put("weekend", new Shape.Flag(0.2, 0.1));
        return shapes;
    }

    /** The weights of {@link #MODEL}, in the order of the schema. */
    public static Map<String, Double> weights() {
        Map<String, Double> weights = new LinkedHashMap<>();
        weights.put("account_age", 0.375);
        weights.put("content_hours", 1.5);
        weights.put("referrals", 0.7);
        weights.put("price_change", 0.0);
        weights.put("country_tier", 0.61);
        weights.put("channel", 0.25);
        weights.put("device", 0.3);
        weights.put("weekend", 0.08);
        return weights;
    }

    /** The values of the reference user of {@link #MODEL}, in the order of the schema. */
    public static Map<String, Object> referenceUser() {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("account_age", 21.0);
        user.put("content_hours", 5.9);
        user.put("referrals", 0.3);
        user.put("price_change", 1.3);
        user.put("country_tier", "tier_2");
        user.put("channel", "café");
        user.put("device", "tv");
        user.put("weekend", false);
        return user;
    }

    public static TrainingProvenance provenance() {
        return provenance("linear", "given", 0);
    }

    private static TrainingProvenance provenance(String forms, String penaltyChoice, long seed) {
        return new TrainingProvenance(
                Instant.parse("2026-11-22T09:30:00.125Z"),
                new TrainingProvenance.Data(
                        "converted",
                        "yes",
                        List.of("user_id", "signup_date"),
                        12_000,
                        1_380,
                        "sha256:" + "5".repeat(64)),
                new TrainingProvenance.Fit(
                        forms,
                        0.1,
                        penaltyChoice,
                        true,
                        seed,
                        Map.of("smile", "2.6.0", "java", "17"),
                        List.of("level \"console\" of signal \"device\" has no estimate")));
    }

    /** A model with a shape of every kind and everything that a model lab adds. */
    public static ConversionModel lab() {
        Map<String, Shape> shapes = shapes();
        shapes.put(
                "account_age",
                new Shape.Piecewise(
                        Shape.Scale.SIGNED_LOG, List.of(0.0, 7.0, 30.0, 365.0), List.of(0.5, 0.1, -0.25, -0.7), 0));
        shapes.put(
                "content_hours",
                new Shape.PointMass(
                        0,
                        -0.9,
                        new Shape.Piecewise(
                                Shape.Scale.PLAIN, List.of(0.3, 6.5, 40.0), List.of(-0.4, 0.15, 1.3), -0.125)));
        shapes.put("referrals", new Shape.Log(0.7, 0.45, 0));
        shapes.put("price_change", new Shape.Steps(List.of(-10.0, 0.0, 5.5), List.of(0.6, 0.2, -0.1, -0.3), 0));
        return model(-1.1, shapes)
                .calibration(new Calibration.Isotonic(List.of(-3.1, -1.4, 0.2, 1.9), List.of(-2.7, -1.5, -0.1, 2.3)))
                .baseRate(0.115, 0.08)
                .covariance(Covariance.of(
                        List.of(
                                ShapeNumber.INTERCEPT,
                                new ShapeNumber("content_hours", "point_mass"),
                                new ShapeNumber("content_hours", "values/1"),
                                new ShapeNumber("weekend", "true")),
                        new double[][] {
                            {0.04, -0.01, 0.002, 0},
                            {-0.01, 0.09, 0.005, 0.001},
                            {0.002, 0.005, 0.0225, 0},
                            {0, 0.001, 0, 0.0625}
                        }))
                .training(provenance("auto", "cv", -7)
                        .gate(List.of(
                                new GateCheck("gradient", "", 1e-7, 1.2e-4, GateCheck.Verdict.PASSED, "It fits.", null),
                                new GateCheck(
                                        "leakage",
                                        "referrals",
                                        0.96,
                                        0.95,
                                        GateCheck.Verdict.REFUSED,
                                        "Too good.",
                                        "A test.")))
                        .holdout(List.of(Metric.of("rows", 3000), new Metric("roc_auc", 0.81, 0.79, 0.83, 0.95))))
                .referenceDistribution(distribution())
                .build();
    }

    private static ReferenceDistribution distribution() {
        SignalDistribution numbers = new SignalDistribution.Numbers(List.of(0.0, 5.0), List.of(1L, 9_000L, 2_999L), 0);
        Map<String, SignalDistribution> signals = new LinkedHashMap<>();
        signals.put("account_age", numbers);
        signals.put("content_hours", new SignalDistribution.Numbers(List.of(0.0), List.of(0L, 11_000L), 1_000));
        signals.put("referrals", numbers);
        signals.put("price_change", numbers);
        Map<String, Long> tiers = new LinkedHashMap<>();
        tiers.put("tier_3", 2_000L);
        tiers.put("tier_1", 7_000L);
        tiers.put("tier_2", 3_000L);
        signals.put("country_tier", new SignalDistribution.Levels(tiers, 0, 0));
        signals.put(
                "channel", new SignalDistribution.Levels(Map.of("search", 1L, "social", 2L, "café", 11_000L), 900, 97));
        signals.put("device", new SignalDistribution.Levels(Map.of("phone", 1L, "tv", 2L, "console", 0L), 11_997, 0));
        signals.put("weekend", new SignalDistribution.Flags(8_000, 3_000, 1_000));
        return ReferenceDistribution.of(
                signals,
                new SignalDistribution.Numbers(List.of(0.0, 0.1, 0.5), List.of(0L, 6_000L, 5_000L, 1_000L), 0));
    }

    /** Values by level, given as level and value in turn. */
    public static Shape.Levels levels(double unseen, double missing, Set<String> notEstimated, Object... values) {
        Map<String, Double> byLevel = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i += 2) {
            byLevel.put((String) values[i], (Double) values[i + 1]);
        }
        return new Shape.Levels(byLevel, unseen, missing, notEstimated);
    }

    /** A model of linear shapes over signals without a range, named {@code s0}, {@code s1} and so on. */
    public static ConversionModel linear(double intercept, List<Shape.Linear> shapes) {
        Map<String, Shape> byName = new LinkedHashMap<>();
        shapes.forEach(shape -> byName.put("s" + byName.size(), shape));
        List<NumericSignal> declared =
                byName.keySet().stream().map(Signal::numeric).toList();
        return ConversionModel.of("linear", "1", SignalSchema.of("numbers", "1", declared), intercept, byName);
    }

    /** A model whose log-odds are its only signal, {@code s0}. */
    public static ConversionModel identity() {
        return linear(0, List.of(new Shape.Linear(1, 0, 0)));
    }

    public static Score score(ConversionModel model, Map<String, ?> user) {
        return model.scorer().score(model.schema().read(user).orElseThrow());
    }

    /** Finite doubles of every magnitude, drawn by their bits, and those at which arithmetic or spelling changes. */
    public static Arbitrary<Double> finiteDoubles() {
        Arbitrary<Double> edges = Arbitraries.of(
                0.0,
                -0.0,
                Double.MIN_VALUE,
                -Double.MIN_VALUE,
                Math.nextDown(Double.MIN_NORMAL),
                Double.MIN_NORMAL,
                Math.nextDown(1.0),
                1.0,
                Math.nextUp(1.0),
                0.1,
                Double.valueOf("1e23"),
                0x1p53,
                Double.MAX_VALUE,
                -Double.MAX_VALUE);
        Arbitrary<Double> any = Arbitraries.longs()
                .withDistribution(RandomDistribution.uniform())
                .map(Double::longBitsToDouble)
                .filter(Double::isFinite);
        return Arbitraries.frequencyOf(Tuple.of(1, edges), Tuple.of(4, any));
    }

    /** Doubles with nine decimals, far from any overflow. */
    public static Arbitrary<Double> moderateDoubles() {
        return Arbitraries.doubles().between(-1e6, 1e6).ofScale(9);
    }

    /** The text with one fragment replaced; the fragment must occur, else the test would assert nothing. */
    public static String replaced(String text, String fragment, String replacement) {
        if (!text.contains(fragment)) {
            throw new IllegalArgumentException("no \"" + fragment + "\" in " + text);
        }
        return text.replace(fragment, replacement);
    }

    /** A value as a table writes it: text in quotes, {@code true}, {@code false}, {@code null}, or a number. */
    public static Object literal(String text) {
        if (text.startsWith("\"")) {
            return text.substring(1, text.length() - 1);
        } else if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return text.matches("-?[0-9]+") ? Long.valueOf(text) : (Object) Double.valueOf(text);
    }
}
