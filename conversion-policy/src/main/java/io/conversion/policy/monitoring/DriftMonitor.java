package io.conversion.policy.monitoring;

import io.conversion.core.ConversionModel;
import io.conversion.core.signals.SignalReading;
import io.conversion.policy.Band;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.DecisionListener;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import io.conversion.policy.internal.MomentLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Counts the users of one model and one policy, so that a {@link DriftReport} can say whether they still are like those of
 * the training, and whether as many convert as the probabilities say.
 *
 * <p>It counts on the thread of the request: each signal in its bin of the model's reference distribution, the probability
 * likewise, the band, and the reason of the decision. That takes no lock and keeps no value, but for what
 * {@link DriftOptions} has it follow until the outcome is known. It allocates nothing for a decision on a probability that is
 * not followed. A user whose signals were refused counts by what was wrong with them, with a small object for each fault; a
 * fallback counts by its reason. Where the signals of a fallback were accepted, they and their probability count as well,
 * since a feed that breaks down shows there first. A decision of another model or policy, such as one that was under way
 * while a service swapped them, is counted apart and nowhere else.
 *
 * <p>Every decision counts as one user. Safe to share between threads.
 */
public final class DriftMonitor implements DecisionListener {

    private final MonitoredModel model;
    private final Policy policy;
    private final List<String> actions;
    private final UnitCounts counts;
    private final PendingDecisions pending;
    private final MomentLimit latest;

    private DriftMonitor(MonitoredModel model, Policy policy, DriftOptions options, MomentLimit latest) {
        this.latest = latest;
        this.model = model;
        this.policy = policy;
        this.actions = actions(policy);
        this.counts = new UnitCounts(model, policy);
        this.pending = new PendingDecisions(options, policy.bands().size(), actions.size());
    }

    /** The actions that are answered on a probability; a fallback has none. */
    private static List<String> actions(Policy policy) {
        return Stream.of(
                        policy.bands().stream().map(Band::action),
                        policy.guardrails().stream().map(Guardrail::action),
                        policy.control().map(ControlGroup::action).stream(),
                        policy.exploration().stream()
                                .flatMap(of ->
                                        of.alternatives().values().stream().flatMap(List::stream)))
                .flatMap(answered -> answered)
                .distinct()
                .toList();
    }

    /**
     * Makes a monitor of a model and a policy. Of a model without a reference distribution it counts no signals, and
     * everything else.
     *
     * @param model the model
     * @param policy the policy
     * @param options whether outcomes are followed, and how
     * @return the monitor
     */
    public static DriftMonitor of(ConversionModel model, Policy policy, DriftOptions options) {
        return of(MonitoredModel.of(model), policy, options);
    }

    /**
     * Makes a monitor of a model, which may be a foreign one, and a policy.
     *
     * @param model what is known of the model
     * @param policy the policy
     * @param options whether outcomes are followed, and how
     * @return the monitor
     */
    public static DriftMonitor of(MonitoredModel model, Policy policy, DriftOptions options) {
        return new DriftMonitor(model, policy, options, MomentLimit.NONE);
    }

    /**
     * Makes a monitor that believes no moment which is ahead of a clock. Without one the moments of decisions are the time,
     * and a single one that is years ahead settles everything that is pending.
     *
     * <p>A decision with such a moment counts as one without a moment, which settles nothing and is not followed; the report
     * of an outcome is answered {@link OutcomeAnswer#AHEAD_OF_CLOCK}.
     *
     * @param model what is known of the model
     * @param policy the policy
     * @param options whether outcomes are followed, and how
     * @param clock the caller's clock; the monitor reads no other one
     * @param tolerance how far ahead of the clock a moment may be, such as by the clock of another machine; not negative
     * @return the monitor
     * @throws IllegalArgumentException if the tolerance is negative
     */
    public static DriftMonitor of(
            MonitoredModel model, Policy policy, DriftOptions options, InstantSource clock, Duration tolerance) {
        return new DriftMonitor(model, policy, options, new MomentLimit(clock, tolerance));
    }

    /**
     * Counts a decision. The moment of the event, if it has one, is also the time by which decisions before it are settled.
     *
     * @param event the decision
     * @param nanoseconds not looked at
     */
    @Override
    public void decided(DecisionEvent event, long nanoseconds) {
        if (!isOfThisUnit(event)) {
            counts.addOfOtherUnit();
            return;
        }
        Instant moment = event.moment();
        if (moment != null && latest.isBeyond(moment)) {
            count(event.withoutMoment());
        } else {
            count(event);
        }
    }

    private void count(DecisionEvent event) {
        counts.add(event);
        Instant moment = event.moment();
        if (event.decision() instanceof Decision.Banded banded) {
            pending.follow(
                    event.request(),
                    moment,
                    banded.score().probability(),
                    counts.position(banded.band()),
                    actions.indexOf(banded.action()));
        }
        if (moment != null) {
            pending.settleSome(moment);
        }
    }

    private boolean isOfThisUnit(DecisionEvent event) {
        Policy applied = event.policy();
        boolean sameModel = event.scorer().model().equals(model.reference());
        boolean samePolicy =
                applied == policy || (applied != null && applied.reference().equals(policy.reference()));
        boolean sameSchema = !(event.reading() instanceof SignalReading.Accepted accepted)
                || accepted.signals().schema().equals(model.schema());
        return sameModel && samePolicy && sameSchema;
    }

    /**
     * Reports the outcome of a decision. It counts once the outcome window of the decision and the time to report have
     * passed, so that users who convert early do not count before those who take their time. The first report stands.
     *
     * <p>A conversion is taken if it happened within the outcome window. That there was none is not known before the
     * window has ended, and is taken from then on, at whatever later moment, as long as the decision is followed.
     *
     * @param request what the caller called the request
     * @param converted whether the user converted
     * @param moment when the user converted; for one who did not, until when that is known, such as now
     * @return what became of the report; {@link OutcomeAnswer#UNKNOWN_REQUEST} for any request if no outcomes are followed
     */
    public OutcomeAnswer outcome(String request, boolean converted, Instant moment) {
        return latest.isBeyond(moment) ? OutcomeAnswer.AHEAD_OF_CLOCK : pending.report(request, converted, moment);
    }

    /**
     * Tells whether a decision is being followed, so that an outcome of it can be reported here. A host with several
     * monitors asks them before it reports, so that none counts the report as unknown which another one takes.
     *
     * @param request what the caller called the request
     * @return whether it is followed and not settled
     */
    public boolean follows(String request) {
        return pending.follows(request);
    }

    /**
     * Settles all decisions whose outcome window and time to report have passed. Each decision settles some of those before
     * it; this tells the time to a monitor that hears of none for a while.
     *
     * @param now the moment, by the caller's clock
     */
    public void settle(Instant now) {
        pending.settleAll(now);
    }

    /**
     * What was counted so far. A decision that is being counted may be in some of the counts and not yet in others.
     *
     * @return the counts
     */
    public DriftSnapshot snapshot() {
        PendingDecisions.Settled settled = pending.settled();
        UnitCounts.Period period = counts.period();
        Map<String, CalibrationCounts> byAction = new LinkedHashMap<>();
        for (int i = 0; i < actions.size(); i++) {
            byAction.put(actions.get(i), settled.byAction().get(i));
        }
        return new DriftSnapshot(
                model.reference(),
                policy.reference(),
                period.first(),
                period.last(),
                counts.decisions(),
                counts.ofOtherUnits(),
                counts.refusals(),
                counts.signals(),
                counts.clipped(),
                counts.probability(),
                counts.bands(settled.byBand()),
                byAction,
                settled.followUp());
    }

    /**
     * What the counts so far say.
     *
     * @return the report of {@link #snapshot()}
     */
    public DriftReport report() {
        return DriftReport.of(snapshot(), model, policy);
    }
}
