package io.conversion.experiments.data;

import io.conversion.core.json.ArtifactText;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of a user, as people write it: a column, or a name and how it is made of the rows of a user. Immutable and
 * safe to share between threads.
 *
 * <pre>
 * converted                                        the column; the sum over the rows of a user
 * clicks_per_view=clicks/views                     the ratio of two sums over users
 * revenue=sum(amount)                              sum, mean, any (1 if one row is above 0) of a column
 * rebills=count(type=REBILL)                       rows with a text in a column
 * refunds=sum(amount where type=REFUND)            of those rows only
 * </pre>
 *
 * @param name what the metric is called
 * @param numerator how it is made
 * @param denominator how what divides is made; null unless it is a ratio
 */
public record Outcome(String name, Part numerator, @Nullable Part denominator) {

    private static final Pattern CALL = Pattern.compile("(sum|mean|any|count)\\((.*)\\)", Pattern.DOTALL);
    private static final Pattern WHERE = Pattern.compile("(.*) where (.*?)=(.*)", Pattern.DOTALL);

    /** How the rows of a user become one number. */
    public enum Way {
        /** The sum of the numbers. */
        SUM,
        /** The mean of the numbers. */
        MEAN,
        /** 1 if a number is above 0, else 0. */
        ANY,
        /** How many rows there are. */
        COUNT
    }

    /**
     * One number of a user.
     *
     * @param way how rows become one number
     * @param column the column of the numbers; null where rows are counted
     * @param where the column that must have the text; null if all rows count
     * @param text the text; empty if all rows count
     */
    public record Part(
            Way way, @Nullable String column, @Nullable String where, String text) {

        /** What the column of the made table is called. */
        String label() {
            String of = column == null
                    ? where + "=" + text
                    : where == null ? column : column + " where " + where + "=" + text;
            if (way == Way.SUM && column != null && where == null) {
                return column;
            }
            return way.name().toLowerCase(Locale.ROOT) + "(" + of + ")";
        }

        List<String> columns() {
            return where == null
                    ? List.of(String.valueOf(column))
                    : column == null ? List.of(where) : List.of(column, where);
        }
    }

    /**
     * Reads what people write.
     *
     * @param written a column, or {@code NAME=HOW}
     * @param columns the columns that there are: a text that is one of them is that column
     * @return the outcome
     * @throws IllegalArgumentException if it cannot be understood, with what can
     */
    public static Outcome parse(String written, List<String> columns) {
        if (columns.contains(written)) {
            return new Outcome(written, plain(written), null);
        }
        int equals = written.indexOf('=');
        String how = equals < 0 ? written : written.substring(equals + 1);
        String name = equals < 0 ? written : written.substring(0, equals).strip();
        if (name.isEmpty() || how.isBlank()) {
            throw new IllegalArgumentException(
                    "outcome " + ArtifactText.quoted(written) + " is neither a column nor NAME=HOW");
        }
        int slash = columns.contains(how.strip()) ? -1 : slash(how);
        return slash < 0
                ? new Outcome(name, part(how.strip()), null)
                : new Outcome(
                        name,
                        part(how.substring(0, slash).strip()),
                        part(how.substring(slash + 1).strip()));
    }

    /** The slash that divides: outside of parentheses. */
    private static int slash(String how) {
        int depth = 0;
        for (int i = 0; i < how.length(); i++) {
            char c = how.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == '/' && depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static Part part(String how) {
        Matcher call = CALL.matcher(how);
        if (!call.matches()) {
            return plain(how);
        }
        Way way = Way.valueOf(call.group(1).toUpperCase(Locale.ROOT));
        String of = call.group(2).strip();
        if (way == Way.COUNT || (way == Way.ANY && of.contains("=") && !of.contains(" where "))) {
            int equals = of.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(ArtifactText.quoted(how) + " counts rows; write count(COLUMN=TEXT)");
            }
            return new Part(
                    way,
                    null,
                    of.substring(0, equals).strip(),
                    of.substring(equals + 1).strip());
        }
        Matcher where = WHERE.matcher(of);
        return where.matches()
                ? new Part(
                        way,
                        where.group(1).strip(),
                        where.group(2).strip(),
                        where.group(3).strip())
                : new Part(way, of, null, "");
    }

    private static Part plain(String column) {
        return new Part(Way.SUM, column, null, "");
    }

    List<Part> parts() {
        return denominator == null ? List.of(numerator) : List.of(numerator, denominator);
    }
}
