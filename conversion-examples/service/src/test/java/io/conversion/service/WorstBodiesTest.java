package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WorstBodiesTest {

    @Test
    @Timeout(60)
    void ordinaryRequestsAreAnsweredWhileOthersSendTheWorstBodies() throws Exception {
        WorstBodies.Answers answers = new WorstBodies(RunningService.shared().port())
                .send(8, 2, List.of("{\"signals\": " + Artifacts.USER + "}"));

        assertThat(answers.ordinary()).containsOnlyKeys("200");
        assertThat(answers.worst()).isNotEmpty();
    }
}
