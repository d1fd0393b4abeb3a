/** Laws, arbitraries and examples with which the owners of a policy test it. */
module io.conversion.policy.testkit {
    requires transitive io.conversion.policy;
    requires transitive net.jqwik.api;
    requires static transitive org.jspecify;

    exports io.conversion.policy.testkit;

    // The engine of jqwik calls the laws and their providers, which are in no package that it knows.
    opens io.conversion.policy.testkit;
}
