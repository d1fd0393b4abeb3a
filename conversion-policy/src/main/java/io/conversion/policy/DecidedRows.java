package io.conversion.policy;

import io.conversion.core.Score;
import io.conversion.core.ScoredBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** The decisions of any engine, made one by one. */
record DecidedRows(ScoredBatch scores, List<Decision> decisions) implements DecidedBatch {

    static DecidedRows of(PolicyEngine engine, ScoredBatch scores, IntFunction<DecisionContext> contexts) {
        List<Decision> decisions = new ArrayList<>(scores.rows());
        for (int row = 0; row < scores.rows(); row++) {
            DecisionContext context = contexts.apply(row);
            Optional<Score> score = scores.score(row);
            decisions.add(
                    score.isPresent()
                            ? engine.decide(score.get(), context)
                            : BandEngine.refused(scores.violations(row), engine.policy(context), scores.model()));
        }
        return new DecidedRows(scores, List.copyOf(decisions));
    }

    @Override
    public Decision decision(int row) {
        return decisions.get(row);
    }
}
