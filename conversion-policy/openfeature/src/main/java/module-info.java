/** A decision as a feature flag. */
// The OpenFeature SDK names its module in its manifest and has no descriptor.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.conversion.openfeature {
    requires transitive dev.openfeature.sdk;
    requires transitive io.conversion.policy;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports io.conversion.openfeature;
}
