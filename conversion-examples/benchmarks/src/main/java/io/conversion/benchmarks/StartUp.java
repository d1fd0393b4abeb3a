package io.conversion.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Times fresh JVMs from their start to their end: one that makes a decision, and one that only parses the two files. */
final class StartUp {

    /** Classes of the run time only, so that the JVM does not look through the neighbours' jars. */
    private static final Pattern RUN_TIME =
            Pattern.compile("conversion-(core|policy)|benchmarks|jackson-(core|databind|annotations)|slf4j|jspecify");

    /**
     * What was measured.
     *
     * @param decisionMillis the median time of a JVM that makes one decision
     * @param treesMillis the median time of a JVM that parses the files only
     * @param callNanos the median time of call number 1, 2, 100, 10,000 and 100,000
     */
    record Result(double decisionMillis, double treesMillis, List<Double> callNanos) {}

    private StartUp() {}

    static Result measure(int rounds) throws IOException, InterruptedException {
        Path model = Files.createTempFile("model", ".json");
        Path policy = Files.createTempFile("policy", ".json");
        try {
            SdkModel.model().save(model);
            SdkModel.policy().save(policy);
            List<Double> decisions = new ArrayList<>();
            List<Double> trees = new ArrayList<>();
            List<List<Double>> calls = new ArrayList<>();
            // In turn, so that a slow moment of the machine meets both.
            for (int round = 0; round < rounds; round++) {
                long start = System.nanoTime();
                run(FirstDecision.class, model, policy);
                decisions.add((System.nanoTime() - start) / 1e6);
                start = System.nanoTime();
                run(TreesOnly.class, model, policy);
                trees.add((System.nanoTime() - start) / 1e6);
                String printed = run(FirstDecision.class, model, policy, Path.of("on"));
                calls.add(Arrays.stream(printed.strip().split(" ", -1))
                        .map(Double::valueOf)
                        .toList());
            }
            List<Double> medians = new ArrayList<>();
            for (int i = 0; i < calls.get(0).size(); i++) {
                int call = i;
                medians.add(median(calls.stream().map(nanos -> nanos.get(call)).toList()));
            }
            return new Result(median(decisions), median(trees), medians);
        } finally {
            Files.delete(model);
            Files.delete(policy);
        }
    }

    private static String run(Class<?> main, Path... files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                classPath(),
                main.getName()));
        Arrays.stream(files).map(Path::toString).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(main + " failed: " + printed);
        }
        return printed;
    }

    private static String classPath() {
        return String.join(
                File.pathSeparator,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .filter(entry -> RUN_TIME.matcher(entry).find())
                        .toList());
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
