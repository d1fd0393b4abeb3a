package io.conversion.experiments.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.conversion.experiments.value.ValueAnswer.Estimated;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OffPolicyReadoutTest {

    private static final List<String> ACTIONS = List.of("nothing", "offer");
    private static final List<String> BANDS = List.of("low", "high");

    /** Half of the users of band high got the offer, by which 10 more of 100 convert; nobody of band low. */
    private final int[] band = new int[4000];

    private final LoggedDecisions log = log();

    private LoggedDecisions log() {
        Random random = new Random(5);
        int[] action = new int[band.length];
        double[] propensity = new double[band.length];
        double[] outcome = new double[band.length];
        for (int row = 0; row < band.length; row++) {
            band[row] = row % 2;
            propensity[row] = band[row] == 0 ? 1 : 0.5;
            action[row] = band[row] == 1 && random.nextBoolean() ? 1 : 0;
            outcome[row] = random.nextDouble() < 0.2 + 0.1 * action[row] ? 1 : 0;
        }
        return LoggedDecisions.of(ACTIONS, action, propensity, outcome).strata(band);
    }

    private TargetPolicy offers(boolean toLow) {
        return TargetPolicy.of(
                        toLow ? "offers to all" : "offers",
                        Arrays.stream(band).map(of -> of == 1 || toLow ? 1 : 0).toArray())
                .bands(BANDS, band);
    }

    private static void valid(OffPolicyReadout readout) throws IOException {
        try (InputStream in = Objects.requireNonNull(OffPolicyReadout.class.getResourceAsStream(
                "/META-INF/schemas/conversion-policy-value-1.schema.json"))) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                            .validate(readout.toJson(), InputFormat.JSON))
                    .isEmpty();
        }
    }

    @Test
    void aValueIsSaidWithItsIntervalAndAgainstWhatWasInForce() throws IOException {
        OffPolicyReadout readout = OffPolicyEvaluation.of(log).evaluate(offers(false));

        assertThat(readout.kind()).isEqualTo(OffPolicyReadout.Kind.MORE);
        assertThat(readout.sentence())
                .matches("Policy \"offers\" would have brought a conversion in 2[0-9.]+ % of decisions \\([0-9.]+ % to"
                        + " [0-9.]+ %\\); what was in force did in 2[0-9.]+ %\\. That is more, by [0-9.]+ to [0-9.]+"
                        + " percentage points\\.");
        assertThat(readout.toHtml())
                .contains("✓", "Value of a policy", "doubly robust ●", "<svg", "offers")
                .doesNotContain("NaN", "null", "{{");
        valid(readout);
    }

    @Test
    void aRefusalNamesTheBandAndWhatWouldHaveToBeLogged() throws IOException {
        OffPolicyReadout readout = OffPolicyEvaluation.of(log).evaluate(offers(true));

        assertThat(readout.kind()).isEqualTo(OffPolicyReadout.Kind.REFUSED);
        assertThat(readout.sentence())
                .startsWith("Cannot know what policy \"offers to all\" would have brought: in band \"low\" none of the"
                        + " 2,000 users got \"offer\" to whom the policy would give it");
        assertThat(readout.bands().get(1).answer()).isInstanceOf(Estimated.class);
        assertThat(readout.toHtml())
                .contains(
                        "✕ refuses",
                        "Let the policy in force explore &quot;offer&quot; in band &quot;low&quot; with a share of 0.1 for"
                                + " about 1,000 users of the band.",
                        "No estimate is given")
                .doesNotContain("NaN", "null", "{{");
        valid(readout);
    }

    @Test
    void moneyIsWorthLessCosts() throws IOException {
        LoggedDecisions net = log.net(40, Map.of("offer", 8.0));

        OffPolicyReadout readout = OffPolicyEvaluation.of(net).evaluate(offers(false));

        // An offer brings 40 * 0.1 and costs 8.
        assertThat(readout.kind()).isEqualTo(OffPolicyReadout.Kind.LESS);
        assertThat(readout.sentence()).doesNotContain("%", "percentage").contains("That is less, by ");
        valid(readout);
    }

    @Test
    void twoPoliciesAreComparedOnTheSameDecisions() {
        TargetPolicy nothing = TargetPolicy.of("nothing", new int[band.length]).bands(BANDS, band);

        PolicyDifference difference = OffPolicyEvaluation.of(log).compare(offers(false), nothing);

        ValueEstimate estimate = Objects.requireNonNull(difference.estimate());
        // Half of the users get 10 points more.
        assertThat(Objects.requireNonNull(difference.interval()).lower()).isBetween(0.0, 0.05);
        assertThat(difference.interval().upper()).isGreaterThan(0.05);
        double alone = ((Estimated)
                        OffPolicyEvaluation.of(log).evaluate(offers(false)).answer())
                .best()
                .standardError();
        assertThat(estimate.standardError()).isLessThan(2 * alone);
        assertThat(OffPolicyEvaluation.of(log).compare(offers(true), nothing).refusals())
                .isNotEmpty();
    }

    @Test
    void withTheProbabilityOfLoggedActionsAloneThereIsNoModel() throws IOException {
        TargetPolicy offers = offers(false);
        double[] ofLogged = new double[band.length];
        Arrays.setAll(ofLogged, row -> offers.ofLogged(row, log.action(row)));

        OffPolicyReadout readout =
                OffPolicyEvaluation.of(log).evaluate(TargetPolicy.ofLoggedActions("offers", ofLogged));

        assertThat(readout.answer()).isInstanceOfSatisfying(Estimated.class, value -> {
            assertThat(value.best().estimator()).isEqualTo(Estimator.IPS);
            assertThat(value.estimates()).hasSize(5);
        });
        valid(readout);
    }

    @Test
    void withoutARangeOfOutcomesThereIsNoIntervalForEveryLook() {
        double[] amounts = new double[band.length];
        Arrays.setAll(amounts, row -> 30 * log.outcome(row) + row % 3);
        int[] action = new int[band.length];
        double[] propensity = new double[band.length];
        Arrays.setAll(action, log::action);
        Arrays.setAll(propensity, log::propensity);
        LoggedDecisions ofAmounts =
                LoggedDecisions.of(ACTIONS, action, propensity, amounts).strata(band);

        assertThat(((Estimated) OffPolicyEvaluation.of(ofAmounts)
                                .evaluate(offers(false))
                                .answer())
                        .anytime())
                .isNull();
        assertThat(((Estimated) OffPolicyEvaluation.of(ofAmounts)
                                .outcomeRange(0, 100)
                                .evaluate(offers(false))
                                .answer())
                        .anytime())
                .isNotNull();
        assertThatThrownBy(() -> OffPolicyEvaluation.of(ofAmounts).outcomeRange(0, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("outside the declared range from 0.0 to 10.0");
    }

    /** VW's estimators, tests/test_bandits_{ips,snips,cressieread}.py: p_log 0.3, r 1, p_pred 0.6 give 2, 1 and 1. */
    @Test
    void oneDecisionHasThePublishedValues() {
        LoggedDecisions one = LoggedDecisions.of(ACTIONS, new int[] {0}, new double[] {0.3}, new double[] {1});
        WeightedRows rows = new WeightedRows(one, TargetPolicy.ofLoggedActions("other", new double[] {0.6}), null);

        List<ValueEstimate> estimates = new Estimates(rows).all();

        assertThat(estimates)
                .filteredOn(of -> List.of(Estimator.IPS, Estimator.SNIPS, Estimator.CRESSIE_READ)
                        .contains(of.estimator()))
                .extracting(ValueEstimate::value)
                .containsExactly(2.0, 1.0, 1.0);
    }

    @Test
    void whatCannotBeALogIsRefused() {
        assertThatThrownBy(() -> LoggedDecisions.of(ACTIONS, new int[] {0}, new double[] {0}, new double[] {1}))
                .hasMessage("the propensity of row 0 is 0.0; an action that was taken has a probability above 0 and at"
                        + " most 1");
        assertThatThrownBy(() -> LoggedDecisions.of(ACTIONS, new int[] {2}, new double[] {1}, new double[] {1}))
                .hasMessage("the action of row 0 is number 2; there are 2");
        assertThatThrownBy(
                        () -> LoggedDecisions.of(ACTIONS, new int[] {0}, new double[] {1}, new double[] {Double.NaN}))
                .hasMessage("the outcome of row 0 is NaN; leave out a decision whose outcome is not known");
        assertThatThrownBy(() -> TargetPolicy.of("half", new double[][] {{0.5, 0.4}}))
                .hasMessage("the probabilities of the policy in row 0 sum to 0.9; they must sum to 1, one for each"
                        + " action");
        assertThatThrownBy(() -> OffPolicyEvaluation.of(log).evaluate(TargetPolicy.of("short", new int[] {0})))
                .hasMessage("policy \"short\" has 1 rows for 4000 logged decisions");
        assertThatThrownBy(() -> log.net(1, Map.of("call", 1.0)))
                .hasMessage("the cost of \"call\" is 1.0; costs are finite numbers of the actions \"nothing\","
                        + " \"offer\"");
    }
}
