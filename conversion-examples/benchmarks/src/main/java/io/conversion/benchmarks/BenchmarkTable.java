package io.conversion.benchmarks;

import io.conversion.benchmarks.Benchmarks.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was measured, as people and as programs read it.
 *
 * @param figures the figures of JMH
 * @param start the times of fresh JVMs
 * @param quick whether the run was a short one
 */
record BenchmarkTable(List<Figure> figures, StartUp.Result start, boolean quick) {

    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors"
                + (quick ? ", short profile" : "") + ". Medians over all iterations; best is the shortest one.");
        single(lines);
        requests(lines);
        neighbours(lines);
        batch(lines);
        startUp(lines);
        return String.join("\n", lines) + "\n";
    }

    private void single(List<String> lines) {
        lines.add("");
        lines.add("| one user, one thread | ns | best | x floor | budget | bytes |");
        lines.add("|---|---|---|---|---|---|");
        row(lines, "floor: dot product of prepared doubles, logistic function with `Math.exp`", "floor", "");
        row(lines, "`scorer.score(signals)`", "single", "1.8");
        row(lines, "record to decision", "record", "4");
        row(lines, "explanation, top three", "explain", "12");
        row(lines, "map to action, by hand", "mapByHand", "");
        row(lines, "map to decision", "map", "");
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "Map to decision: %.2f x the hand-written code (best: %.2f x); budget 1.3 x.",
                figure("ScoreBenchmark.map").nanos()
                        / figure("ScoreBenchmark.mapByHand").nanos(),
                figure("ScoreBenchmark.map").best()
                        / figure("ScoreBenchmark.mapByHand").best()));
    }

    private void requests(List<String> lines) {
        lines.add("");
        lines.add("| from a request to a decision | ns | best | x the same by hand | bytes |");
        lines.add("|---|---|---|---|---|");
        request(lines, "hash map, by hand, values kept", "hashMapByHandKept", "hashMapByHandKept");
        request(lines, "hash map, names are constants", "hashMap", "hashMapByHandKept");
        request(lines, "hash map, names were read", "parsedMap", "hashMapByHandKept");
        request(lines, "`Map.of`", "immutableMap", "hashMapByHandKept");
        request(lines, "a value missing and replaced", "lackingMap", "hashMapByHandKept");
        request(lines, "sorted map, by hand, values kept", "sortedMapByHandKept", "sortedMapByHandKept");
        request(lines, "sorted map", "sortedMap", "sortedMapByHandKept");
        request(lines, "JSON, a pass of jackson-core alone", "jsonPass", "jsonPass");
        request(lines, "JSON to a decision", "json", "jsonPass");
    }

    private void request(List<String> lines, String what, String method, String byHand) {
        Figure figure = figure("RequestBenchmark." + method);
        lines.add(String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.2f | %.0f |",
                what,
                figure.nanos(),
                figure.best(),
                figure.best() / figure("RequestBenchmark." + byHand).best(),
                figure.bytes()));
    }

    private void row(List<String> lines, String what, String method, String budget) {
        Figure floor = figure("ScoreBenchmark.floor");
        Figure figure = figure("ScoreBenchmark." + method);
        lines.add(String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.2f | %s | %.0f |",
                what,
                figure.nanos(),
                figure.best(),
                figure.nanos() / floor.nanos(),
                budget,
                figure.bytes()));
    }

    private void neighbours(List<String> lines) {
        Figure prepared = figure("ScoreBenchmark.single");
        Figure map = figure("ScoreBenchmark.mapToProbability");
        double batch = figure("BatchBenchmark.score").nanos();
        lines.add("");
        lines.add("| the same model | prepared ns | map ns | bytes from a map | batch ns a row"
                + " | prepared: x ours | map: x ours | batch: x ours |");
        lines.add("|---|---|---|---|---|---|---|---|");
        lines.add(String.format(
                Locale.ROOT,
                "| this library | %.1f | %.1f | %.0f | %.1f | 1 | 1 | 1 |",
                prepared.nanos(),
                map.nanos(),
                map.bytes(),
                batch));
        for (String library : Neighbour.NAMES) {
            Figure theirs = figure("NeighbourBenchmark.prepared:" + library);
            Figure theirMap = figure("NeighbourBenchmark.fromMap:" + library);
            Figure theirBatch = figure("NeighbourBenchmark.batch:" + library);
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.0f | %.1f | %.1f | %.1f | %.1f |",
                    name(library),
                    theirs.nanos(),
                    theirMap.nanos(),
                    theirMap.bytes(),
                    theirBatch.nanos(),
                    theirs.nanos() / prepared.nanos(),
                    theirMap.nanos() / map.nanos(),
                    theirBatch.nanos() / batch));
        }
    }

    private static String name(String library) {
        try (Neighbour neighbour = Neighbour.of(library)) {
            return neighbour.name();
        }
    }

    private void batch(List<String> lines) {
        double byHand = figure("BatchBenchmark.byHand").nanos();
        lines.add("");
        lines.add(
                "| one million rows in columns | ns a row | million rows/s | x rows/s of the loop by hand | bytes a row |");
        lines.add("|---|---|---|---|---|");
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("readColumns", "reading the columns alone");
        rows.put("byHand", "fused loop by hand, `Math.exp`");
        rows.put("score", "`scorer.score(batch)`");
        rows.put("byHandTwoThreads", "fused loop by hand, 2 threads");
        rows.put("scoreTwoThreads", "`scorer.score(batch, executor, 2)`");
        rows.put("decide", "`engine.decide(scored)`");
        rows.put("check", "`SignalBatch.of`: copies and checks");
        rows.forEach((method, what) -> {
            Figure figure = figure("BatchBenchmark." + method);
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.0f | %.2f | %.0f |",
                    what,
                    figure.nanos(),
                    1000 / figure.nanos(),
                    byHand / figure.nanos(),
                    figure.bytes()));
        });
        double ours = figure("BatchBenchmark.score").nanos()
                / figure("BatchBenchmark.scoreTwoThreads").nanos();
        double theirs = byHand / figure("BatchBenchmark.byHandTwoThreads").nanos();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "Two threads: %.2f x one thread; the loop by hand %.2f x. Ratio %.2f, budget 0.95.",
                ours,
                theirs,
                ours / theirs));
    }

    private void startUp(List<String> lines) {
        lines.add("");
        lines.add("| loading | ns | x tree | bytes |");
        lines.add("|---|---|---|---|");
        double tree = figure("LoadBenchmark.tree").nanos();
        for (String method : List.of("tree", "model", "policy")) {
            Figure figure = figure("LoadBenchmark." + method);
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.1f | %.0f |",
                    method.equals("tree") ? "the model's text into a Jackson tree, no checks" : "the " + method,
                    figure.nanos(),
                    figure.nanos() / tree,
                    figure.bytes()));
        }
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "A fresh JVM up to its first decision: %.0f ms; one that only parses both files into"
                        + " trees: %.0f ms. Ratio %.2f, budget 1.3.",
                start.decisionMillis(),
                start.treesMillis(),
                start.decisionMillis() / start.treesMillis()));
        double smile = figure("TrainingBenchmark.smile").nanos();
        double train = figure("TrainingBenchmark.train").nanos();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "Training on 200,000 users with 17 signals, to a published model: %.0f ms; Smile's own fit of the same"
                        + " matrix: %.0f ms. Ratio %.2f, budget 2.",
                train / 1e6,
                smile / 1e6,
                train / smile));
        lines.add("");
        lines.add("| decision number, in a fresh JVM | 1 | 2 | 100 | 10,000 | 100,000 |");
        lines.add("|---|---|---|---|---|---|");
        StringBuilder calls = new StringBuilder("| microseconds |");
        start.callNanos().forEach(nanos -> calls.append(String.format(Locale.ROOT, " %.1f |", nanos / 1000)));
        lines.add(calls.toString());
    }

    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("java", Runtime.version().toString());
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("quick", quick);
        json.put("figures", figures);
        json.put("start_up", start);
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    private Figure figure(String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no benchmark was run that is named " + name));
    }
}
