package io.conversion.service;

import io.conversion.core.json.JsonObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Several users to decide on, each by itself.
 *
 * @param rows the users in order, each with its own faults
 * @param faults everything that is wrong with the body, if anything is that is not within a row
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
        Map<String, List<Fault>> byRow = new HashMap<>();
        rows.forEach(row -> byRow.put(row.at(), new ArrayList<>()));
        for (Fault fault : found) {
            List<Fault> ofRow = byRow.get(row(fault.pointer()));
            if (ofRow == null) {
                return new BatchRequest(rows, found);
            }
            ofRow.add(fault);
        }
        return new BatchRequest(
                rows.stream()
                        .map(row -> row.with(byRow.getOrDefault(row.at(), List.of())))
                        .toList(),
                List.of());
    }

    /** The first two steps of a pointer, such as /rows/17: where a row is, if it leads into one. */
    private static String row(String pointer) {
        int end = pointer.indexOf('/', "/rows/".length());
        return end < 0 ? pointer : pointer.substring(0, end);
    }
}
