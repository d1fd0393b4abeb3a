package io.conversion.openfeature;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.MutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Structure;
import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Band;
import io.conversion.policy.Condition;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Exploration;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model of a count, a policy for it, one that draws, and users. */
final class Fixtures {

    /** Log-odds of sessions - 2; an invitation says nothing. */
    static final ConversionModel MODEL = ConversionModel.of(
            "trial-conversion",
            "1",
            SignalSchema.of(
                    "trial-signals",
                    "1",
                    Signal.numeric("sessions_7d").wholeNumbers().range(0, 100),
                    Signal.flag("invited")),
            0,
            Map.of("sessions_7d", new Shape.Linear(1, 2, 0), "invited", new Shape.Flag(0, 0)));

    static final Policy POLICY = Policy.of(
                    "trial-conversion",
                    "1",
                    ModelRequirement.named("trial-conversion"),
                    List.of(Band.of("low_intent", 0, "remind"), Band.of("high_intent", 0.5, "offer_annual_plan")),
                    "no_action")
            .toBuilder("1")
            .guardrail(
                    new Guardrail("invited", new Condition.FlagIs("invited", true), "welcome", "they come by a friend"))
            .build();

    /** A fifth is in the control group; of the others with high intent, half get what is drawn of two offers. */
    static final Policy DRAWING = POLICY.toBuilder("2")
            .control(new ControlGroup(0.2, "control-1", "nothing"))
            .exploration(new Exploration(
                    0.5, "explore-1", Map.of("high_intent", List.of("offer_annual_plan", "offer_month"))))
            .build();

    private Fixtures() {}

    /** A context with signals and, if one is given, a targeting key. */
    static MutableContext user(@Nullable String key, int sessions, boolean invited) {
        MutableContext context = key == null ? new MutableContext() : new MutableContext(key);
        return context.add("signals", Structure.mapToStructure(Map.of("sessions_7d", sessions, "invited", invited)));
    }

    /** A client of the provider alone. */
    static Client client(FeatureProvider provider, String domain) {
        OpenFeatureAPI api = OpenFeatureAPI.getInstance();
        api.setProviderAndWait(domain, provider);
        return api.getClient(domain);
    }
}
