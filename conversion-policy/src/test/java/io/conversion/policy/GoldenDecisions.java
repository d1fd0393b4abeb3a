package io.conversion.policy;

import io.conversion.core.ConversionModel;
import io.conversion.core.Score;
import io.conversion.core.ScoredBatch;
import io.conversion.core.SignalBatch;
import io.conversion.core.SignalColumn;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonObject;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalReading.Accepted;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Decision.Decided;
import io.conversion.policy.Decision.Fallback;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Decides on the users of the golden folder: one by one, as a batch, and as a batch on two threads, which must all agree.
 * Prints a line for each user and a digest of the lines, the same on every JVM.
 */
final class GoldenDecisions {

    private static final List<String> NAMES = List.of("scorecard", "trained", "wide");

    /** Two ranges of rows, so that two threads have something to share. */
    private static final int ROWS = 20_000;

    private final String name;
    private final ConversionModel model;
    private final PolicyEngine engine;
    private final List<Map<String, Object>> users = new ArrayList<>();

    private GoldenDecisions(Path folder, String name) throws IOException {
        this.name = name;
        this.model = ConversionModel.load(folder.resolve(name + "-model.json"));
        this.engine = PolicyEngine.of(Policy.load(folder.resolve(name + "-policy.json")));
        for (String line : Files.readAllLines(folder.resolve(name + "-users.jsonl"))) {
            users.add(JsonDocument.read(line.getBytes(StandardCharsets.UTF_8), name, JsonObject::values));
        }
    }

    /**
     * Prints the decisions.
     *
     * @param args the folder, and how often everything is decided before the last time, so that a JIT compiler has
     *     reason to compile it
     */
    public static void main(String[] args) throws IOException {
        String first = text(Path.of(args[0]));
        for (int round = 1; round < Integer.parseInt(args[1]); round++) {
            if (!text(Path.of(args[0])).equals(first)) {
                throw new IllegalStateException("round " + round + " decided otherwise than the first one");
            }
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.print(first);
    }

    /** All lines, each with a line feed at its end. */
    static String text(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String name : NAMES) {
            for (Line line : new GoldenDecisions(folder, name).lines()) {
                text.append(line).append('\n');
            }
        }
        String lines = text.toString();
        return lines + "sha256 " + sha256(lines) + "\n";
    }

    /** What is decided on one user; the bits are those of NaN if the signals were refused. */
    private record Line(String name, int user, boolean refused, long logOdds, long probability, String answer) {

        @Override
        public String toString() {
            String score = Double.toHexString(Double.longBitsToDouble(logOdds)) + " "
                    + Double.toHexString(Double.longBitsToDouble(probability));
            return name + " " + user + " " + (refused ? "- -" : score) + " " + answer;
        }
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < users.size(); i++) {
            lines.add(alone(i));
        }
        SignalBatch batch = batch();
        requireAlike(engine.decide(model.scorer().score(batch)), lines);
        ExecutorService executor = Executors.newFixedThreadPool(1);
        try {
            requireAlike(engine.decide(model.scorer().score(batch, executor, 2)), lines);
        } finally {
            executor.shutdown();
        }
        return lines;
    }

    private Line alone(int user) {
        SignalReading reading = model.schema().read(users.get(user));
        Decision decision = engine.decide(model.scorer(), reading);
        String answer = decision instanceof Decided decided
                ? decided.band().segment()
                : ((Fallback) decision).reason().name();
        if (!(reading instanceof Accepted accepted)) {
            return line(user, true, Double.NaN, Double.NaN, answer);
        }
        Score score = model.scorer().score(accepted.signals());
        return line(user, false, score.logOdds(), score.probability(), answer);
    }

    private Line line(int user, boolean refused, double logOdds, double probability, String answer) {
        // NaN has many bit patterns, of which this takes one.
        return new Line(
                name, user, refused, Double.doubleToLongBits(logOdds), Double.doubleToLongBits(probability), answer);
    }

    private void requireAlike(DecidedBatch decided, List<Line> lines) {
        ScoredBatch scores = decided.scores();
        for (int row = 0; row < ROWS; row++) {
            int user = row % users.size();
            String answer =
                    decided.segment(row).orElseGet(decided.fallbackReason(row).map(Enum::name)::orElseThrow);
            Line line = line(user, scores.batch().isRefused(row), scores.logOdds(row), scores.probability(row), answer);
            if (!line.equals(lines.get(user))) {
                throw new IllegalStateException("alone: " + lines.get(user) + ", row " + row + " of a batch: " + line);
            }
        }
    }

    /** The users in turn, again and again. */
    private SignalBatch batch() {
        SignalSchema schema = model.schema();
        Map<String, SignalColumn> columns = new LinkedHashMap<>();
        for (Signal signal : schema.declared()) {
            columns.put(signal.name(), column(signal));
        }
        return SignalBatch.of(schema, columns);
    }

    private SignalColumn column(Signal signal) {
        double[] numbers = new double[ROWS];
        boolean[] flags = new boolean[ROWS];
        String[] levels = new String[ROWS];
        BitSet missing = new BitSet();
        for (int row = 0; row < ROWS; row++) {
            Object value = users.get(row % users.size()).get(signal.name());
            missing.set(row, value == null);
            numbers[row] = value instanceof Number number ? number.doubleValue() : 0;
            flags[row] = Boolean.TRUE.equals(value);
            levels[row] = value instanceof String level ? level : "";
        }
        SignalColumn column = signal instanceof CategoricalSignal
                ? SignalColumn.levels(levels)
                : signal instanceof FlagSignal ? SignalColumn.flags(flags) : SignalColumn.numbers(numbers);
        return column.missing(missing);
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }
}
