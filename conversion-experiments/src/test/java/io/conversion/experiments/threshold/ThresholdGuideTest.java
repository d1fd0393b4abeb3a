package io.conversion.experiments.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Java of the guide to effects at bounds, which stands here line by line, on generated users. */
class ThresholdGuideTest {

    private static final int USERS = 10_000;

    private final double[] probability = new double[USERS];
    private final double[] converted = new double[USERS];
    private final double[] visits = new double[USERS];
    private final Decider[] decided = new Decider[USERS];

    @Test
    void theGuideRuns(@TempDir Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        for (int user = 0; user < USERS; user++) {
            probability[user] = random.nextDouble();
            visits[user] = random.nextInt(10);
            converted[user] = random.nextDouble() < probability[user] + (probability[user] >= 0.35 ? 0.2 : 0) ? 1 : 0;
            decided[user] = user % 100 == 0 ? Decider.GUARDRAIL : Decider.BOUND;
        }
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            ask(Arrays.asList(decided), folder);
        } finally {
            System.setOut(before);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("Where \"offer\" begins (0.35), it changes \"converted\" by +")
                .contains("The margin or a guardrail decided about ");
        assertThat(folder.resolve("effect.json")).exists();
    }

    private void ask(List<Decider> deciders, Path folder) throws IOException {
        ThresholdUsers users =
                ThresholdUsers.of(probability, converted).deciders(deciders).covariate("visits", visits);
        ThresholdEffect answer = ThresholdEffect.of(ThresholdPlan.at(0.35).withAction("offer"), users);

        System.out.println(answer.sentence("converted"));
        if (answer.refusal() == null) {
            answer.findings().forEach(finding -> System.out.println(finding.sentence()));
        }
        Files.writeString(folder.resolve("effect.json"), answer.toJson());
    }

    @Test
    void theGuideShowsWhatRunsHere() throws IOException {
        String guide = guide();
        String shown = guide.substring(guide.indexOf("```java\n") + 8);
        String here = Files.readString(Path.of(
                "src", "test", "java", "io", "conversion", "experiments", "threshold", "ThresholdGuideTest.java"));

        for (String line : shown.substring(0, shown.indexOf("```")).split("\n", -1)) {
            assertThat(here)
                    .contains(line.strip().replace("Path.of(\"effect.json\")", "folder.resolve(\"effect.json\")"));
        }
    }

    @Test
    void theGuideNamesEveryRefusal() throws IOException {
        JsonNode codes = new JsonMapper()
                .readTree(Files.readString(Path.of(
                        "src",
                        "main",
                        "resources",
                        "META-INF",
                        "schemas",
                        "conversion-threshold-effect-1.schema.json")))
                .at("/$defs/effect/properties/refused/properties/code/enum");

        assertThat(codes.size()).isEqualTo(7);
        for (JsonNode code : codes) {
            assertThat(guide()).contains("`" + code.asString() + "`");
        }
    }

    private static String guide() throws IOException {
        return Files.readString(Path.of("..", "docs", "threshold-effects.md"));
    }
}
