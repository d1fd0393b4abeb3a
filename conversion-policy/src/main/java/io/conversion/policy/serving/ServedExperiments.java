package io.conversion.policy.serving;

import io.conversion.policy.Experiment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The experiments that were served, by name and version: users have seen what they said, also while another revision was
 * served. Safe to share between threads.
 */
final class ServedExperiments {

    private record Key(String name, String version) {

        static Key of(Experiment experiment) {
            return new Key(experiment.name(), experiment.reference().version());
        }
    }

    private final Map<Key, Experiment> served = new HashMap<>();

    /** Takes note of what is served from now on. */
    synchronized void add(ServingUnit unit) {
        unit.experiments().forEach(experiment -> served.put(Key.of(experiment), experiment));
    }

    /** The experiments of a candidate that have other contents than those of the same name and version that have started. */
    synchronized List<String> objections(ServingUnit candidate, Instant now) {
        List<String> objections = new ArrayList<>();
        for (Experiment experiment : candidate.experiments()) {
            Experiment before = served.get(Key.of(experiment));
            if (before != null && !before.reference().equals(experiment.reference()) && !now.isBefore(before.start())) {
                objections.add("experiment " + experiment + " has other contents than the one that started at "
                        + before.start()
                        + "; what was fixed stays fixed: give the changed one a version of its own");
            }
        }
        return objections;
    }
}
