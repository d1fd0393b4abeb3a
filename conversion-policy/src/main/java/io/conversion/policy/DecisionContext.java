package io.conversion.policy;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the caller knows of a user beside the score: the band of the decision before this one, and a key or what was
 * drawn of it. Starts at {@link #NONE}. Immutable and safe to share between threads.
 */
public final class DecisionContext {

    /** Nothing is known: the plain bands decide, and nobody is in a control group. */
    public static final DecisionContext NONE = new DecisionContext(null, null, Double.NaN, Double.NaN, null, null);

    private final @Nullable String previousSegment;
    private final @Nullable String userKey;

    // The stated ones; NaN if there is none.
    private final double draw;
    private final double explorationDraw;

    private final @Nullable Instant moment;
    private final @Nullable RecordedUnit recorded;

    /** What a record holds of a user in an experiment in place of the key. */
    record RecordedUnit(String unit, double layerDraw) {}

    private DecisionContext(
            @Nullable String previousSegment,
            @Nullable String userKey,
            double draw,
            double explorationDraw,
            @Nullable Instant moment,
            @Nullable RecordedUnit recorded) {
        this.previousSegment = previousSegment;
        this.userKey = userKey;
        this.draw = draw;
        this.explorationDraw = explorationDraw;
        this.moment = moment;
        this.recorded = recorded;
    }

    /**
     * States the segment of the decision before this one, which a policy with a margin holds on to.
     *
     * @param segment the segment
     * @return the changed copy
     */
    public DecisionContext previousSegment(String segment) {
        return new DecisionContext(segment, userKey, draw, explorationDraw, moment, recorded);
    }

    /**
     * States the key of the user, by which a policy with a control group assigns users to it.
     *
     * @param key any text that stays the same for the user
     * @return the changed copy
     */
    public DecisionContext userKey(String key) {
        return new DecisionContext(previousSegment, key, Double.NaN, Double.NaN, moment, null);
    }

    /**
     * States the draw of the user in place of the key, as the record of a decision holds it.
     *
     * @param drawn what {@link ControlGroup#draw} made of the key, from 0 to below 1
     * @return the changed copy, without a key
     * @throws IllegalArgumentException if the draw is out of range
     */
    public DecisionContext draw(double drawn) {
        return new DecisionContext(previousSegment, null, checked(drawn), explorationDraw, moment, recorded);
    }

    /**
     * States the draw of the user for exploration in place of the key, as the record of a decision holds it.
     *
     * @param drawn what {@link Exploration#draw} made of the key, from 0 to below 1
     * @return the changed copy, without a key
     * @throws IllegalArgumentException if the draw is out of range
     */
    public DecisionContext explorationDraw(double drawn) {
        return new DecisionContext(previousSegment, null, draw, checked(drawn), moment, recorded);
    }

    private static double checked(double drawn) {
        if (!(drawn >= 0 && drawn < 1)) {
            throw new IllegalArgumentException("the draw of a user is " + drawn + "; it must be from 0 to below 1");
        }
        return drawn;
    }

    /**
     * States when it is decided, by which an experiment runs or not; without it, an experiment runs as long as the host uses
     * its engine.
     *
     * @param when the moment
     * @return the changed copy
     */
    public DecisionContext moment(Instant when) {
        return new DecisionContext(previousSegment, userKey, draw, explorationDraw, when, recorded);
    }

    /**
     * States what was drawn of the user's key in an experiment, as the record of a decision holds it.
     *
     * @param unit the pseudonym of the user, 32 hexadecimal digits
     * @param layerDraw the draw of the layer, from 0 to below 1
     * @return the changed copy, without a key
     */
    public DecisionContext unit(String unit, double layerDraw) {
        return new DecisionContext(
                previousSegment, null, draw, explorationDraw, moment, new RecordedUnit(unit, layerDraw));
    }

    @Nullable
    String keyOrNull() {
        return userKey;
    }

    @Nullable
    Instant momentOrNull() {
        return moment;
    }

    @Nullable
    RecordedUnit recordedOrNull() {
        return recorded;
    }

    /**
     * The segment of the decision before this one.
     *
     * @return the segment; empty if it is not known
     */
    public Optional<String> previousSegment() {
        return Optional.ofNullable(previousSegment);
    }

    /**
     * The key of the user.
     *
     * @return the key; empty if none was given
     */
    public Optional<String> userKey() {
        return Optional.ofNullable(userKey);
    }

    /**
     * Where the user falls in the draw of a control group.
     *
     * @param control the control group
     * @return the draw of the key, or the stated one; empty if neither is known
     */
    public OptionalDouble draw(ControlGroup control) {
        return known(drawn(control));
    }

    /**
     * Where the user falls in the draw of an exploration.
     *
     * @param exploration the exploration
     * @return the draw of the key, or the stated one; empty if neither is known
     */
    public OptionalDouble draw(Exploration exploration) {
        return known(drawn(exploration));
    }

    private static OptionalDouble known(double drawn) {
        return Double.isNaN(drawn) ? OptionalDouble.empty() : OptionalDouble.of(drawn);
    }

    /** Whether the user has a key, or the record of a decision says that there was one. */
    boolean hadKey() {
        return userKey != null || recorded != null;
    }

    boolean hasDraw() {
        return userKey != null || !Double.isNaN(draw);
    }

    boolean hasExplorationDraw() {
        return userKey != null || !Double.isNaN(explorationDraw);
    }

    /** The draw of the key, or the stated one; NaN if neither is known. */
    double drawn(ControlGroup control) {
        return userKey == null ? draw : control.draw(userKey);
    }

    /** The draw of the key, or the stated one; NaN if neither is known. */
    double drawn(Exploration exploration) {
        return userKey == null ? explorationDraw : exploration.draw(userKey);
    }

    @Nullable
    String segmentOrNull() {
        return previousSegment;
    }

    /** Whether a previous segment and a key are known; neither of them, since a key may be personal. */
    @Override
    public String toString() {
        return (previousSegment == null ? "no previous segment" : "a previous segment")
                + (userKey != null
                        ? ", a key"
                        : Double.isNaN(draw) && Double.isNaN(explorationDraw) ? ", no key" : ", a draw");
    }
}
