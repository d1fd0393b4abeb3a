package io.conversion.experiments.data;

import io.conversion.experiments.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what is left out of files while they are read, by the code of its finding. */
final class LeftOut {

    private final Map<String, Long> counts = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    void count(String code) {
        counts.merge(code, 1L, Long::sum);
    }

    long of(String code) {
        return counts.getOrDefault(code, 0L);
    }

    /** Tells what was counted, if anything was. */
    LeftOut tell(String code, Finding.Severity severity, long all, String sentence) {
        Long count = counts.get(code);
        if (count != null) {
            findings.add(new Finding(code, severity, count + " of " + all + " " + sentence));
        }
        return this;
    }

    LeftOut add(Finding finding) {
        findings.add(finding);
        return this;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }
}
