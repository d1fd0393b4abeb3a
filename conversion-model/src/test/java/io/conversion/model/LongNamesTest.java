package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.DataSet;
import io.conversion.model.lifecycle.CsvEventLog;
import io.conversion.model.lifecycle.EventLog;
import io.conversion.model.lifecycle.HorizonUsers;
import io.conversion.model.signals.SignalValidation;
import io.conversion.model.signals.ValidationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages show the beginning of a name, however long it is. */
class LongNamesTest {

    private static final String NAME = "n".repeat(490);
    private static final LocalDate DAY = LocalDate.of(2024, 1, 1);

    @TempDir
    private Path folder;

    @Test
    void noMessageHoldsAWholeName() throws IOException {
        Path users = file("users.csv", NAME + "," + NAME + "1\n1,1\n2,0\n3,\n");
        Path log = file("log.csv", "user,day," + NAME + "\n" + NAME + ",2024-01-01,\n");
        SignalSchema schema = SignalSchema.of("s", "1", Signal.numeric(NAME));
        SignalSchema flags = SignalSchema.of("s", "1", Signal.flag(NAME));
        SignalSchema other = SignalSchema.of("s", "1", Signal.flag("user"), Signal.flag(NAME), Signal.flag(NAME + "2"));
        CsvDataSet.Options read = CsvDataSet.label(NAME + "1");
        DataSet data = DataSet.builder(flags, List.of(NAME + "a"))
                .add(Map.of(NAME, true), Map.of(NAME + "a", "2024-02-30"), true)
                .add(Map.of(NAME, false), Map.of(NAME + "a", "2024-02-30"), false)
                .build(NAME + "1");
        Map<String, ThrowingCallable> faults = new LinkedHashMap<>();
        faults.put("label is missing", () -> CsvDataSet.read(users, read));
        faults.put("no label", () -> CsvDataSet.read(users, CsvDataSet.label(NAME + "2")));
        faults.put("excluded label", () -> CsvDataSet.read(users, read.exclude(NAME + "1")));
        faults.put(
                "excluded signal",
                () -> CsvDataSet.read(users, read.schema(schema).exclude(NAME)));
        faults.put(
                "no column", () -> CsvDataSet.read(log, CsvDataSet.label("day").schema(other)));
        faults.put("bad cells", () -> CsvDataSet.read(users, read.schema(flags)));
        faults.put("no signal", () -> data.numbers(NAME + "2"));
        faults.put("not numeric", () -> data.numbers(NAME));
        faults.put("no attribute", () -> data.attribute(NAME + "2"));
        faults.put("no such day", () -> data.splitAt(NAME + "a", DAY));
        faults.put(
                "no cohort",
                () -> SignalValidation.of(data, ValidationOptions.defaults().cohort(NAME + "a")));
        faults.put(
                "available",
                () -> SignalValidation.of(
                        data,
                        ValidationOptions.defaults()
                                .availableOn(Map.of(NAME + "2", 1))
                                .predictionDay(3)));
        faults.put(
                "no column of days",
                () -> CsvEventLog.of(log, log, log)
                        .days(NAME + "2", "day", "day")
                        .read());
        faults.put(
                "no kinds",
                () -> CsvEventLog.of(log, log, log)
                        .kind(NAME)
                        .observedUntil(DAY)
                        .read());
        faults.put(
                "not a day",
                () -> CsvEventLog.of(log, log, log).days(NAME, "day", "day").read());
        faults.put("attributes", () -> EventLog.builder(NAME, NAME + 1).signup(NAME, DAY));
        faults.put("amount", () -> EventLog.builder().signup(NAME, DAY).event(NAME, DAY, "k", Double.NaN));
        faults.put("unknown user", () -> EventLog.builder().purchase(NAME, DAY));
        faults.put(
                "far day",
                () -> EventLog.builder()
                        .signup(NAME, DAY)
                        .event(NAME, DAY, "k")
                        .purchase(NAME, LocalDate.of(9999, 12, 31))
                        .build());
        faults.put("levels", () -> HorizonUsers.of(manyLevels(), 0, 1));

        faults.forEach((what, fault) -> {
            Throwable thrown = catchThrowable(fault);
            assertThat(thrown).as(what).isNotNull();
            assertThat(thrown.getMessage())
                    .as(what)
                    .contains("nnnnnnnnnn")
                    .doesNotContain("n".repeat(81))
                    .hasSizeLessThan(1_500);
        });
    }

    private static EventLog manyLevels() {
        EventLog.Builder log = EventLog.builder(NAME);
        for (int i = 0; i < 300; i++) {
            log.signup("u" + i, DAY, "level " + i);
        }
        return log.build(DAY.plusDays(9));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
