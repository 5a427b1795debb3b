package io.twinspan.registry.node;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a refused start as the sentence it is, not as a stack trace. Found by Spring Boot through {@code spring.factories}. */
public final class RefusalAnalyzer extends AbstractFailureAnalyzer<NodeRefusedException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, NodeRefusedException refusal) {
        return new FailureAnalysis(
                refusal.getMessage(), "Mend it in the file given to --config and start the node again.", refusal);
    }
}
