/** Policies that turn scores into decisions, their versions, audit and serving. */
module io.conversion.policy {
    requires transitive io.conversion.core;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports io.conversion.policy;
    exports io.conversion.policy.economics;
    exports io.conversion.policy.history;
    exports io.conversion.policy.monitoring;
    exports io.conversion.policy.records;
    exports io.conversion.policy.requests;
    exports io.conversion.policy.review;
    exports io.conversion.policy.serving;
    exports io.conversion.policy.signing;
}
