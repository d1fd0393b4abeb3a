package io.conversion.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Another library that scores the {@link BenchmarkModel}; every answer is P(converted), 0 to 1. An instance belongs to
 * one thread.
 */
interface Neighbour extends AutoCloseable {

    /** The names that {@link #of(String)} takes. */
    List<String> NAMES = List.of("smile", "tribuo", "h2o", "onnxruntime");

    /**
     * Opens a neighbour.
     *
     * @param name one of {@link #NAMES}
     * @return the neighbour, to be closed
     */
    static Neighbour of(String name) {
        return switch (name) {
            case "smile" -> new SmileNeighbour();
            case "tribuo" -> new TribuoNeighbour();
            case "h2o" -> new H2oNeighbour();
            case "onnxruntime" -> new OnnxNeighbour();
            default ->
                throw new IllegalArgumentException("neighbour \"" + name + "\" is not known; the names are " + NAMES);
        };
    }

    /**
     * The name of the library, with the version.
     *
     * @return the name, for people
     */
    String name();

    /**
     * Scores a user the way an application does that has a map: preprocessing and score.
     *
     * @param user the values by signal name
     * @return the probability
     */
    double fromMap(Map<String, Object> user);

    /**
     * Brings a user into the form that the library scores.
     *
     * @param user the values by signal name
     * @return the score alone, to be asked for any number of times until this neighbour is closed
     */
    DoubleSupplier prepare(Map<String, Object> user);

    /**
     * Brings users into the form that the library scores at once.
     *
     * @param users the users
     * @return the scores alone, to be asked for any number of times until this neighbour is closed; an array of its own
     *     each time
     */
    Supplier<double[]> prepareBatch(Columns users);

    /** Frees what lies outside the Java heap. */
    @Override
    default void close() {}
}
