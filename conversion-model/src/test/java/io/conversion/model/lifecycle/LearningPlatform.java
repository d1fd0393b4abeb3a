package io.conversion.model.lifecycle;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The 365 data: registrations, lessons and purchases of a learning platform, outside the repository. */
final class LearningPlatform {

    private static @Nullable EventLog log;
    private static @Nullable IntentReport report;

    private LearningPlatform() {}

    /** The report with few resamples, measured once. */
    static synchronized IntentReport report() throws IOException {
        IntentHorizons horizons = IntentHorizons.defaults();
        IntentReport known = report;
        report = known == null
                ? horizons.settings(horizons.settings().resamples(100)).measure(read())
                : known;
        return report;
    }

    static synchronized EventLog read() throws IOException {
        EventLog known = log;
        log = known == null ? readFiles() : known;
        return log;
    }

    private static EventLog readFiles() throws IOException {
        Path data = Path.of(System.getProperty("conversion.data", ""));
        assumeThat(data.resolve("365_student_info.csv"))
                .as("%s is needed; say where with -Dconversion.data=FOLDER", data)
                .isRegularFile();
        return CsvEventLog.of(
                        data.resolve("365_student_info.csv"),
                        data.resolve("365_student_engagement.csv"),
                        data.resolve("365_student_purchases.csv"))
                .user("student_id")
                .days("date_registered", "date_watched", "date_purchased")
                .read();
    }
}
