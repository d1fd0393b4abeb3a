package io.conversion.core;

import io.conversion.core.json.JsonObject;
import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.ShapeNumber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON of a covariance: the lower triangle, row by row. */
final class CovarianceFormat {

    private CovarianceFormat() {}

    /** The covariance; empty, with the problems reported, if it is not valid. */
    static Optional<Covariance> read(List<JsonObject> rows, JsonObject model) {
        List<ShapeNumber> numbers = new ArrayList<>();
        double[][] matrix = new double[rows.size()][rows.size()];
        for (JsonObject row : rows) {
            numbers.add(new ShapeNumber(row.text("signal", ""), row.text("number")));
            List<Double> entries = row.numberList("row");
            int i = numbers.size() - 1;
            if (entries.size() != i + 1) {
                row.problem("row", entries.size() + " numbers", "expected " + (i + 1) + ", up to the variance");
                continue;
            }
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = entries.get(j);
                matrix[j][i] = entries.get(j);
            }
        }
        if (!model.isValid()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Covariance.of(numbers, matrix));
        } catch (IllegalArgumentException e) {
            model.problem("covariance", "not valid", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    static List<Map<String, Object>> json(Covariance covariance) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (ShapeNumber number : covariance.numbers()) {
            Map<String, Object> row = new LinkedHashMap<>();
            if (!number.signal().isEmpty()) {
                row.put("signal", number.signal());
            }
            row.put("number", number.number());
            row.put("row", covariance.row(rows.size()));
            rows.add(row);
        }
        return rows;
    }
}
