package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.Experiment;
import io.conversion.policy.ExperimentCriteria;
import io.conversion.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments planned, checked, assigned and read out on the command line. */
class WorkbenchExperimentTest {

    @TempDir
    private Path folder;

    private Path users;

    /** 8,000 users, of whom 20 % convert with A and 26 % with B, and what they paid in a file of events. */
    @BeforeEach
    void writeUsers() throws IOException {
        Random random = new Random(6);
        StringBuilder rows = new StringBuilder("id,group,probability,converted\n");
        StringBuilder events = new StringBuilder("id,kind,amount\n");
        for (int user = 0; user < 8000; user++) {
            boolean treated = user % 2 == 1;
            double probability = 0.4 * random.nextDouble();
            boolean converted = random.nextDouble() < probability + (treated ? 0.06 : 0);
            rows.append(String.format(
                    Locale.ROOT, "u%d,%s,%.4f,%s\n", user, treated ? "B" : "A", probability, converted ? "yes" : "no"));
            if (converted) {
                events.append("u").append(user).append(",payment,9.50\n");
            }
        }
        users = Files.writeString(folder.resolve("ab.csv"), rows);
        Files.writeString(folder.resolve("events.csv"), events);
    }

    private Outcome readout(String words, Object... more) {
        return Outcome.of(
                "experiment readout --arm group --control A --out " + folder.resolve("out") + " --data " + users + " "
                        + words,
                more);
    }

    @Test
    void tableIsReadOut() throws IOException {
        Outcome outcome = readout("--outcome converted --shares A=0.5,B=0.5 --covariate probability");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith("Act: arm \"B\" changes \"converted\" by ")
                .contains("converted (primary, proportion, higher is better)")
                .contains("  B: covariates save ");
        assertThat(Files.readString(folder.resolve("out/readout.json"))).contains("\"format\": \"conversion-readout\"");
        assertThat(Files.readString(folder.resolve("out/readout.html"))).contains("<h1>ab.csv</h1>");
    }

    @Test
    void eventsArePutTogetherByUser() {
        Outcome outcome = readout(
                "--unit id",
                "--events",
                folder.resolve("events.csv"),
                "--outcome",
                "paid=sum(amount where kind=payment)",
                "--outcome",
                "payers=any(kind=payment)",
                "--guardrail",
                "payers=0.01");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("paid (primary, mean, higher is better)")
                .contains("payers (guardrail, proportion, higher is better)");
    }

    @Test
    void countsAreReadOut() throws IOException {
        Path a = Files.writeString(folder.resolve("a.csv"), "day,users,bought\n1,5000,400\n2,5000,420\n3,4000,\n");
        Path b = Files.writeString(folder.resolve("b.csv"), "day,users,bought\n1,5000,500\n2,5000,510\n3,4100,\n");

        Outcome outcome =
                Outcome.of("experiment readout --control A --time day --outcome bought=bought/users --arm-file A=" + a
                        + " --arm-file B=" + b + " --out " + folder.resolve("counts"));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith("Act: arm \"B\" changes \"bought\" by ")
                .contains("2 of 6 rows have no numbers of \"bought\" and are left out of it")
                .contains("    A    10,000   8.200 %");
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThat(readout("--outcome converted --shares A=0.5,B=0.6"))
                .isEqualTo(
                        new Outcome(1, "", "plan \"ab.csv\": the shares of the arms sum to 1.1; they must sum to 1\n"));
        assertThat(readout("--outcome conversion").err())
                .contains("there is no column \"conversion\"; the columns are [id, group, probability, converted]");
        assertThat(readout("--outcome converted --shares A=0.5,C=0.5").err())
                .isEqualTo("the arms of the users are \"A\", \"B\", but shares are declared for \"A\", \"C\"\n");
        assertThat(readout("--outcome converted --guardrail refunds=1").exitCode())
                .isEqualTo(2);
        assertThat(readout("").err()).contains("an --outcome is needed, or an --experiment");
    }

    @Test
    void sizeIsPlanned() {
        Outcome outcome = Outcome.of("experiment plan --baseline 0.08 --effect 0.01 --users-per-day 900");

        assertThat(outcome.out())
                .contains("  one look at the end  24,410    28 ")
                .contains("  looks at any time    46,743    52 ");
        assertThat(Outcome.of("experiment plan --baseline 0.99 --effect 0.02").err())
                .isEqualTo(
                        "the shares would be 0.99 and 1.01; both must be between 0 and 1, or give --deviation for a mean\n");
    }

    @Test
    void sizeIsPlannedOnPastUsers() throws IOException {
        Path past = folder.resolve("past.csv");
        StringBuilder rows = new StringBuilder("user,clicks,views,paid\n");
        for (int i = 0; i < 500; i++) {
            int views = 1 + i * 37 % 11;
            rows.append(i)
                    .append(',')
                    .append(3 * views + i * 53 % 7)
                    .append(',')
                    .append(10 * views);
            rows.append(i % 5 == 0 ? ",yes\n" : ",no\n");
        }
        Files.writeString(past, rows);

        // numpy: the ratio 0.34998329 with a deviation of sqrt(0.00181676) = 0.04262 by the delta method.
        assertThat(Outcome.of("experiment plan --effect 0.01 --outcome clicks/views --data " + past)
                        .out())
                .startsWith("\"clicks/views\" of 500 users: 0.3500, deviation of a user 0.04262\n")
                .isEqualTo(Outcome.of("experiment plan --effect 0.01 --outcome clicks/views --unit user --data " + past)
                        .out());
        assertThat(Outcome.of("experiment plan --effect 0.05 --outcome paid --data " + past)
                        .out())
                .isEqualTo("\"paid\" of 500 users: 0.2000\n\n"
                        + Outcome.of("experiment plan --effect 0.05 --baseline 0.2")
                                .out());
        assertThat(Outcome.of("experiment plan --effect 0.05").err())
                .startsWith("either --baseline is needed, with --deviation for a mean, or --data with --outcome\n");
        assertThat(Outcome.of("experiment plan --effect 0.05 --outcome x --data " + past))
                .satisfies(refused -> assertThat(refused.exitCode()).isOne())
                .satisfies(refused -> assertThat(refused.err()).contains("there is no column \"x\""));
    }

    @Test
    void procedureIsSimulatedOnOwnUsers() {
        Outcome outcome =
                Outcome.of("experiment simulate --effect 0.06 --planned-users 2000 --experiments 40 --looks 10"
                        + " --data " + users);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("without an effect, probability used")
                .contains("40 experiments of 2,000 users, each looked at 10 times.");
    }

    @Test
    void clustersAreSimulated() {
        String words =
                "experiment simulate --effect 0.06 --planned-users 2000 --experiments 40 --looks 10 --data " + users;

        // Clusters of forty users that are all but alike hold hardly more than 50 users.
        assertThat(better(Outcome.of(words))).isGreaterThan(50);
        assertThat(better(Outcome.of(words + " --cluster-size 40 --correlation 0.9")))
                .isLessThan(40);
        assertThat(Outcome.of(words + " --cluster-size 0"))
                .isEqualTo(new Outcome(
                        1,
                        "",
                        "clusters of 0 users with a correlation of 0.0 cannot be; a size is at least 1, and a correlation"
                                + " from 0 to 1\n"));
    }

    /** The share of experiments that one look at the end would have shown to be better, in percent. */
    private static double better(Outcome outcome) {
        String line = outcome.out()
                .lines()
                .filter(of -> of.startsWith("  with the effect  "))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(line.split(" %", -1)[3].strip());
    }

    @Test
    void fileIsCheckedSealedAndAssignedBy() throws IOException {
        String digest = "sha256:" + "0".repeat(64);
        Path draft = Files.writeString(folder.resolve("draft.json"), """
                {"format":"conversion-experiment","format_version":1,"name":"annual-offer","version":"1","unit":"user",
                 "salt":"annual-2026","layer":{"name":"offers","salt":"offers-layer","share":0.4},"control":"today",
                 "arms":[{"name":"today","share":0.5,"policy":{"name":"offers","version":"1","digest":"DIGEST"}},
                         {"name":"annual","share":0.5,"policy":{"name":"offers","version":"2","digest":"DIGEST"}}],
                 "start":"2026-12-01T00:00:00Z","end":"2027-02-01T00:00:00Z",
                 "primary":{"name":"converted","kind":"proportion"},
                 "planned_users":40000,"false_positives":0.05,"false_negatives":0.2,"smallest_effect":0.01}""".replace("DIGEST", digest));
        Path sealed = folder.resolve("sealed.json");

        Outcome checked = Outcome.of("experiment check " + draft + " --seal " + sealed);

        assertThat(checked.err()).isEmpty();
        assertThat(checked.out())
                .startsWith("experiment \"annual-offer\" 1 is sound\n")
                .contains("40.0 % of layer offers");
        assertThat(Experiment.load(sealed).reference())
                .isEqualTo(Experiment.load(draft).reference());

        Path assigned = folder.resolve("assigned.csv");
        Outcome outcome = Outcome.of(
                "experiment assign --key id --experiment " + sealed + " --data " + users + " --out " + assigned);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("outside layer");
        Experiment experiment = Experiment.load(sealed);
        assertThat(Files.readAllLines(assigned).get(1))
                .startsWith(
                        "0," + experiment.unit("u0") + "," + experiment.layer().draw("u0") + ",");
        Outcome broken = Outcome.of("experiment check "
                + Files.writeString(
                        folder.resolve("broken.json"),
                        Files.readString(draft)
                                .replace(
                                        "\"share\":0.5,\"policy\":{\"name\":\"offers\",\"version\":\"2\"",
                                        "\"share\":0.6,\"policy\":{\"name\":\"offers\",\"version\":\"2\"")));
        assertThat(broken.err())
                .isEqualTo("broken.json: /arms is shares that sum to 1.1; expected shares that sum to 1\n");
    }

    /** From users to decisions, their replay, and the read-out of what they did afterwards. */
    @Test
    void experimentIsDecidedReplayedAndReadOut() throws IOException {
        Path model = Trial.saveModel(folder.resolve("model.json"));
        Policy today = Trial.offers("1", 0.9);
        Policy next = Trial.offers("2", 0.1);
        today.save(folder.resolve("today.json"));
        next.save(folder.resolve("next.json"));
        Experiment experiment = Experiment.builder("offer", "1", "offer-1")
                .arm("today", 0.5, today.reference())
                .arm("next", 0.5, next.reference())
                .running(Instant.parse("2026-12-01T00:00:00Z"), Instant.parse("2027-02-01T00:00:00Z"))
                .criteria(ExperimentCriteria.of(3000, 0.02))
                .build();
        experiment.write(folder.resolve("offer.json"));
        Random random = new Random(3);
        StringBuilder rows = new StringBuilder("id,logit\n");
        StringBuilder outcomes = new StringBuilder("key,moment,metric,value\n");
        for (int user = 0; user < 3000; user++) {
            double logit = random.nextGaussian();
            rows.append(String.format(Locale.ROOT, "u%d,%.3f%n", user, logit));
            boolean offered = experiment.arm(experiment.draw("u" + user)).name().equals("next");
            if (random.nextDouble() < 1 / (1 + Math.exp(-logit)) * 0.8 + (offered ? 0.15 : 0)) {
                outcomes.append("u").append(user).append(",2026-12-26T00:00:00Z,converted,1\n");
            }
        }
        outcomes.append("u0,2027-01-31T00:00:00Z,converted,1\n");
        Path data = Files.writeString(folder.resolve("logits.csv"), rows);
        Path happened = Files.writeString(folder.resolve("outcomes.csv"), outcomes);
        String files = " --experiment " + folder.resolve("offer.json") + " --arm-policy " + folder.resolve("next.json")
                + " --policy " + folder.resolve("today.json") + " --model " + model;
        Path records = folder.resolve("records.jsonl");

        Outcome decided = Outcome.of(
                "decide --key id --moment 2026-12-24T00:00:00Z --data " + data + " --out " + records + files);
        Outcome replayed = Outcome.of("replay --records " + records + files);
        Outcome read =
                Outcome.of("experiment readout --experiment " + folder.resolve("offer.json") + " --decisions " + records
                        + " --as-of 2027-02-01T00:00:00Z --outcomes " + happened + " --out " + folder.resolve("offer"));

        assertThat(decided.err()).isEmpty();
        assertThat(decided.out()).contains("next: offer").contains("today: wait");
        assertThat(replayed.err()).isEmpty();
        assertThat(replayed.out()).contains("verified    3,000");
        assertThat(read.err()).isEmpty();
        assertThat(read.out())
                .startsWith("Act: arm \"next\" changes \"converted\" by ")
                .contains("late_outcomes: 1 of ");
        assertThat(Files.readString(folder.resolve("offer/readout.json")))
                .contains(
                        experiment.reference().digest(),
                        today.reference().digest(),
                        next.reference().digest());
    }
}
