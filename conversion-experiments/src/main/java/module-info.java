/** Experiments: their statistics, planning, read-outs and pages. */
// EJML has no module descriptor.
@SuppressWarnings("requires-automatic")
module io.conversion.experiments {
    requires transitive io.conversion.model;
    requires transitive io.conversion.policy;
    requires static transitive org.jspecify;
    requires com.samskivert.jmustache;
    requires de.siegmar.fastcsv;
    requires ejml.core;
    requires ejml.ddense;
    requires org.apache.commons.numbers.gamma;
    requires org.apache.commons.statistics.distribution;

    exports io.conversion.experiments;
    exports io.conversion.experiments.data;
    exports io.conversion.experiments.planning;
    exports io.conversion.experiments.budget;
    exports io.conversion.experiments.statistics;
    exports io.conversion.experiments.threshold;
    exports io.conversion.experiments.value;
}
