package io.conversion.policy.records;

import io.conversion.core.ModelReference;
import io.conversion.core.Score;
import io.conversion.core.Scorer;
import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import io.conversion.policy.records.DecisionRecord.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the scorer of a recorded foreign score, which nobody else can ask again: it gives the probability and the
 * evidence as they were recorded; none of them if the signals were refused.
 */
record RecordedScorer(
        ModelReference model, SignalSchema schema, @Nullable Numbers recorded) implements Scorer {

    @Override
    public Score score(Signals signals) {
        return Score.of(this, signals, recorded == null ? Double.NaN : recorded.probability());
    }

    @Override
    public Evidence evidence(Signals signals) {
        return recorded == null ? Evidence.of(signals) : recorded.evidence();
    }

    @Override
    public double rawLogOdds(Score score) {
        return recorded == null ? score.logOdds() : recorded.rawLogOdds();
    }
}
