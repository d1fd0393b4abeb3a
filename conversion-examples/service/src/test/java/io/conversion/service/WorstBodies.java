package io.conversion.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sends the bodies that cost a reader most for their length, from many clients without a pause, while a few others send
 * ordinary requests, and tells what all of them were answered. By itself it is a program for load tests, which exits with 1
 * if an ordinary request failed: {@code WorstBodies PORT CLIENTS SECONDS FILE}, with a file of ordinary bodies, one a line.
 */
final class WorstBodies {

    private static final int ORDINARY_CLIENTS = 4;
    private static final int BATCH = 1_020_000;
    private static final int USER = 65_000;

    /** A path and a body. */
    private record Body(String name, String path, String text) {}

    /** What was answered: of each body how often with which status; ordinary requests also in how many milliseconds. */
    record Answers(Map<String, Integer> worst, Map<String, Integer> ordinary, List<Long> milliseconds) {

        boolean ordinaryFailed() {
            return !ordinary.keySet().equals(Set.of("200"));
        }

        long percentile(int percent) {
            return milliseconds.get((milliseconds.size() - 1) * percent / 100);
        }
    }

    private final String address;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Body> bodies;

    WorstBodies(int port) {
        this.address = "http://localhost:" + port;
        this.bodies = List.of(
                batch("empty rows", "{},"),
                batch("rows with a name", "{\"a\":1},"),
                batch("rows that are lists", "[],"),
                batch("rows that are null", "null,"),
                batch("numbers for rows", "1,"),
                batch("texts for rows", "\"\","),
                new Body(
                        "nested lists",
                        "/score/batch",
                        "{\"rows\":[{\"signals\":{\"a\":[" + fill("{\"\":1},", BATCH) + "1]}}]}"),
                new Body(
                        "rows of unknown names",
                        "/score/batch",
                        rows("{\"signals\":{" + names(100, 80) + "}},", BATCH)),
                new Body(
                        "rows of long names", "/score/batch", rows("{\"signals\":{" + names(60, 3_900) + "}},", BATCH)),
                new Body("nulls in a row", "/score/batch", "{\"rows\":[{\"signals\":{" + nulls(BATCH) + "}}]}"),
                new Body("a user like a batch", "/score", "{\"signals\":{\"a\":[" + fill("{\"\":1},", BATCH) + "1]}}"),
                new Body("a user of lists", "/score", "{\"signals\":{\"a\":[" + fill("{},", USER) + "1]}}"),
                new Body("a user of names", "/score", "{\"signals\":{" + nulls(USER) + "}}"));
    }

    private static Body batch(String name, String row) {
        return new Body(name, "/score/batch", rows(row, BATCH));
    }

    private static String rows(String row, int length) {
        String rows = fill(row, length);
        return "{\"rows\":[" + rows.substring(0, rows.length() - 1) + "]}";
    }

    private static String fill(String text, int length) {
        return text.repeat(length / text.length());
    }

    private static String names(int names, int length) {
        return IntStream.range(0, names)
                .mapToObj(i -> "\"unknown" + i + "_" + "z".repeat(length) + "\":1")
                .collect(Collectors.joining(","));
    }

    private static String nulls(int length) {
        return IntStream.range(0, length / 13)
                .mapToObj(i -> "\"a" + i + "\":null")
                .collect(Collectors.joining(","));
    }

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Answers answers = new WorstBodies(Integer.parseInt(args[0]))
                .send(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Files.readAllLines(Path.of(args[3])));
        answers.worst().forEach((answer, count) -> System.out.println(answer + ": " + count));
        System.out.println("ordinary requests: " + answers.ordinary() + ", p50 " + answers.percentile(50) + " ms, p99 "
                + answers.percentile(99) + " ms, longest " + answers.percentile(100) + " ms");
        System.exit(answers.ordinaryFailed() ? 1 : 0);
    }

    Answers send(int clients, int seconds, List<String> ordinary) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        ExecutorService threads = Executors.newFixedThreadPool(clients + ORDINARY_CLIENTS);
        List<Future<Map<String, Integer>>> worst = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            int first = i;
            worst.add(threads.submit(() -> sendWorst(first, end)));
        }
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        List<Future<Map<String, Integer>>> others = new ArrayList<>();
        for (int i = 0; i < ORDINARY_CLIENTS; i++) {
            others.add(threads.submit(() -> sendOrdinary(ordinary, end, times)));
        }
        Answers answers = new Answers(sum(worst), sum(others), times);
        Collections.sort(times);
        threads.shutdown();
        return answers;
    }

    private Map<String, Integer> sendWorst(int first, long end) {
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = first; System.nanoTime() < end; i++) {
            Body body = bodies.get(i % bodies.size());
            answers.merge(body.name() + " " + post(body.path(), body.text()), 1, Integer::sum);
        }
        return answers;
    }

    private Map<String, Integer> sendOrdinary(List<String> bodies, long end, List<Long> times)
            throws InterruptedException {
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; System.nanoTime() < end; i++) {
            long start = System.nanoTime();
            answers.merge(post("/score", bodies.get(i % bodies.size())), 1, Integer::sum);
            times.add((System.nanoTime() - start) / 1_000_000);
            Thread.sleep(10);
        }
        return answers;
    }

    private String post(String path, String body) {
        try {
            return String.valueOf(client.send(
                            HttpRequest.newBuilder(URI.create(address + path))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode());
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Integer> sum(List<Future<Map<String, Integer>>> parts)
            throws InterruptedException, ExecutionException {
        Map<String, Integer> sum = new TreeMap<>();
        for (Future<Map<String, Integer>> part : parts) {
            part.get().forEach((answer, count) -> sum.merge(answer, count, Integer::sum));
        }
        return sum;
    }
}
