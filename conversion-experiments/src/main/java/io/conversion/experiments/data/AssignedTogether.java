package io.conversion.experiments.data;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks whether rows are really what was assigned: where all rows that have the same text in a column, such as a shop, are in
 * the same arm, though there are many such groups, the groups were assigned and not the rows.
 */
final class AssignedTogether {

    /** Groups that chance puts into one arm each this rarely, as a logarithm, were not put there by chance. */
    private static final double NO_CHANCE = Math.log(1e-6);

    /** Fewer groups for each arm are rather another name of the arm. */
    private static final int LEAST_GROUPS = 5;

    private final List<Column> columns = new ArrayList<>();
    private final Map<Integer, Long> rowsOfArms = new HashMap<>();
    private long rows;

    AssignedTogether(List<String> names) {
        names.forEach(name -> columns.add(new Column(name)));
    }

    void add(List<String> cells, int arm) {
        rows++;
        rowsOfArms.merge(arm, 1L, Long::sum);
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).add(cells.get(i), arm);
        }
    }

    Optional<Finding> finding() {
        double largest =
                rowsOfArms.values().stream().mapToLong(Long::longValue).max().orElse(0);
        double logShare = Math.log(largest / rows);
        return columns.stream()
                .filter(column -> !column.mixed
                        && column.groups.size() >= LEAST_GROUPS * rowsOfArms.size()
                        && column.repeated() * logShare < NO_CHANCE)
                .findFirst()
                .map(column -> new Finding(
                        "rows_are_not_users",
                        Finding.Severity.REFUSES,
                        "all rows with the same " + ArtifactText.quoted(column.name) + " are in the same arm ("
                                + column.groups.size() + " of them in " + rows
                                + " rows), so that it was assigned and not the rows: name the column as the cluster, "
                                + "or as the unit to put its rows together"));
    }

    /** The groups of a column, until two rows of a group are in two arms. */
    private static final class Column {

        private final String name;
        private final Map<String, Integer> groups = new HashMap<>();
        private long count;
        private boolean mixed;

        Column(String name) {
            this.name = name;
        }

        void add(String text, int arm) {
            if (mixed || text.isEmpty()) {
                return;
            }
            count++;
            Integer known = groups.putIfAbsent(text, arm);
            if (known != null && known != arm) {
                mixed = true;
                groups.clear();
            }
        }

        /** Rows that could have been in another arm than the first of their group. */
        long repeated() {
            return count - groups.size();
        }
    }
}
