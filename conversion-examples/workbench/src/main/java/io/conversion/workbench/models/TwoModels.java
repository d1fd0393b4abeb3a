package io.conversion.workbench.models;

import io.conversion.core.ConversionModel;
import io.conversion.model.data.DataSet;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.RefusedInputException;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The same rows of one file as two models read them, each by its own signals.
 *
 * @param users as the model that is evaluated reads them
 * @param others as the other model does
 */
record TwoModels(DataSet users, DataSet others) {

    /** The rows that both models accept; says how many are left out since one of them does not. */
    static TwoModels of(ConversionModel model, DataSet users, ConversionModel other, DataSet others, PrintWriter out) {
        if (users.leftOutRows() + others.leftOutRows() == 0) {
            return new TwoModels(users, others);
        }
        Set<String> common = places(others);
        DataSet both = users.rows(row -> common.contains(users.place(row)));
        out.println(leftOut(model, users) + ", " + leftOut(other, others) + "; compared on the "
                + Numbers.count(both.rows(), "row") + " that both accept");
        if (both.rows() == 0) {
            throw new RefusedInputException(
                    "there is no row that both models accept; \"score\" says of each row why not");
        }
        Set<String> accepted = places(both);
        return new TwoModels(both, others.rows(row -> accepted.contains(others.place(row))));
    }

    private static String leftOut(ConversionModel model, DataSet users) {
        return Numbers.count(users.leftOutRows(), "row") + " left out that model " + model.reference() + " refuses";
    }

    private static Set<String> places(DataSet users) {
        return IntStream.range(0, users.rows()).mapToObj(users::place).collect(Collectors.toCollection(HashSet::new));
    }
}
