package io.conversion.openfeature;

import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.EventProvider;
import dev.openfeature.sdk.FlagValueType;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.ProviderEventDetails;
import dev.openfeature.sdk.TrackingEventDetails;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.OpenFeatureError;
import dev.openfeature.sdk.exceptions.TargetingKeyMissingError;
import io.conversion.policy.Policy;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.Refresh;
import io.conversion.policy.serving.ServingUnit;
import io.conversion.policy.serving.WatcherEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the flags of an OpenFeature client by decisions: what is asked for is decided by the model and the policy that are
 * served at that moment, and the listeners of the decision point are told. {@link DecisionFlag} lists the flags.
 *
 * <p>The evaluation context holds the signals in a structure {@code signals}, the key of the user as its targeting key, and, where
 * they are known, the texts {@code previous_segment} and {@code request}. Its other attributes belong to others and are not looked
 * at. Errors are those of the specification: {@link ErrorCode#FLAG_NOT_FOUND}, {@link ErrorCode#TYPE_MISMATCH}, {@link
 * ErrorCode#INVALID_CONTEXT} without a structure of signals, and {@link ErrorCode#TARGETING_KEY_MISSING} where the policy draws by
 * the key and there is none. Signals that the schema refuses are a decision like any other: the fallback of the policy, with the
 * reason {@code DEFAULT}.
 *
 * <p>Each evaluation is a decision. Who needs several of its parts asks for one flag with its details, whose metadata has them
 * all. Safe to share between threads.
 */
public final class ConversionProvider extends EventProvider {

    private static final Logger LOG = LoggerFactory.getLogger(ConversionProvider.class);

    /** What the provider calls itself. */
    private static final String NAME = "conversion";

    private final DecisionPoint decisions;
    private final ProviderOptions options;
    private final String requests = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    private ConversionProvider(DecisionPoint decisions, ProviderOptions options) {
        this.decisions = decisions;
        this.options = options;
    }

    /**
     * Makes a provider with the {@linkplain ProviderOptions#defaults() default options}.
     *
     * @param decisions where it is decided
     * @return the provider, to be registered with the API of OpenFeature
     */
    public static ConversionProvider of(DecisionPoint decisions) {
        return of(decisions, ProviderOptions.defaults());
    }

    /**
     * Makes a provider.
     *
     * @param decisions where it is decided
     * @param options how flags are named, and who is told of outcomes
     * @return the provider, to be registered with the API of OpenFeature
     */
    public static ConversionProvider of(DecisionPoint decisions, ProviderOptions options) {
        return new ConversionProvider(decisions, options);
    }

    /** The name {@code conversion}. */
    @Override
    public Metadata getMetadata() {
        return () -> NAME;
    }

    /**
     * Tells the clients that the flags changed, if another unit is served: to be stated as the listener of the watcher, as in
     * {@code WatcherOptions.defaults().listener(provider::watched)}.
     *
     * @param event what the watcher tells
     */
    public void watched(WatcherEvent event) {
        if (event instanceof Refresh.Refused) {
            return;
        }
        emitProviderConfigurationChanged(ProviderEventDetails.builder()
                .flagsChanged(keys())
                .message("serving " + event.serving())
                .build());
    }

    private List<String> keys() {
        return Arrays.stream(DecisionFlag.values())
                .map(flag -> flag.key(options.prefix()))
                .toList();
    }

    @Override
    public ProviderEvaluation<String> getStringEvaluation(
            String key, String defaultValue, @Nullable EvaluationContext context) {
        return evaluate(
                key,
                FlagValueType.STRING,
                context,
                (flag, resolution) ->
                        flag == DecisionFlag.ACTION ? resolution.action() : resolution.segment(defaultValue));
    }

    @Override
    public ProviderEvaluation<Double> getDoubleEvaluation(
            String key, Double defaultValue, @Nullable EvaluationContext context) {
        return evaluate(key, FlagValueType.DOUBLE, context, (flag, resolution) -> resolution.probability(defaultValue));
    }

    @Override
    public ProviderEvaluation<Value> getObjectEvaluation(
            String key, Value defaultValue, @Nullable EvaluationContext context) {
        return evaluate(key, FlagValueType.OBJECT, context, (flag, resolution) -> resolution.whole());
    }

    /** No flag has whole numbers: a flag that exists is answered with a mismatch. */
    @Override
    public ProviderEvaluation<Integer> getIntegerEvaluation(
            String key, Integer defaultValue, @Nullable EvaluationContext context) {
        return mismatchOrUnknown(key, FlagValueType.INTEGER);
    }

    /** No flag has truth values: a flag that exists is answered with a mismatch. */
    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(
            String key, Boolean defaultValue, @Nullable EvaluationContext context) {
        return mismatchOrUnknown(key, FlagValueType.BOOLEAN);
    }

    /** How the value of a flag is taken from a decision. */
    private interface Part<T> {
        ProviderEvaluation<T> of(DecisionFlag flag, Resolution resolution);
    }

    private <T> ProviderEvaluation<T> evaluate(
            String key, FlagValueType type, @Nullable EvaluationContext context, Part<T> part) {
        DecisionFlag flag = DecisionFlag.find(options.prefix(), key).orElse(null);
        if (flag == null || flag.type() != type) {
            return mismatchOrUnknown(key, type);
        }
        try {
            return part.of(flag, decide(FlagContext.of(context)));
        } catch (OpenFeatureError e) {
            return error(e.getErrorCode(), String.valueOf(e.getMessage()));
        }
    }

    private Resolution decide(FlagContext user) {
        String request = user.request() == null ? requests + "-" + count.incrementAndGet() : user.request();
        return new Resolution(decisions.decide(
                unit -> {
                    if (user.userKey() == null && draws(unit)) {
                        throw new TargetingKeyMissingError("policy " + unit.policy()
                                + " or an experiment draws by the key of the user; give one as targeting key");
                    }
                    return unit.model().schema().read(user.signals());
                },
                user.decisionContext(),
                request,
                options.clock().instant()));
    }

    private static boolean draws(ServingUnit unit) {
        Policy policy = unit.policy();
        return unit.engine().runsExperiments()
                || policy.control().isPresent()
                || policy.exploration().isPresent();
    }

    private <T> ProviderEvaluation<T> mismatchOrUnknown(String key, FlagValueType asked) {
        return DecisionFlag.find(options.prefix(), key)
                .map(flag -> ConversionProvider.<T>error(
                        ErrorCode.TYPE_MISMATCH,
                        "flag " + key + " is of type " + flag.type() + ", not " + asked + "; ask for it by its type"))
                .orElseGet(() -> error(
                        ErrorCode.FLAG_NOT_FOUND, "there is no such flag; the flags are " + String.join(", ", keys())));
    }

    private static <T> ProviderEvaluation<T> error(ErrorCode code, String message) {
        return ProviderEvaluation.<T>builder()
                .reason("ERROR")
                .errorCode(code)
                .errorMessage(message)
                .build();
    }

    /**
     * Tells of an outcome. Never throws: if whom the options name throws, that is logged once for each kind.
     *
     * @param event the name of the metric
     * @param context whose targeting key, and whose {@code request}, say whom or what decision it is of
     * @param details whose value says how much it is, and whose {@code moment} when it was
     */
    @Override
    public void track(String event, @Nullable EvaluationContext context, @Nullable TrackingEventDetails details) {
        try {
            options.outcomes().accept(outcome(event, context, details));
        } catch (RuntimeException e) {
            if (logged.add(e.getClass().getName())) {
                // The message may hold a value of the user.
                LOG.warn(
                        "an outcome was lost, since whom to tell of it threw {}",
                        e.getClass().getName());
                LOG.debug("the first of them", e);
            }
        }
    }

    private TrackedOutcome outcome(
            String event, @Nullable EvaluationContext context, @Nullable TrackingEventDetails details) {
        Value request = context == null ? null : context.getValue(FlagContext.REQUEST);
        Value moment = details == null ? null : details.getValue("moment");
        Instant stated = moment != null && moment.isInstant() ? moment.asInstant() : null;
        return new TrackedOutcome(
                event,
                stated == null ? options.clock().instant() : stated,
                FlagContext.key(context),
                request != null && request.isString() ? request.asString() : null,
                details == null
                        ? Double.NaN
                        : details.getValue().map(Number::doubleValue).orElse(Double.NaN));
    }
}
