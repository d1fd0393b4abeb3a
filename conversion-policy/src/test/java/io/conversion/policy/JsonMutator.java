package io.conversion.policy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes JSON where it hurts: by its tokens, its parts, those of other documents, and at last by its bytes. */
final class JsonMutator {

    private static final Pattern TOKEN =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|-?[0-9][0-9.eE+-]*+|true|false|null|[{}\\[\\],:]");

    /** What readers of JSON stumble over. */
    private static final List<String> ODD = List.of(
            "null",
            "true",
            "0",
            "-0.0",
            "-1",
            "1e400",
            "-1e-400",
            "9007199254740993",
            "1" + "0".repeat(300),
            "0." + "3".repeat(400),
            "NaN",
            "Infinity",
            "01",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\u202e\"",
            "\"0x1.8p0\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"sha256:" + "0".repeat(64) + "\"",
            "\"../../etc/passwd\"",
            "\"" + "x".repeat(5_000) + "\"",
            "\"" + "\u00e4".repeat(600) + "\"",
            "[]",
            "{}",
            "[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]",
            "{\"a\":{\"a\":{\"a\":1}}}",
            "//",
            "'");

    private final Random random;
    private final List<List<String>> documents = new ArrayList<>();

    /** Of some documents, each of which may get parts of the others. */
    JsonMutator(long seed, List<String> texts) {
        this.random = new Random(seed);
        for (String text : texts) {
            List<String> tokens = new ArrayList<>();
            Matcher matcher = TOKEN.matcher(text);
            while (matcher.find()) {
                tokens.add(matcher.group());
            }
            documents.add(tokens);
        }
    }

    /** One document with up to four changes. */
    byte[] mutant(int document) {
        List<String> tokens = new ArrayList<>(documents.get(document));
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && !tokens.isEmpty(); i++) {
            change(tokens);
        }
        byte[] bytes = String.join("", tokens).getBytes(StandardCharsets.UTF_8);
        return random.nextInt(5) == 0 ? changed(bytes) : bytes;
    }

    private void change(List<String> tokens) {
        int at = random.nextInt(tokens.size());
        switch (random.nextInt(8)) {
            case 0, 1 -> tokens.set(at, odd());
            case 2 -> tokens.remove(at);
            case 3 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
            case 4 -> Collections.swap(tokens, at, random.nextInt(tokens.size()));
            case 5 -> repeat(tokens, at);
            case 6 -> tokens.addAll(at, part(documents.get(random.nextInt(documents.size()))));
            default -> part(tokens.subList(at, tokens.size())).clear();
        }
    }

    private String odd() {
        return ODD.get(random.nextInt(ODD.size()));
    }

    /** One part many times over, with a comma between, as a list of many elements has it. */
    private void repeat(List<String> tokens, int at) {
        List<String> part = new ArrayList<>(part(tokens.subList(at, tokens.size())));
        part.add(",");
        int times = 1 << random.nextInt(10);
        for (int i = 0; i < times && tokens.size() < 200_000; i++) {
            tokens.addAll(at, part);
        }
    }

    /** Some tokens: whole brackets where there are any. */
    private List<String> part(List<String> tokens) {
        int from = random.nextInt(tokens.size());
        int depth = 0;
        int to = from;
        do {
            String token = tokens.get(to++);
            depth += "{[".contains(token) ? 1 : "}]".contains(token) ? -1 : 0;
        } while (to < tokens.size() && depth > 0);
        return tokens.subList(from, to);
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        switch (random.nextInt(5)) {
            case 0 -> {
                // Cut here.
            }
            case 1 -> write(out, bytes, at, 0xff);
            case 2 -> write(out, bytes, at, 0xef, 0xbb, 0xbf);
            case 3 -> write(out, bytes, at, 0);
            default -> write(out, bytes, Math.min(bytes.length, at + 1), random.nextInt(256));
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, byte[] bytes, int from, int... inserted) {
        Arrays.stream(inserted).forEach(out::write);
        out.write(bytes, from, bytes.length - from);
    }
}
