package io.conversion.benchmarks;

import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** The floor of the start: parses the same two files into trees and checks nothing. */
final class TreesOnly {

    private TreesOnly() {}

    /**
     * Parses and prints how many fields there are at the top.
     *
     * @param args the files
     */
    public static void main(String[] args) {
        JsonMapper mapper = new JsonMapper();
        int fields = 0;
        for (String file : args) {
            fields += mapper.readTree(Path.of(file)).size();
        }
        System.out.println(fields);
    }
}
