/** Signals, their schema, the model artifact and the runtime that scores it. */
// The friends of the json package are compiled after this module, so javac cannot see them yet.
@SuppressWarnings("module")
module io.conversion.core {
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires tools.jackson.core;

    exports io.conversion.core;
    exports io.conversion.core.artifact;
    exports io.conversion.core.json to
            io.conversion.experiments,
            io.conversion.model,
            io.conversion.policy;
    exports io.conversion.core.provenance;
    exports io.conversion.core.shapes;
    exports io.conversion.core.signals;
}
