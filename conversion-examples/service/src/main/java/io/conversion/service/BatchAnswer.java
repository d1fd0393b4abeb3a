package io.conversion.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/**
 * What was decided on several users, all by one model and policy.
 *
 * @param answered how many rows have an answer
 * @param refused how many rows have a problem
 * @param rows the rows in the order of the request
 */
record BatchAnswer(int answered, int refused, List<Row> rows) {

    static BatchAnswer of(List<Row> rows) {
        int answered = (int) rows.stream().filter(row -> row.answer() != null).count();
        return new BatchAnswer(answered, rows.size() - answered, rows);
    }

    /**
     * One row: an answer or a problem.
     *
     * @param row the position in the request, from 0
     * @param answer the answer; null if there is a problem
     * @param problem what is wrong with the row; null if there is an answer
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            int row, @Nullable ScoreAnswer answer, @Nullable ProblemDetail problem) {}
}
