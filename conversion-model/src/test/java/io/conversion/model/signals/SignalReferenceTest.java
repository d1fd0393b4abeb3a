package io.conversion.model.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every signal of four data sets against results of scikit-learn 1.2.1 and NumPy. The data lie outside the repository. The tolerance
 * is 1e-9; edges and counts are exact.
 */
class SignalReferenceTest {

    private static final Offset<Double> TOLERANCE = within(1e-9);

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    DATA,                                  REFERENCE,               SIGNALS
                    highnote_freemium.csv,                 highnote_freemium.json,  14
                    online_shoppers_intention.csv,         shoppers.json,           17
                    telco_churn.csv,                       telco.json,              19
                    original_synthetic_user_conversion.csv, original_synthetic.json, 6
                    """)
    void signalsOfTheTrainingRowsAgreeWithTheReference(String data, String file, int signals) throws IOException {
        JsonNode reference = JsonMapper.shared().readTree(Files.readString(existing("conversion.reference", file)));
        DataSet training = read(existing("conversion.data", data), reference).training();

        SignalValidation validation = SignalValidation.of(training);

        assertThat(validation.signals()).hasSize(signals);
        assertThat(validation.rows()).isEqualTo(reference.get("n_train").intValue());
        assertThat(validation.positives())
                .isEqualTo(reference.get("positives_train").intValue());
        for (JsonNode expected : reference.get("signals")) {
            assertAgrees(validation.signal(expected.get("signal").stringValue()), expected);
        }
    }

    private static void assertAgrees(SignalReport report, JsonNode expected) {
        String name = report.signal();
        PredictiveStrength strength = report.strength();
        assertThat(report.missing())
                .as(name)
                .isEqualTo(expected.get("n_missing").intValue());
        assertThat(strength.auc().orElseThrow().value())
                .as(name)
                .isCloseTo(expected.get("auc").doubleValue(), TOLERANCE);
        assertThat(strength.auc().orElseThrow().oriented().value())
                .as(name)
                .isCloseTo(expected.get("auc_oriented").doubleValue(), TOLERANCE);
        assertThat(strength.informationValue())
                .as(name)
                .isCloseTo(expected.get("iv_smoothed").doubleValue(), TOLERANCE);
        if (expected.get("iv_unsmoothed").isNull()) {
            assertThat(strength.unsmoothedInformationValue()).as(name).isEmpty();
        } else {
            assertThat(strength.unsmoothedInformationValue().orElseThrow())
                    .as(name)
                    .isCloseTo(expected.get("iv_unsmoothed").doubleValue(), TOLERANCE);
        }
        assertThat(strength.edges()).as(name).isEqualTo(edges(expected));
        Map<String, JsonNode> bins = bins(expected, strength);
        assertThat(bins.keySet())
                .as(name)
                .containsExactlyInAnyOrderElementsOf(
                        strength.table().stream().map(SignalBin::label).toList());
        for (SignalBin bin : strength.table()) {
            JsonNode other = Objects.requireNonNull(bins.get(bin.label()));
            assertThat(bin.rows()).as(name).isEqualTo(other.get("n").intValue());
            assertThat(bin.positives())
                    .as(name)
                    .isEqualTo(other.get("positives").intValue());
            assertThat(bin.weightOfEvidence())
                    .as(name)
                    .isCloseTo(other.get("woe").doubleValue(), TOLERANCE);
        }
    }

    private static List<Double> edges(JsonNode expected) {
        List<Double> edges = new ArrayList<>();
        if (expected.has("edges")) {
            expected.get("edges").forEach(edge -> edges.add(edge.doubleValue()));
        }
        return edges;
    }

    /** The bins of the reference by our labels: numbered ones in the order of the edges, flags in one spelling. */
    private static Map<String, JsonNode> bins(JsonNode expected, PredictiveStrength strength) {
        Map<String, JsonNode> bins = new HashMap<>();
        int numbered = 0;
        for (JsonNode bin : expected.get("bins")) {
            JsonNode name = bin.get("bin");
            if (name.isNumber()) {
                bins.put(strength.table().get(numbered++).label(), bin);
            } else {
                boolean flag = expected.get("kind").stringValue().equals("boolean");
                bins.put(flag ? flag(name.stringValue()) : name.stringValue(), bin);
            }
        }
        return bins;
    }

    private static String flag(String spelling) {
        return switch (spelling) {
            case "0" -> "false";
            case "1" -> "true";
            default -> spelling.toLowerCase(Locale.ROOT);
        };
    }

    /** The kinds are those of the reference; the file spells flags as 0 and 1, too. */
    private static DataSet read(Path data, JsonNode reference) throws IOException {
        List<Signal> signals = new ArrayList<>();
        for (JsonNode signal : reference.get("signals")) {
            String name = signal.get("signal").stringValue();
            signals.add(
                    switch (signal.get("kind").stringValue()) {
                        case "numeric" -> Signal.numeric(name).whenMissing(WhenMissing.IMPUTE);
                        case "boolean" -> Signal.flag(name).whenMissing(WhenMissing.IMPUTE);
                        default ->
                            Signal.categorical(name, texts(signal.get("bins"), "bin"))
                                    .whenUnseen(WhenUnseen.average())
                                    .whenMissing(WhenMissing.IMPUTE);
                    });
        }
        JsonNode ignored = reference.get("ignored_columns");
        return CsvDataSet.read(
                data,
                CsvDataSet.label(reference.get("label").stringValue())
                        .exclude(IntStream.range(0, ignored.size())
                                .mapToObj(i -> ignored.get(i).stringValue())
                                .toList())
                        .schema(SignalSchema.of("reference", "1", signals)));
    }

    private static List<String> texts(JsonNode list, String key) {
        List<String> texts = new ArrayList<>();
        list.forEach(node -> texts.add(node.get(key).stringValue()));
        return texts;
    }

    private static Path existing(String property, String file) {
        Path path = Path.of(System.getProperty(property, ""), file);
        assumeThat(path)
                .as("%s is needed; say where with -D%s=FOLDER", path, property)
                .isRegularFile();
        return path;
    }
}
