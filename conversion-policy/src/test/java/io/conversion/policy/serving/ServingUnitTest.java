package io.conversion.policy.serving;

import static io.conversion.policy.serving.Servings.MODEL;
import static io.conversion.policy.serving.Servings.model;
import static io.conversion.policy.serving.Servings.ofTwo;
import static io.conversion.policy.serving.Servings.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.ConversionModel;
import io.conversion.policy.Band;
import io.conversion.policy.Condition.FlagIs;
import io.conversion.policy.Condition.Missing;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.review.PolicyFinding;
import io.conversion.policy.review.PolicyFinding.Code;
import io.conversion.policy.serving.Servings.Hours;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServingUnitTest {

    @Test
    void everyMisfitIsNamed() {
        Policy policy = Policy.builder("offers", "1", ModelRequirement.named("churn"))
                .bands(List.of(Band.of("all", 0, "offer")))
                .guardrails(List.of(
                        new Guardrail("weekends", new FlagIs("weekend", true), "wait", "Support is closed"),
                        new Guardrail("unknown", new Missing("hours"), "wait", "Nothing is known")))
                .fallbackAction("none")
                .build();

        assertThatThrownBy(() -> ServingUnit.of(MODEL, policy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("policy \"offers\" 1 cannot be served with model " + MODEL
                        + ": policy \"offers\" 1 is tuned for model \"churn\", and this is model \"trial\" with digest "
                        + MODEL.reference().digest() + "; every user gets the fallback\n"
                        + "  guardrail \"weekends\" is about signal \"weekend\", which is not in schema \"one\" 1;"
                        + " every user gets the fallback\n"
                        + "  guardrail \"unknown\" never decides: no valid signals satisfy \"hours\" is missing;"
                        + " correct the condition or remove the guardrail");
    }

    @Test
    void warningsAreKept() {
        Policy policy = Policy.of(
                "offers",
                "1",
                ModelRequirement.named("trial"),
                List.of(Band.of("low", 0, "offer"), Band.of("high", 0.5, "offer")),
                "none");

        ServingUnit unit = ServingUnit.of(MODEL, policy);

        assertThat(unit.warnings()).extracting(PolicyFinding::code).containsExactly(Code.SAME_ACTION);
        assertThat(unit.revision()).isZero();
        assertThat(unit.scorer()).isSameAs(MODEL.scorer());
        assertThat(unit.engine().policy()).isSameAs(policy);
        assertThat(unit).hasToString("revision 0: model " + MODEL + ", policy \"offers\" 1");
    }

    @Test
    void bindingIsMadeOnceForAUnit() {
        ServingUnit unit = ServingUnit.of(MODEL, policy("1", 0.5, MODEL));
        ConversionModel next = model("2", 1);
        ServingUnit other = ServingUnit.of(next, policy("2", 0.5, next));

        assertThat(unit.binding(Hours.class, MethodHandles.lookup()))
                .isSameAs(unit.binding(Hours.class, MethodHandles.lookup()))
                .isNotSameAs(other.binding(Hours.class, MethodHandles.lookup()));
    }

    @Test
    void recordThatDoesNotFitIsNamed() {
        ConversionModel two = ofTwo("1");
        ServingUnit unit = ServingUnit.of(two, policy("1", 0.5, two));

        assertThatThrownBy(() -> unit.binding(Hours.class, MethodHandles.lookup()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be bound to signal schema \"two\" 1");
    }
}
