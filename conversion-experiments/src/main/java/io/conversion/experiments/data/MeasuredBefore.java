package io.conversion.experiments.data;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.Finding;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the covariates of a row were measured when its user was assigned, at the latest. Not for several threads. */
final class MeasuredBefore {

    /** More rows than this share of all, and the columns are no covariates. */
    private static final double MOST_LATER = 0.01;

    private final List<String> columns;
    private long rows;
    private long later;
    private long unknown;

    /** Nothing is looked at without columns. */
    MeasuredBefore(@Nullable String assigned, @Nullable String measured) {
        columns = assigned == null || measured == null ? List.of() : List.of(assigned, measured);
    }

    /** The columns of the assignment and of the measurement. */
    List<String> columns() {
        return columns;
    }

    /** Whether the covariates of a row may be used; what is no moment is a problem. */
    boolean holds(List<String> cells, int first, long line, Consumer<String> problem) {
        if (columns.isEmpty()) {
            return true;
        }
        rows++;
        Instant assigned = moment(cells.get(first), columns.get(0), line, problem);
        Instant measured = moment(cells.get(first + 1), columns.get(1), line, problem);
        if (assigned == null || measured == null) {
            unknown++;
            return false;
        }
        later += measured.isAfter(assigned) ? 1 : 0;
        return !measured.isAfter(assigned);
    }

    private static @Nullable Instant moment(String text, String column, long line, Consumer<String> problem) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return text.length() > 10
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            problem.accept("line " + line + ": " + ArtifactText.quoted(text) + " in column "
                    + ArtifactText.quoted(column)
                    + " is neither a moment with a zone such as 2026-12-24T18:00:00Z nor a day such as 2026-12-24");
            return null;
        }
    }

    /** What was left out; empty if nothing was. */
    Optional<Finding> finding(List<String> covariates) {
        if (later + unknown == 0) {
            return Optional.empty();
        }
        String names = covariates.stream().map(ArtifactText::quoted).collect(Collectors.joining(", "));
        String found = Stream.of(
                        later == 0 ? "" : later + " after the assignment",
                        unknown == 0 ? "" : unknown + " at a time that is not known")
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" and "));
        boolean refuses = later > MOST_LATER * rows;
        return Optional.of(new Finding(
                "covariate_after_assignment",
                refuses ? Finding.Severity.REFUSES : Finding.Severity.WARNS,
                "of " + rows + " rows " + found + " were measured, so that " + names
                        + (refuses
                                ? " may be what the treatment did; name covariates that were known before, or none"
                                : " of these rows are left out")));
    }
}
