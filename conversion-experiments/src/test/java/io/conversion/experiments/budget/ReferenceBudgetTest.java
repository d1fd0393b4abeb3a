package io.conversion.experiments.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Letters before an election (Gerber, Green and Larimer, 2008), four kinds of them under a budget, against what a greedy
 * knapsack in numpy, checked by scipy's {@code linprog}, and IPW and AIPW scores with households as clusters made of the same
 * rows. The predicted gains are computed here from the rows, by the coefficients that the reference prints of its fits.
 */
class ReferenceBudgetTest {

    private static final List<String> ARMS = List.of("Civic Duty", "Hawthorne", "Self", "Neighbors");
    private static final Offset<Double> CLOSE = within(1e-9);

    private final List<double[]> training = new ArrayList<>();
    private final List<double[]> heldOut = new ArrayList<>();

    @Test
    void socialPressure() throws IOException {
        JsonNode reference = JsonMapper.shared().readTree(file("conversion.reference", "budget_social_pressure.json"));
        read(file("conversion.data", "social_pressure.csv.gz"));
        standardise(1);
        standardise(7);
        double[] control = probabilities(reference.at("/coefficients/control"));
        double[][] treated = ARMS.stream()
                .map(arm -> probabilities(reference.at("/coefficients/" + arm)))
                .toArray(double[][]::new);
        BudgetPath path =
                BudgetPath.of(ActionGains.of(ARMS, new double[] {0.3, 0.3, 0.35, 0.6}, gains(control, treated)));
        RandomisedUsers weighted = RandomisedUsers.of(
                        heldOut.stream().mapToInt(row -> (int) row[8]).toArray(),
                        heldOut.stream().mapToDouble(row -> row[9]).toArray(),
                        5.0 / 9,
                        1.0 / 9,
                        1.0 / 9,
                        1.0 / 9,
                        1.0 / 9)
                .clusters(heldOut.stream().mapToInt(row -> (int) row[10]).toArray());

        assertThat(path.steps()).isEqualTo(reference.at("/increments").asInt());
        assertThat(path.mostSpend())
                .isEqualTo(reference.at("/budget_where_all_positive_spent").asDouble(), CLOSE);
        for (JsonNode expected : reference.at("/budgets")) {
            assertPoint(path, expected);
            double budget = expected.at("/budget").asDouble();
            assertGain(weighted.gain(path, budget), expected.at("/ipw"));
            assertGain(weighted.predicted(control, treated).gain(path, budget), expected.at("/aipw"));
        }
    }

    private static void assertPoint(BudgetPath path, JsonNode expected) {
        BudgetPoint point = path.at(expected.at("/budget").asDouble());

        assertThat(point.spend()).isEqualTo(expected.at("/spent").asDouble(), CLOSE);
        assertThat(point.gain()).isEqualTo(expected.at("/predicted_gain").asDouble(), CLOSE);
        assertThat(point.nothing()).isEqualTo(expected.at("/units_per_arm/none").asLong());
        for (int arm = 0; arm < ARMS.size(); arm++) {
            assertThat(point.users().get(arm))
                    .isEqualTo(expected.at("/units_per_arm/" + ARMS.get(arm)).asLong());
        }
        JsonNode partial = expected.at("/fractional");
        assertThat(point.partial().isPresent()).isEqualTo(partial.isObject());
        point.partial().ifPresent(step -> {
            assertThat(step.row()).isEqualTo(partial.at("/holdout_position").asInt());
            assertThat(step.from())
                    .isEqualTo(ARMS.indexOf(partial.at("/from_arm").asString("")));
            assertThat(step.to()).isEqualTo(ARMS.indexOf(partial.at("/to_arm").asString("")));
            // Of one user in 69,000: the reference adds up without keeping what it rounds away, and is off by 1e-8
            // here.
            assertThat(point.share()).isEqualTo(partial.at("/share").asDouble(), within(1e-6));
        });
    }

    private static void assertGain(SpendGain gain, JsonNode expected) {
        assertThat(gain).isInstanceOfSatisfying(SpendGain.Measured.class, measured -> {
            assertThat(measured.gain()).isEqualTo(expected.at("/gain").asDouble(), CLOSE);
            assertThat(measured.standardError()).isEqualTo(expected.at("/se").asDouble(), CLOSE);
            assertThat(measured.difference().fixed(0.05).lower())
                    .isEqualTo(expected.at("/ci95/0").asDouble(), CLOSE);
        });
    }

    /** Eight columns of the design, the number of the letter, the outcome and the household. */
    private void read(Path file) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<String> names = List.of(lines.readLine().replace("\"", "").split(",", -1));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.replace("\"", "").split(",", -1);
                double household = Double.parseDouble(cells[names.indexOf("hh_id")]);
                double[] row = {
                    cells[names.indexOf("sex")].equals("male") ? 1 : 0,
                    Double.parseDouble(cells[names.indexOf("yob")]),
                    yes(cells[names.indexOf("g2000")]),
                    yes(cells[names.indexOf("g2002")]),
                    yes(cells[names.indexOf("p2000")]),
                    yes(cells[names.indexOf("p2002")]),
                    yes(cells[names.indexOf("p2004")]),
                    Double.parseDouble(cells[names.indexOf("hh_size")]),
                    ARMS.indexOf(cells[names.indexOf("treatment")].strip()),
                    yes(cells[names.indexOf("voted")]),
                    // Two households have numbers that end on a half.
                    2 * household
                };
                (Math.floor(household) % 5 == 4 ? heldOut : training).add(row);
            }
        }
    }

    private static double yes(String cell) {
        return cell.strip().equalsIgnoreCase("yes") ? 1 : 0;
    }

    /** By mean and population deviation of the training rows. */
    private void standardise(int column) {
        double mean =
                training.stream().mapToDouble(row -> row[column]).average().orElseThrow();
        double deviation = Math.sqrt(training.stream()
                .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
                .average()
                .orElseThrow());
        heldOut.forEach(row -> row[column] = (row[column] - mean) / deviation);
    }

    private double[] probabilities(JsonNode coefficients) {
        return heldOut.stream()
                .mapToDouble(row -> {
                    double logOdds = coefficients.at("/intercept").asDouble();
                    for (int i = 0; i < 8; i++) {
                        logOdds += coefficients.at("/weights/" + i).asDouble() * row[i];
                    }
                    return 1 / (1 + Math.exp(-logOdds));
                })
                .toArray();
    }

    private static double[][] gains(double[] control, double[][] treated) {
        double[][] gains = new double[treated.length][control.length];
        for (int arm = 0; arm < treated.length; arm++) {
            for (int row = 0; row < control.length; row++) {
                gains[arm][row] = treated[arm][row] - control[row];
            }
        }
        return gains;
    }

    private static Path file(String property, String name) {
        String folder = System.getProperty(property);
        assumeThat(folder).as("-D%s", property).isNotNull();
        Path file = Path.of(Objects.requireNonNull(folder), name);
        assumeThat(file).exists();
        return file;
    }
}
