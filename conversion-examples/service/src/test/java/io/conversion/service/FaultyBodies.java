package io.conversion.service;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies with one fault each, at each node of a valid one. */
final class FaultyBodies {

    private static final String MARK = "the node";
    private static final List<String> OTHERS = List.of(
            "null",
            "true",
            "7",
            "-0.5",
            "1e400",
            "\"text\"",
            "\"\"",
            "[]",
            "[null]",
            "[[7]]",
            "{}",
            "{\"a\":1}",
            "{\"a\":null}",
            "{\"0\":null}",
            "{\"9\":[null]}");

    private FaultyBodies() {}

    /** Each node is of another type, left out, or there twice, of which the first is {@code null}. */
    static List<String> of(String body) {
        JsonNode root = RunningService.JSON.readTree(body);
        List<String> bodies = new ArrayList<>();
        collect(root, root, bodies);
        return bodies;
    }

    private static void collect(JsonNode root, JsonNode parent, List<String> bodies) {
        if (parent instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                JsonNode child = object.get(name);
                object.put(name, MARK);
                addAll(root.toString(), "\"" + name + "\":", child, bodies);
                object.set(name, child);
                ObjectNode without = object.deepCopy();
                object.remove(name);
                bodies.add(root.toString());
                object.setAll(without);
                collect(root, child, bodies);
            }
        } else if (parent instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode child = array.get(i);
                array.set(i, MARK);
                addAll(root.toString(), "", child, bodies);
                array.set(i, child);
                collect(root, child, bodies);
            }
        }
    }

    private static void addAll(String marked, String name, JsonNode child, List<String> bodies) {
        String mark = "\"" + MARK + "\"";
        OTHERS.forEach(other -> bodies.add(marked.replace(mark, other)));
        bodies.add(marked.replace(mark, "null," + name + child));
    }
}
