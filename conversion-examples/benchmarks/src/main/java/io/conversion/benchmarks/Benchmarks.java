package io.conversion.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs all benchmarks and writes what they measured as a table, with the ratio of each figure to the floor of the same
 * run. First every library must give the same probabilities.
 */
public final class Benchmarks {

    private Benchmarks() {}

    /**
     * Runs them.
     *
     * @param args {@code --quick} for a profile of two minutes; {@code --out DIR} for the folder of
     *     {@code benchmarks.md} and {@code benchmarks.json}, which is {@code target} otherwise
     * @throws IOException if the table cannot be written
     * @throws RunnerException if a benchmark fails
     * @throws InterruptedException if the run is interrupted
     */
    public static void main(String[] args) throws IOException, RunnerException, InterruptedException {
        List<String> given = List.of(args);
        boolean quick = given.contains("--quick");
        int out = given.indexOf("--out");
        Path folder = Path.of(out < 0 ? "target" : given.get(out + 1));

        Agreement.check();
        List<Figure> figures = figures(new Runner(options(quick).build()).run());
        StartUp.Result start = StartUp.measure(quick ? 5 : 21);
        BenchmarkTable table = new BenchmarkTable(figures, start, quick);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("benchmarks.md"), table.markdown());
        Files.writeString(folder.resolve("benchmarks.json"), table.json());
        System.out.println(table.markdown());
        System.out.println("wrote " + folder.resolve("benchmarks.md") + " and " + folder.resolve("benchmarks.json"));
    }

    private static ChainedOptionsBuilder options(boolean quick) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("io\\.conversion\\.benchmarks\\..*Benchmark\\..*")
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
        return options.forks(quick ? 1 : 2)
                .warmupIterations(quick ? 3 : 5)
                .warmupTime(TimeValue.milliseconds(quick ? 450 : 700))
                .measurementIterations(quick ? 3 : 7)
                .measurementTime(TimeValue.milliseconds(quick ? 250 : 400));
    }

    /** The median over all iterations of all forks, which a slow moment of the machine moves little. */
    // JMH itself returns the raw type.
    @SuppressWarnings("rawtypes")
    private static List<Figure> figures(Collection<RunResult> results) {
        List<Figure> figures = new ArrayList<>();
        for (RunResult result : results) {
            List<Double> nanos = result.getBenchmarkResults().stream()
                    .flatMap(fork -> fork.getIterationResults().stream())
                    .map(iteration -> iteration.getPrimaryResult().getScore())
                    .toList();
            String method = result.getParams().getBenchmark();
            String name = method.substring(method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1);
            String library = result.getParams().getParam("library");
            double bytes = result.getSecondaryResults().entrySet().stream()
                    .filter(entry -> entry.getKey().contains("gc.alloc.rate.norm"))
                    .mapToDouble(entry -> entry.getValue().getScore())
                    .findFirst()
                    .orElse(Double.NaN);
            figures.add(new Figure(
                    library == null ? name : name + ":" + library,
                    StartUp.median(nanos),
                    nanos.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                    bytes));
        }
        return figures;
    }

    /**
     * One measured figure.
     *
     * @param name class and method of the benchmark, and the library if it has one
     * @param nanos the median time of one user, in nanoseconds
     * @param best the shortest time of one user in any iteration, in nanoseconds
     * @param bytes the bytes allocated for one user
     */
    record Figure(String name, double nanos, double best, double bytes) {}
}
