package io.conversion.service;

import io.conversion.core.json.JsonObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Several users to decide on, each by itself.
 *
 * @param rows the users in order, each with its own faults
 * @param faults what is wrong with the body and not within a row
 */
@Schema(additionalProperties = AdditionalPropertiesValue.FALSE)
record BatchRequest(
        @Schema(requiredMode = RequiredMode.REQUIRED) List<ScoreRequest> rows,
        @Schema(hidden = true) List<Fault> faults)
        implements StrictBody<BatchRequest> {

    static BatchRequest read(JsonObject json) {
        List<ScoreRequest> rows = new ArrayList<>();
        for (JsonObject row : json.objects("rows")) {
            rows.add(ScoreRequest.read(row, "/rows/" + rows.size()));
        }
        return new BatchRequest(rows, List.of());
    }

    @Override
    public BatchRequest with(List<Fault> found) {
        List<List<Fault>> byRow = new ArrayList<>();
        rows.forEach(row -> byRow.add(new ArrayList<>()));
        List<Fault> others = new ArrayList<>();
        for (Fault fault : found) {
            int row = row(fault.pointer());
            (row < 0 ? others : byRow.get(row)).add(fault);
        }
        List<ScoreRequest> marked = new ArrayList<>();
        rows.forEach(row -> marked.add(row.with(byRow.get(marked.size()))));
        return new BatchRequest(marked, others);
    }

    /** The row that a pointer leads into; -1 if it leads into none. */
    private int row(String pointer) {
        String[] steps = pointer.split("/", 4);
        return steps.length > 2 && steps[1].equals("rows") ? Integer.parseInt(steps[2]) : -1;
    }
}
