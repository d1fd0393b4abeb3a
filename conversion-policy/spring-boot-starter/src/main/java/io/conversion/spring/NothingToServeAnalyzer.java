package io.conversion.spring;

import io.conversion.policy.serving.NothingToServeException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one message why an application does not start: each reason, and what to do. Registered in spring.factories. */
final class NothingToServeAnalyzer extends AbstractFailureAnalyzer<NothingToServeException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NothingToServeException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Publish a model and a policy into the folder that conversion.serving.folder names, with"
                        + " ServingFolder.publish or as the quick start does.",
                cause);
    }
}
