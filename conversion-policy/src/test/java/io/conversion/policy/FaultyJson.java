package io.conversion.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes JSON with one fault at one node. */
public final class FaultyJson {

    public enum Kind {
        /** The node is left out, with its name. */
        DELETED,
        /** The node is there twice, next to each other, with its name. */
        DUPLICATED,
        /** The node comes first among its neighbours. */
        MOVED,
        /** The name of the node has a letter more. */
        RENAMED,
        /** A value of some type is in its place. */
        RETYPED
    }

    /** Values of every type, in place of any other. */
    private static final List<String> OTHERS =
            List.of("null", "true", "7", "-0.5", "1e400", "\"text\"", "\"\"", "[]", "[null]", "{}", "{\"a\": 1}");

    /**
     * One fault.
     *
     * @param pointer the node, as a JSON pointer
     * @param kind what happens to it
     * @param replacement the text in place of the node, if it is retyped
     */
    public record Fault(String pointer, Kind kind, String replacement) {}

    private FaultyJson() {}

    /** Every fault of every node below the root. */
    public static List<Fault> faults(Map<String, Object> root) {
        List<Fault> faults = new ArrayList<>();
        collect("", root, faults);
        return faults;
    }

    private static void collect(String at, Object node, List<Fault> faults) {
        children(node).forEach((name, child) -> {
            String pointer = at + "/" + name;
            faults.add(new Fault(pointer, Kind.DELETED, ""));
            faults.add(new Fault(pointer, Kind.DUPLICATED, ""));
            faults.add(new Fault(pointer, Kind.MOVED, ""));
            if (node instanceof Map) {
                faults.add(new Fault(pointer, Kind.RENAMED, ""));
            }
            OTHERS.forEach(other -> faults.add(new Fault(pointer, Kind.RETYPED, other)));
            collect(pointer, child, faults);
        });
    }

    public static String write(Map<String, Object> root, Fault fault) {
        return text("", root, fault);
    }

    private static String text(String at, Object node, Fault fault) {
        if (!(node instanceof Map) && !(node instanceof List)) {
            return node instanceof String text ? quoted(text) : String.valueOf(node);
        }
        boolean isObject = node instanceof Map;
        List<String> members = new ArrayList<>();
        children(node).forEach((name, child) -> {
            String pointer = at + "/" + name;
            boolean faulty = pointer.equals(fault.pointer());
            String value = faulty && fault.kind() == Kind.RETYPED ? fault.replacement() : text(pointer, child, fault);
            String given = faulty && fault.kind() == Kind.RENAMED ? name + "s" : name;
            String member = isObject ? quoted(given) + ": " + value : value;
            int copies = !faulty ? 1 : fault.kind() == Kind.DELETED ? 0 : fault.kind() == Kind.DUPLICATED ? 2 : 1;
            int place = faulty && fault.kind() == Kind.MOVED ? 0 : members.size();
            members.addAll(place, Collections.nCopies(copies, member));
        });
        String joined = String.join(", ", members);
        return isObject ? "{" + joined + "}" : "[" + joined + "]";
    }

    private static Map<String, Object> children(Object node) {
        Map<String, Object> children = new LinkedHashMap<>();
        if (node instanceof Map<?, ?> object) {
            object.forEach((name, child) -> children.put((String) name, child));
        } else if (node instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                children.put(String.valueOf(i), list.get(i));
            }
        }
        return children;
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
