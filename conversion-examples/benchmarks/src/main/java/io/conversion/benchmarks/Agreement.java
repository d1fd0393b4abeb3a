package io.conversion.benchmarks;

import io.conversion.core.ConversionModel;
import io.conversion.core.ScoredBatch;
import java.util.List;
import java.util.Map;

/** Checks that whatever is compared gives the same probabilities. */
final class Agreement {

    private static final double TOLERANCE = 1e-6;
    private static final int USERS = 1000;

    private Agreement() {}

    static void check() {
        Columns users = BenchmarkModel.users(USERS, 42);
        List<Map<String, Object>> maps = users.rows();
        ConversionModel model = SdkModel.model();
        ScoredBatch batch = model.scorer().score(SdkModel.batch(model.schema(), users));
        double[] coefficients = HandWritten.coefficients();
        double[] byHand = new double[USERS];
        HandWritten.batch(users, HandWritten.levelValues(), new double[USERS], byHand, 0, USERS);
        for (int row = 0; row < USERS; row++) {
            double expected = BenchmarkModel.probability(users, row);
            agree("the floor", expected, HandWritten.prepared(coefficients, HandWritten.prepare(users, row)));
            agree("the loop by hand", expected, byHand[row]);
            agree("this library, one by one", expected, single(model, maps.get(row)));
            agree("this library, in a batch", expected, batch.probability(row));
        }
        for (String name : Neighbour.NAMES) {
            try (Neighbour neighbour = Neighbour.of(name)) {
                double[] probabilities = neighbour.prepareBatch(users).get();
                for (int row = 0; row < USERS; row++) {
                    double expected = BenchmarkModel.probability(users, row);
                    agree(name + ", from a map", expected, neighbour.fromMap(maps.get(row)));
                    agree(name + ", in a batch", expected, probabilities[row]);
                }
            }
        }
        System.out.println("all give the same probability to " + TOLERANCE + " for " + USERS + " users");
    }

    private static double single(ConversionModel model, Map<String, Object> user) {
        return model.scorer().score(model.schema().read(user).orElseThrow()).probability();
    }

    private static void agree(String what, double expected, double actual) {
        if (!(Math.abs(expected - actual) <= TOLERANCE)) {
            throw new IllegalStateException(what + " gives " + actual + " where " + expected + " is expected");
        }
    }
}
