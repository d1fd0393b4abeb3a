package io.conversion.model;

import io.conversion.core.provenance.GateCheck;
import java.util.List;
import java.util.stream.Collectors;

/** A fit did not pass the publish gate. Its message lists every check that was refused. */
public final class RefusedModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<GateCheck> checks;

    RefusedModelException(List<GateCheck> refused) {
        super(refused.stream()
                .map(check -> check.name() + ": " + check.sentence())
                .collect(Collectors.joining(
                        "\n  ",
                        "the model is not published, since the publish gate refuses it; override a check by its name"
                                + " and a reason if you know better:\n  ",
                        "")));
        this.checks = List.copyOf(refused);
    }

    /**
     * The checks that were refused and not overridden.
     *
     * @return the checks
     */
    public List<GateCheck> checks() {
        return checks;
    }
}
