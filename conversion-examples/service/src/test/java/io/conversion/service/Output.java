package io.conversion.service;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What was printed while something ran, the lines of the log included. */
record Output(String text) {

    static Output of(Runnable run) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            run.run();
        } finally {
            System.setOut(before);
        }
        return new Output(printed.toString(StandardCharsets.UTF_8));
    }
}
