package io.conversion.policy.testkit;

import io.conversion.core.Score;
import io.conversion.policy.DecisionContext;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A user to decide on, as {@link PolicyLaws} draws them. Immutable and safe to share between threads.
 *
 * @param score the score of the user
 * @param context what else is known of the user
 */
public record ScoredUser(Score score, DecisionContext context) {

    /** Users of the model of the laws, or with chosen probabilities near the edges if it is that of the chosen scores. */
    static Arbitrary<ScoredUser> of(LawSubject law) {
        Arbitrary<Map<String, Object>> values =
                PolicyArbitraries.values(law.model().schema(), law.policy());
        Arbitrary<Score> scores = law.model() == law.scores().model()
                ? chosen(law.scores(), values, law)
                : values.map(law.model().schema()::read)
                        .map(reading -> law.model().scorer().score(reading.orElseThrow()));
        return Combinators.combine(scores, PolicyArbitraries.contexts(law.policy()))
                .as(ScoredUser::new)
                .withoutEdgeCases();
    }

    private static Arbitrary<Score> chosen(ChosenScores scores, Arbitrary<Map<String, Object>> values, LawSubject law) {
        Arbitrary<Double> edges = Arbitraries.of(Edges.listOf(law.policy()).stream()
                .filter(edge -> edge >= 0 && edge <= 1)
                .toList());
        Arbitrary<Double> logOdds = Arbitraries.oneOf(edges, PolicyArbitraries.probabilities())
                .map(probability -> scores.score(probability).logOdds());
        return Combinators.combine(logOdds, values).as(scores::scored).withoutEdgeCases();
    }

    /** The probability in all its digits, the log-odds, the signals and what else is known. */
    @Override
    public String toString() {
        return LawSubject.at(score, context);
    }
}
