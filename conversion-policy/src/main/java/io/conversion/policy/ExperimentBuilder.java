package io.conversion.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds an {@link Experiment}. Not safe for use by several threads at once. */
public final class ExperimentBuilder {

    private final String name;
    private final String version;
    private final String salt;
    private final List<Arm> arms = new ArrayList<>();
    private final List<ExperimentMetric> guardrails = new ArrayList<>();
    private final Map<String, String> forced = new LinkedHashMap<>();
    private String unit = "user";
    private String control = "";
    private Instant start = Instant.EPOCH;
    private Instant end = Instant.parse("9999-12-31T00:00:00Z");
    private ExperimentMetric primary =
            new ExperimentMetric("converted", ExperimentMetric.Kind.PROPORTION, null, 30, true, Double.NaN);
    private ExperimentCriteria criteria = ExperimentCriteria.of(10_000, 0.01);
    private @Nullable Layer layer;
    private @Nullable Condition eligibility;

    ExperimentBuilder(String name, String version, String salt) {
        this.name = name;
        this.version = version;
        this.salt = salt;
    }

    /**
     * Says what a key names.
     *
     * @param named the unit, such as {@code account}; {@code user} if not said
     * @return this builder
     */
    public ExperimentBuilder unit(String named) {
        unit = named;
        return this;
    }

    /**
     * Takes a part of the users of a layer.
     *
     * @param part the part; all users if not said
     * @return this builder
     */
    public ExperimentBuilder layer(Layer part) {
        layer = part;
        return this;
    }

    /**
     * Adds an arm; the first one is the control.
     *
     * @param arm its name
     * @param share its share of the experiment's users
     * @param policy the policy that decides on them
     * @return this builder
     */
    public ExperimentBuilder arm(String arm, double share, PolicyReference policy) {
        if (arms.isEmpty()) {
            control = arm;
        }
        arms.add(new Arm(arm, share, policy));
        return this;
    }

    /**
     * Sets when it runs.
     *
     * @param first the first moment
     * @param behind the first moment behind it
     * @return this builder
     */
    public ExperimentBuilder running(Instant first, Instant behind) {
        start = first;
        end = behind;
        return this;
    }

    /**
     * Says who may be in it.
     *
     * @param condition the condition; everybody if not said
     * @return this builder
     */
    public ExperimentBuilder eligibility(Condition condition) {
        eligibility = condition;
        return this;
    }

    /**
     * Sets the metric that the verdict is about.
     *
     * @param metric the metric
     * @return this builder
     */
    public ExperimentBuilder primary(ExperimentMetric metric) {
        primary = metric;
        return this;
    }

    /**
     * Adds a metric that must not be harmed.
     *
     * @param metric the metric, with its harm
     * @return this builder
     */
    public ExperimentBuilder guardrail(ExperimentMetric metric) {
        guardrails.add(metric);
        return this;
    }

    /**
     * Sets by what it is judged.
     *
     * @param judged the criteria
     * @return this builder
     */
    public ExperimentBuilder criteria(ExperimentCriteria judged) {
        criteria = judged;
        return this;
    }

    /**
     * Gives a key an arm, for tests; it is no part of what is measured.
     *
     * @param key the key
     * @param arm the name of the arm
     * @return this builder
     */
    public ExperimentBuilder force(String key, String arm) {
        forced.put(key, arm);
        return this;
    }

    /**
     * Makes the experiment.
     *
     * @return the experiment
     * @throws IllegalArgumentException with all that is wrong with it
     */
    public Experiment build() {
        return Experiment.of(new ExperimentParts(
                name,
                version,
                unit,
                salt,
                layer == null ? Layer.all(name, name + " layer") : layer,
                control,
                arms,
                List.of(),
                start,
                end,
                eligibility,
                primary,
                guardrails,
                criteria,
                forced));
    }
}
