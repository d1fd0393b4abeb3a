package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same users, spelt as various programs write CSV files, give the same model. */
class WorkbenchCsvTest {

    @TempDir
    static Path folder;

    private static String text;
    private static ConversionModel plain;

    @BeforeAll
    static void trainOnPlainFile() throws IOException {
        Path generated = folder.resolve("generated.csv");
        Outcome.of("generate --users", 300, "--out", generated);
        // The first user's hours and the second user's tier are missing.
        text = Files.readString(generated)
                .replaceFirst("(\n\\d+,\\d+,)[0-9.]+,", "$1,")
                .replaceFirst("(\n.*\n.*,)tier_\\d,", "$1,");
        plain = train("plain", text);
    }

    static Stream<Named<UnaryOperator<String>>> spellings() {
        return Stream.of(
                Named.of("semicolons", csv -> csv.replace(',', ';')),
                Named.of("quoted names and values", csv -> csv.replaceAll("[^,\\n]+", "\"$0\"")),
                Named.of(
                        "quotes and semicolons",
                        csv -> csv.replaceAll("[^,\\n]+", "\"$0\"").replace(',', ';')),
                Named.of("Windows line ends", csv -> csv.replace("\n", "\r\n")),
                Named.of("a byte order mark", csv -> "\uFEFF" + csv),
                Named.of("no final line feed", String::stripTrailing),
                Named.of("an empty last line", csv -> csv + "\n"),
                Named.of("blanks for empty cells", csv -> csv.replace(",,", ",  ,")),
                Named.of("blanks around values", csv -> csv.replace(",", " , ")));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void spellingDoesNotMatter(UnaryOperator<String> spelling) throws IOException {
        String respelt = spelling.apply(text);

        ConversionModel model = train("respelt", respelt);

        assertThat(respelt).isNotEqualTo(text);
        assertThat(model.shapes()).isEqualTo(plain.shapes());
        assertThat(model.intercept()).isEqualTo(plain.intercept());
        assertThat(model.schema().digest()).isEqualTo(plain.schema().digest());
        assertThat(model.training().map(training -> training.data().digest()))
                .isEqualTo(plain.training().map(training -> training.data().digest()));
    }

    @Test
    void aNameWithACommaIsGivenInQuotes() throws IOException {
        Path file = Files.writeString(
                folder.resolve("comma.csv"), text.replace(',', ';').replace("downloads_7d", "downloads, 7 days"));

        Outcome outcome = Outcome.of(
                Outcome.TRAIN,
                "--data",
                file,
                "--exclude",
                "\"downloads, 7 days\", sessions_7d",
                "--out",
                folder.resolve("comma"));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("columns excluded  downloads, 7 days, sessions_7d\n");
    }

    private static ConversionModel train(String name, String csv) throws IOException {
        Path file =
                Files.writeString(Files.createDirectories(folder.resolve(name)).resolve("users.csv"), csv);
        Path out = folder.resolve(name).resolve("model");
        Outcome outcome = Outcome.of(Outcome.TRAIN, "--data", file, "--out", out);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("signals imputed   content_hours_7d, country_tier\n");
        return ConversionModel.load(out.resolve("model.json"));
    }
}
