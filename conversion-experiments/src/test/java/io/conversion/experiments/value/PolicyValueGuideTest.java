package io.conversion.experiments.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the guide to the value of policies, which stands here line by line, on generated decisions. */
class PolicyValueGuideTest {

    private static final int USERS = 4000;

    private final int[] action = new int[USERS];
    private final int[] offerToAll = new int[USERS];
    private final double[] propensity = new double[USERS];
    private final double[] converted = new double[USERS];
    private final double[] logOdds = new double[USERS];

    @Test
    void theGuideRuns(@TempDir Path folder) throws IOException {
        Random random = new Random(2);
        Arrays.fill(offerToAll, 1);
        Arrays.fill(propensity, 0.5);
        for (int user = 0; user < USERS; user++) {
            action[user] = random.nextInt(2);
            logOdds[user] = random.nextGaussian() - 1;
            double odds = Math.exp(logOdds[user] + 0.4 * action[user]);
            converted[user] = random.nextDouble() < odds / (1 + odds) ? 1 : 0;
        }
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            ask(folder);
        } finally {
            System.setOut(before);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("Policy \"offer to all\" would have brought ")
                .contains("That is more, by ");
        assertThat(folder.resolve("value.html")).exists();
    }

    private void ask(Path folder) throws IOException {
        LoggedDecisions log = LoggedDecisions.of(List.of("nothing", "offer"), action, propensity, converted)
                .covariates(Map.of("log-odds", logOdds));
        TargetPolicy candidate = TargetPolicy.of("offer to all", offerToAll);
        OffPolicyReadout readout = OffPolicyEvaluation.of(log).evaluate(candidate);

        if (readout.answer() instanceof ValueAnswer.Refused refused) {
            refused.refusals().forEach(refusal -> System.out.println(refusal.reason() + "; " + refusal.remedy()));
        } else {
            System.out.println(readout.sentence());
        }
        readout.write(folder.resolve("value.html"));
    }

    @Test
    void theGuideShowsWhatRunsHere() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "policy-value.md"));
        String shown = guide.substring(guide.indexOf("```java\n") + 8);
        String here = Files.readString(Path.of(
                "src", "test", "java", "io", "conversion", "experiments", "value", "PolicyValueGuideTest.java"));

        for (String line : shown.substring(0, shown.indexOf("```")).split("\n", -1)) {
            assertThat(here)
                    .contains(line.strip().replace("Path.of(\"value.html\")", "folder.resolve(\"value.html\")"));
        }
    }
}
