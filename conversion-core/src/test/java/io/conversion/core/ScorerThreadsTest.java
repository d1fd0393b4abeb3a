package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.Signals;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScorerThreadsTest {

    @Test
    void sixteenThreadsGetTheSameBitsFromOneScorerAsOne() throws Exception {
        RandomUsers users = new RandomUsers(20);
        Scorer scorer = users.model().scorer();
        List<Signals> signals =
                IntStream.range(0, 200).mapToObj(i -> users.signals()).toList();
        long alone = fold(scorer, signals);
        Callable<Long> hammer = () -> {
            long last = 0;
            for (int round = 0; round < 50; round++) {
                last = fold(scorer, signals);
                assertThat(last).isEqualTo(alone);
            }
            return last;
        };

        ExecutorService executor = Executors.newFixedThreadPool(16);
        try {
            List<Future<Long>> folds = executor.invokeAll(
                    IntStream.range(0, 16).mapToObj(i -> hammer).toList());

            for (Future<Long> fold : folds) {
                assertThat(fold.get()).isEqualTo(alone);
            }
        } finally {
            executor.shutdown();
        }
    }

    private static long fold(Scorer scorer, List<Signals> signals) {
        long fold = 0;
        for (Signals user : signals) {
            fold = 31 * fold + Double.doubleToLongBits(scorer.score(user).probability());
            for (Contribution contribution : scorer.explain(user, 3).contributions()) {
                fold = 31 * fold + Double.doubleToLongBits(contribution.logOdds());
            }
        }
        return fold;
    }
}
