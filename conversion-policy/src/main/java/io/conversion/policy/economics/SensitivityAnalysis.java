package io.conversion.policy.economics;

import java.util.ArrayList;
import java.util.List;

/** Finds the bands again with each assumption smaller and larger. */
final class SensitivityAnalysis {

    private final Thresholds thresholds;

    SensitivityAnalysis(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    List<Sensitivity> sensitivity(double share) {
        List<Sensitivity> rows = new ArrayList<>();
        for (ChangedAssumption changed : ChangedAssumption.of(thresholds.economics(), share)) {
            ActionBands bands = ThresholdSearch.fit(changed.economics(), thresholds.tuning(), thresholds.leastShare())
                    .bands();
            rows.add(new Sensitivity(
                    changed.assumption(),
                    changed.assumed(),
                    changed.changed(),
                    bands,
                    bands.gain(changed.economics(), thresholds.reporting()),
                    thresholds.bands().gain(changed.economics(), thresholds.reporting())));
        }
        return rows;
    }
}
