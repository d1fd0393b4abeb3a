/** Data sets, training, calibration and evaluation of conversion models. */
// Smile and EJML have no module descriptor.
// The friend of the chart package is compiled after this module, so javac cannot see it yet.
@SuppressWarnings({"module", "requires-automatic"})
module io.conversion.model {
    requires transitive io.conversion.core;
    requires static transitive org.jspecify;
    requires com.samskivert.jmustache;
    requires ejml.core;
    requires ejml.ddense;
    requires de.siegmar.fastcsv;
    // Smile's data frames can be made of SQL results, which the compiler must see.
    requires java.sql;
    requires org.apache.commons.statistics.distribution;
    // Smile logs through SLF4J and cannot say so itself.
    requires org.slf4j;
    requires smile.core;
    requires smile.data;
    requires smile.math;

    exports io.conversion.model;
    exports io.conversion.model.chart to
            io.conversion.experiments;
    exports io.conversion.model.comparison;
    exports io.conversion.model.data;
    exports io.conversion.model.evaluation;
    exports io.conversion.model.lifecycle;
    exports io.conversion.model.report;
    exports io.conversion.model.signals;
    exports io.conversion.model.synthetic;
}
