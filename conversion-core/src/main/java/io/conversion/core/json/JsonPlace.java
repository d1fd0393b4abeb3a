package io.conversion.core.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where in a document a parser is. The pointer is made when somebody asks for it, which is where something is wrong. */
final class JsonPlace {

    private @Nullable String[] names = new String[8];
    private int[] positions = new int[8];
    private int depth;

    /** Into a field. */
    void down(String name) {
        down(name, -1);
    }

    /** Into an element of a list. */
    void down(int position) {
        down(null, position);
    }

    private void down(@Nullable String name, int position) {
        if (depth == names.length) {
            names = Arrays.copyOf(names, 2 * depth);
            positions = Arrays.copyOf(positions, 2 * depth);
        }
        names[depth] = name;
        positions[depth++] = position;
    }

    void up() {
        depth--;
    }

    String pointer() {
        String pointer = "";
        for (int i = 0; i < depth; i++) {
            String name = names[i];
            pointer = name == null ? pointer + "/" + positions[i] : JsonProblems.child(pointer, name);
        }
        return pointer;
    }
}
