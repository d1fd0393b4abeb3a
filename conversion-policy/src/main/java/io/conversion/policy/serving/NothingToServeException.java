package io.conversion.policy.serving;

import java.io.Serial;
import java.util.List;

/**
 * A folder has no unit that can be served when a watcher is opened: every reason why. The message names the folder and
 * all reasons, one to a line.
 *
 * @serial exclude
 */
public final class NothingToServeException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final List<String> reasons;

    NothingToServeException(String folder, List<String> reasons) {
        super("the folder " + folder + " has nothing to serve: " + String.join("\n  ", reasons));
        this.reasons = List.copyOf(reasons);
    }

    /**
     * Why there is nothing to serve.
     *
     * @return whole sentences, at least one, which do not name the folder
     */
    public List<String> reasons() {
        return reasons;
    }
}
