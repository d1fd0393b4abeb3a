package io.conversion.workbench.models;

import io.conversion.model.data.DataSet;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;

/** How many rows were read, and how many of them converted. */
final class DataSetSummary {

    private DataSetSummary() {}

    static TextTable of(DataSet users) {
        DataSet.LabelColumn label = users.label();
        TextTable facts = new TextTable("ll").row("rows", Numbers.count(users.rows()));
        if (users.leftOutRows() > 0) {
            facts.row("left out", Numbers.count(users.leftOutRows(), "row") + " with bad cells");
        }
        return facts.row(
                "positives",
                Numbers.count(users.positives()) + " with " + label.name() + " = " + label.positive() + " ("
                        + Numbers.share(users.positives(), users.rows()) + ")");
    }
}
