package io.conversion.policy.requests;

import io.conversion.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Several users to decide on, each by itself: made by a {@link RequestReader}. Immutable and safe to share between threads.
 *
 * @param rows the users in order, each with its own faults; none if the request as a whole is at fault
 * @param faults what is wrong that is not within a row, and then everything that is
 */
public record BatchRequest(List<UserRequest> rows, List<RequestFault> faults) {

    /** Such as /rows/17. */
    static final int STEPS_TO_A_ROW = 2;

    /** Copies the lists. {@inheritDoc} */
    public BatchRequest {
        rows = List.copyOf(rows);
        faults = List.copyOf(faults);
    }

    static BatchRequest read(JsonObject json, Set<String> declarable) {
        List<UserRequest> rows = new ArrayList<>();
        json.objects("rows").forEach(row -> rows.add(UserRequest.read(row, "/rows/" + rows.size(), declarable)));
        return new BatchRequest(rows, List.of());
    }

    /** The same, with each fault at its row; all of them at the request if one is not within a row. */
    BatchRequest with(List<RequestFault> found) {
        Map<String, List<RequestFault>> byRow = new HashMap<>();
        rows.forEach(row -> byRow.put(row.pointer(), new ArrayList<>()));
        for (RequestFault fault : found) {
            List<RequestFault> ofRow = byRow.get(row(fault.pointer()));
            if (ofRow == null) {
                return new BatchRequest(List.of(), found);
            }
            ofRow.add(fault);
        }
        return new BatchRequest(
                rows.stream()
                        .map(row -> row.with(byRow.getOrDefault(row.pointer(), List.of())))
                        .toList(),
                List.of());
    }

    /** How many rows there are, and how much is wrong with the whole; no value, since these may be personal. */
    @Override
    public String toString() {
        return "batch of " + rows.size() + " rows" + (faults.isEmpty() ? "" : " with " + faults.size() + " faults");
    }

    /** The first two steps of a pointer, such as /rows/17: where a row is, if it leads into one. */
    private static String row(String pointer) {
        int end = pointer.indexOf('/', "/rows/".length());
        return end < 0 ? pointer : pointer.substring(0, end);
    }
}
