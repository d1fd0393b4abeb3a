package io.conversion.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DayRangeTest {

    private static final LocalDate FIRST = LocalDate.of(2023, 11, 5);
    private static final LocalDate LAST = LocalDate.of(2024, 4, 15);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2924-03-01", "2204-03-01", "2124-02-29", "9999-12-31", "9999-01-01", "2099-12-31", "2034-03-01",
                "2262-04-11", "2038-01-19", "1924-03-01", "1900-01-01", "1970-01-01", "1899-12-30", "0001-01-01",
                "1204-03-01", "2001-01-01", "2027-03-01"
            })
    void slipsAndSentinelsAreOutsideHoweverOftenTheyAre(LocalDate day) {
        for (long rows : new long[] {1, 160}) {
            Map<LocalDate, Long> days = days();
            days.put(day, rows);

            assertThat(DayRange.of(days)).isEqualTo(new DayRange(FIRST, LAST));
        }
    }

    @Test
    void moreRowsThanAllOthersMayHaveASentinel() {
        Map<LocalDate, Long> days = days();
        days.put(LocalDate.of(9999, 12, 31), 1_000_000L);
        days.put(LocalDate.of(1970, 1, 1), 1_000_000L);

        assertThat(DayRange.of(days)).isEqualTo(new DayRange(FIRST, LAST));
    }

    @ParameterizedTest
    @CsvSource(
            useHeadersInDisplayName = true,
            value = {
                "day,        within",
                "2024-04-16, true",
                // A year after the last day.
                "2025-04-16, true",
                "2025-04-17, false",
                "2022-11-04, true",
                // Earlier users stretch nothing, and may have been the first.
                "2016-05-01, true",
                "2011-05-01, false"
            })
    void aDayNearOthersIsOneOfThem(LocalDate day, boolean within) {
        Map<LocalDate, Long> days = days();
        days.put(day, 1L);

        assertThat(DayRange.of(days).contains(day)).isEqualTo(within);
    }

    @Test
    void aTableOfManyYearsMayHaveGapsOfYears() {
        Map<LocalDate, Long> days = new HashMap<>();
        for (int month = 0; month < 72; month++) {
            days.put(LocalDate.of(2010, 1, 1).plusMonths(month), 3L);
        }
        days.put(LocalDate.of(2020, 6, 1), 1L);

        assertThat(DayRange.of(days).last()).isEqualTo("2020-06-01");

        days.put(LocalDate.of(2034, 6, 1), 1L);

        assertThat(DayRange.of(days).last()).isEqualTo("2020-06-01");
    }

    @Test
    void daysThatAreNothingButSentinelsAreKept() {
        assertThat(DayRange.of(Map.of(LocalDate.of(1970, 1, 1), 5L)).contains(LocalDate.of(1970, 1, 1)))
                .isTrue();
        assertThatThrownBy(() -> DayRange.of(Map.of())).hasMessage("there are no days; give at least one");
    }

    private static Map<LocalDate, Long> days() {
        Map<LocalDate, Long> days = new HashMap<>();
        for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            days.put(day, 1L);
        }
        return days;
    }
}
