/** The quick start: from users to a model, scores and decisions. */
module io.conversion.quickstart {
    requires io.conversion.core;
    requires io.conversion.model;
    requires io.conversion.policy;
    requires static org.jspecify;
}
