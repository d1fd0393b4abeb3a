package io.conversion.workbench;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What came of a command line.
 *
 * @param exitCode the exit code
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
record Outcome(int exitCode, String out, String err) {

    /** A training whose model the library can be asked for again; to be given its data and where to write. */
    static final String TRAIN = "train --shapes linear --penalty 1 --calibrate none --label converted";

    /** Runs a command line that ends with some options. */
    static Outcome with(Object[] options, String words, Object... more) {
        return of(
                words,
                Stream.concat(Arrays.stream(more), Arrays.stream(options)).toArray());
    }

    /** Runs a command line: words that hold no space, and more arguments, each of them a text or a path. */
    static Outcome of(String words, Object... more) {
        Stream<String> first = words.isEmpty() ? Stream.of() : Stream.of(words.split(" "));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Workbench.run(
                Stream.concat(first, Arrays.stream(more).map(String::valueOf)).toArray(String[]::new),
                new PrintWriter(out),
                new PrintWriter(err));
        return new Outcome(exitCode, out.toString(), err.toString());
    }
}
