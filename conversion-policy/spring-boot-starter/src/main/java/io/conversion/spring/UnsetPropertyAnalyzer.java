package io.conversion.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one message which property is missing. Registered in spring.factories. */
final class UnsetPropertyAnalyzer extends AbstractFailureAnalyzer<UnsetPropertyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsetPropertyException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Set it, or switch the library off with conversion.enabled=false.",
                cause);
    }
}
