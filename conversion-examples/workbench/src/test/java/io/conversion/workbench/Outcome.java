package io.conversion.workbench;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/**
 * What came of a command line.
 *
 * @param exitCode the exit code
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
record Outcome(int exitCode, String out, String err) {

    /** Runs a command line; each argument is text or a path. */
    static Outcome of(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Workbench.run(
                Arrays.stream(args).map(String::valueOf).toArray(String[]::new),
                new PrintWriter(out),
                new PrintWriter(err));
        return new Outcome(exitCode, out.toString(), err.toString());
    }
}
