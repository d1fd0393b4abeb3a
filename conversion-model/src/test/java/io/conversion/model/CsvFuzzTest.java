package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.lifecycle.CsvEventLog;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * CSV of users and of events, changed at random from one seed by cells, rows, separators and encodings: it is read, or
 * refused by name and in few words. {@code -Dconversion.fuzz=100000} tries that many cases of each.
 */
class CsvFuzzTest {

    private static final int CASES = Integer.getInteger("conversion.fuzz", 400);

    /** What a cell may hold that nobody expects. */
    private static final List<String> ODD = List.of(
            "",
            " ",
            "NA",
            "2,5",
            "1.800,5",
            "1e400",
            "-0",
            "\u22124",
            "4\u00a0",
            "12%",
            "$3.5",
            "0x10",
            "\u0663",
            "-999",
            "9007199254740993",
            "2024-02-30",
            "2924-03-01",
            "9999-12-31",
            "+999999999-12-31",
            "2024-01-01T25:00:00Z",
            "1700000000000",
            "TRUE",
            "\"",
            "\"\"",
            "\"a,b\"",
            "\"two\nlines\"",
            "sep=;",
            "\u0000",
            "\u001b[31m",
            "x".repeat(20_000));

    private static final List<String> SEPARATORS = List.of(",", ";", "\t", "|", ",,", " ");

    private static final List<String> LINE_ENDS = List.of("\n", "\r\n", "\r", "\n\n");

    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16, StandardCharsets.ISO_8859_1);

    private static final String USERS = "hours,plan,invited,converted\n"
            + IntStream.range(0, 40)
                    .mapToObj(i ->
                            i * 0.5 + "," + List.of("month", "year", "none").get(i % 3) + "," + i % 2 + "," + i % 5 / 4)
                    .collect(Collectors.joining("\n"));

    private static final String SIGNUPS = "user,day,plan\na,2024-01-01,month\nb,2024-01-02,year\nc,2024-01-03,year";

    private static final String EVENTS = "user,day,kind,amount\na,2024-01-01,session,1\nb,2024-01-04,download,2.5\n"
            + "c,2024-01-05,session,\na,2024-01-09,session,4";

    private static final String PURCHASES = "user,day\na,2024-01-10\nc,2024-01-20";

    @TempDir
    private Path folder;

    private interface Reading {
        Object of(byte[] csv) throws IOException;
    }

    @Test
    void usersAreReadOrRefusedInWords() throws IOException {
        Path file = folder.resolve("users.csv");
        tryOut(USERS, csv -> CsvDataSet.read(Files.write(file, csv), CsvDataSet.label("converted")));
    }

    @Test
    void schemaOfUsersIsInferredOrRefusedInWords() throws IOException {
        Path file = folder.resolve("users.csv");
        tryOut(USERS, csv -> CsvDataSet.inferSchema(Files.write(file, csv), CsvDataSet.label("converted")));
    }

    @Test
    void signupsAreReadOrRefusedInWords() throws IOException {
        tryOut(
                SIGNUPS,
                csv -> log(csv, EVENTS.getBytes(StandardCharsets.UTF_8), PURCHASES.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void eventsAreReadOrRefusedInWords() throws IOException {
        tryOut(
                EVENTS,
                csv -> log(SIGNUPS.getBytes(StandardCharsets.UTF_8), csv, PURCHASES.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void purchasesAreReadOrRefusedInWords() throws IOException {
        tryOut(
                PURCHASES,
                csv -> log(SIGNUPS.getBytes(StandardCharsets.UTF_8), EVENTS.getBytes(StandardCharsets.UTF_8), csv));
    }

    private Object log(byte[] signups, byte[] events, byte[] purchases) throws IOException {
        return CsvEventLog.of(
                        Files.write(folder.resolve("signups.csv"), signups),
                        Files.write(folder.resolve("events.csv"), events),
                        Files.write(folder.resolve("purchases.csv"), purchases))
                .read();
    }

    private static void tryOut(String valid, Reading reading) throws IOException {
        Random random = new Random(valid.hashCode());
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] csv = mutant(valid, random);
            try {
                reading.of(csv);
            } catch (InvalidDataException e) {
                String message = String.valueOf(e.getMessage());
                assertThat(message.lines())
                        .isNotEmpty()
                        .allSatisfy(line -> assertThat(line).hasSizeLessThan(1_000));
                assertThat(message.chars().filter(c -> c != '\n')).noneMatch(Character::isISOControl);
                refused++;
            } catch (RuntimeException | StackOverflowError e) {
                // The case is given in a form that can be tried again.
                fail("case " + i + ": " + Base64.getEncoder().encodeToString(csv), e);
            }
        }
        assertThat(refused).isBetween(CASES / 10, CASES - 1);
        assertThat(reading.of(valid.getBytes(StandardCharsets.UTF_8))).isNotNull();
    }

    private static byte[] mutant(String csv, Random random) {
        String[][] cells = csv.lines().map(line -> line.split(",", -1)).toArray(String[][]::new);
        int changes = 1 + random.nextInt(3);
        String separator = ",";
        String lineEnd = "\n";
        for (int i = 0; i < changes; i++) {
            int row = random.nextInt(cells.length);
            int column = random.nextInt(cells[row].length);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> cells[row][column] = ODD.get(random.nextInt(ODD.size()));
                case 3 -> {
                    String odd = ODD.get(random.nextInt(ODD.size()));
                    for (String[] line : cells) {
                        line[Math.min(column, line.length - 1)] = odd;
                    }
                }
                case 4 -> cells[row] = Arrays.copyOf(cells[row], Math.max(1, column));
                case 5 -> separator = SEPARATORS.get(random.nextInt(SEPARATORS.size()));
                case 6 -> lineEnd = LINE_ENDS.get(random.nextInt(LINE_ENDS.size()));
                default -> cells[row] = cells[random.nextInt(cells.length)].clone();
            }
        }
        String by = separator;
        String text = Arrays.stream(cells).map(line -> String.join(by, line)).collect(Collectors.joining(lineEnd));
        Charset charset =
                random.nextInt(12) == 0 ? CHARSETS.get(random.nextInt(CHARSETS.size())) : StandardCharsets.UTF_8;
        byte[] bytes = text.getBytes(charset);
        return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }
}
