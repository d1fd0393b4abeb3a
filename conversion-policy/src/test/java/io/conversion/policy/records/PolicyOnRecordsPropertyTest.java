package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.signals.SignalReading;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.RandomPolicies;
import io.conversion.policy.RandomUsers;
import io.conversion.policy.records.PolicyOnRecords.Alternative;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PolicyOnRecordsPropertyTest {

    private static Optional<Alternative> asked(Policy policy, DecisionRecord record) {
        return PolicyOnRecords.of(policy, List.of(RandomUsers.SCHEMA)).of(DecisionRecord.fromJson(record.toJson()));
    }

    private static DecisionEvent decided(ConversionModel model, Policy policy, SignalReading reading) {
        return DecisionEvent.decide(
                PolicyEngine.of(policy), model.scorer(), reading, DecisionContext.NONE.userKey("u"), "r", null);
    }

    @Property(tries = 300)
    void whatAnotherPolicyWouldDoIsWhatItDoes(@ForAll Random random) {
        ConversionModel model = RandomUsers.model("trial", random);
        Policy other = RandomPolicies.complete(random);
        SignalReading reading = model.schema().read(RandomUsers.user(random));
        DecisionContext known = DecisionContext.NONE.userKey("u");
        DecisionRecord record = DecisionRecord.of(decided(model, RandomPolicies.complete(random), reading));

        Alternative alternative = asked(other, record).orElseThrow();

        PolicyEngine engine = PolicyEngine.of(other);
        Decision decision = engine.decide(model.scorer(), reading, known);
        assertThat(alternative.propensities()).isEqualTo(engine.propensities(model.scorer(), reading, known));
        assertThat(Optional.ofNullable(alternative.segment())).isEqualTo(decision.segment());
    }

    @Property(tries = 300)
    void withoutGuardrailsRedactedSignalsChangeNothing(@ForAll Random random) {
        ConversionModel model = RandomUsers.model("trial", random);
        Policy guarded = RandomPolicies.complete(random);
        Policy other = Policy.builder(guarded.name(), guarded.version(), guarded.model())
                .bands(guarded.bands())
                .margin(guarded.margin())
                .control(guarded.control().orElse(null))
                .exploration(guarded.exploration().orElse(null))
                .fallbackAction(guarded.fallbackAction())
                .build();
        SignalReading reading = model.schema().read(RandomUsers.user(random));
        Redaction redaction = Redaction.of(RandomUsers.SCHEMA, Set.of("hours", "plan"), "salt");
        DecisionRecord open = DecisionRecord.of(decided(model, guarded, reading));
        DecisionRecord redacted = DecisionRecord.of(decided(model, guarded, reading), redaction, 0);

        assertThat(asked(other, redacted)).isEqualTo(asked(other, open));
        if (!redacted.inputs().redacted().isEmpty() && !guarded.guardrails().isEmpty()) {
            assertThat(asked(guarded, redacted)).isEmpty();
        }
    }
}
