package io.conversion.model;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real labelled users, which lie outside the repository, and reference results on them. */
public enum RealUsers {
    ORIGINAL_SYNTHETIC("original_synthetic_user_conversion.csv", "original_synthetic.json", "converted", "", "", ""),
    SHOPPERS(
            "online_shoppers_intention.csv",
            "shoppers.json",
            "Revenue",
            "",
            "",
            "OperatingSystems,Browser,Region,TrafficType"),
    TELCO("telco_churn.csv", "telco.json", "Churn", "customerID", "SeniorCitizen", ""),
    HIGHNOTE_FREEMIUM("highnote_freemium.csv", "highnote_freemium.json", "adopter", "ID", "male,good_country", "");

    private final String file;
    private final String reference;
    private final String label;
    private final String excluded;
    private final String flags;
    private final String categories;

    RealUsers(String file, String reference, String label, String excluded, String flags, String categories) {
        this.file = file;
        this.reference = reference;
        this.label = label;
        this.excluded = excluded;
        this.flags = flags;
        this.categories = categories;
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    /** All users; the test is skipped without the data. */
    public DataSet read() throws IOException {
        Path path = Path.of(System.getProperty("conversion.data", ""), file);
        assumeThat(path)
                .as("%s is needed; say where with -Dconversion.data=FOLDER", path)
                .isRegularFile();
        CsvDataSet.Options options = CsvDataSet.label(label).exclude(list(excluded));
        List<Signal> signals = new ArrayList<>();
        for (Signal inferred : CsvDataSet.inferSchema(path, options).declared()) {
            String name = inferred.name();
            signals.add(
                    list(flags).contains(name)
                            ? Signal.flag(name)
                            : list(categories).contains(name)
                                    ? Signal.categorical(name, levels(path, name))
                                    : inferred instanceof CategoricalSignal levels
                                            ? levels.whenUnseen(WhenUnseen.average())
                                            : inferred);
        }
        return CsvDataSet.read(path, options.schema(SignalSchema.of(name(), "1", signals)));
    }

    /** Reference results; the test is skipped without them. */
    JsonNode reference() throws IOException {
        Path path = Path.of(System.getProperty("conversion.reference", ""), reference);
        assumeThat(path)
                .as("%s is needed; say where with -Dconversion.reference=FOLDER", path)
                .isRegularFile();
        return JsonMapper.shared().readTree(Files.readString(path));
    }

    private static List<String> levels(Path path, String column) throws IOException {
        List<String> lines = Files.readAllLines(path);
        int index = Arrays.asList(lines.get(0).split(",")).indexOf(column);
        TreeSet<String> levels = new TreeSet<>();
        lines.stream().skip(1).forEach(line -> levels.add(line.split(",", -1)[index].strip()));
        return List.copyOf(levels);
    }
}
