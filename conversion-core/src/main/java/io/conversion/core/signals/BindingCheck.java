package io.conversion.core.signals;

import io.conversion.core.internal.NearestName;
import io.conversion.core.json.ArtifactText;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Matches the components of a record type with the signals of a schema, and finds everything that does not fit. */
final class BindingCheck {

    private final SignalSchema schema;
    private final @Nullable Lookup lookup;
    private final List<String> problems = new ArrayList<>();

    private BindingCheck(SignalSchema schema, @Nullable Lookup lookup) {
        this.schema = schema;
        this.lookup = lookup;
    }

    static List<BoundComponent> components(Class<? extends Record> type, SignalSchema schema, @Nullable Lookup lookup) {
        BindingCheck check = new BindingCheck(schema, lookup);
        List<BoundComponent> components = check.components(type);
        if (!check.problems.isEmpty()) {
            throw new IllegalArgumentException("record " + type.getName() + " cannot be bound to signal schema "
                    + schema + ":\n  " + String.join("\n  ", check.problems));
        }
        return components;
    }

    private List<BoundComponent> components(Class<? extends Record> type) {
        Map<Integer, RecordComponent> byPosition = new LinkedHashMap<>();
        List<BoundComponent> bound = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            int position = position(component);
            RecordComponent other = position < 0 ? null : byPosition.putIfAbsent(position, component);
            if (other != null) {
                problem(
                        component,
                        "holds signal " + quoted(position) + ", and so does component "
                                + ArtifactText.quoted(other.getName()));
            } else if (position >= 0) {
                bind(component, position).ifPresent(bound::add);
            }
        }
        for (int i = 0; i < schema.size(); i++) {
            if (!byPosition.containsKey(i)) {
                problems.add("signal " + quoted(i) + " has no component; add one, and let it be empty or null where"
                        + " the signal is missing");
            }
        }
        return bound;
    }

    /** The position of the signal that a component holds, by annotation or name; -1, with a problem, if none. */
    private int position(RecordComponent component) {
        SignalName annotation = component.getAnnotation(SignalName.class);
        String wanted = annotation == null ? component.getName() : annotation.value();
        int exact = schema.position(wanted);
        if (exact >= 0 || annotation != null) {
            if (exact < 0) {
                problem(
                        component,
                        "is annotated with signal " + ArtifactText.quoted(wanted) + ", which the schema does not have"
                                + offer(wanted));
            }
            return exact;
        }
        List<String> near =
                names().stream().filter(name -> isAlike(name, wanted)).toList();
        if (near.size() == 1) {
            return schema.position(near.get(0));
        }
        problem(
                component,
                near.isEmpty()
                        ? "matches no signal of the schema" + offer(wanted)
                        : "matches the signals " + near + "; say which with @SignalName");
        return -1;
    }

    private Optional<BoundComponent> bind(RecordComponent component, int position) {
        Class<?> type = valueType(component);
        Signal signal = schema.at(position);
        Map<Object, String> levels = new HashMap<>();
        if (signal instanceof CategoricalSignal categorical && type.isEnum()) {
            matchLevels(component, type, categorical, levels);
        } else if (!fits(signal, type)) {
            problem(
                    component,
                    "is of type " + describe(component.getGenericType()) + "; signal " + quoted(position) + " takes "
                            + allowed(signal));
        }
        return accessor(component).map(accessor -> new BoundComponent(position, type, accessor, levels));
    }

    private static boolean fits(Signal signal, Class<?> type) {
        if (signal instanceof NumericSignal) {
            return Number.class.isAssignableFrom(type)
                    || (type.isPrimitive() && type != boolean.class && type != char.class);
        } else if (signal instanceof FlagSignal) {
            return type == boolean.class || type == Boolean.class;
        }
        return type == String.class;
    }

    private static String allowed(Signal signal) {
        return signal instanceof NumericSignal
                ? "a number"
                : signal instanceof FlagSignal ? "a boolean" : "a String or an enum of its levels";
    }

    /** Each constant must be one of the levels, and each level one of the constants. */
    private void matchLevels(
            RecordComponent component, Class<?> type, CategoricalSignal signal, Map<Object, String> levels) {
        List<String> strangers = new ArrayList<>();
        List<String> open = new ArrayList<>(signal.levels());
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            Optional<String> level = level(type, name, signal);
            if (level.isPresent() && open.remove(level.get())) {
                levels.put(constant, level.get());
            } else {
                strangers.add(name);
            }
        }
        if (!strangers.isEmpty() || !open.isEmpty()) {
            problem(
                    component,
                    "is of enum " + type.getSimpleName() + ", which does not match the levels of signal "
                            + ArtifactText.quoted(signal.name()) + " one to one:"
                            + (strangers.isEmpty() ? "" : " no level for the constants " + strangers)
                            + (strangers.isEmpty() || open.isEmpty() ? "" : ",")
                            + (open.isEmpty() ? "" : " no constant for the levels " + open));
        }
    }

    private static Optional<String> level(Class<?> type, String constant, CategoricalSignal signal) {
        try {
            SignalName annotation = type.getField(constant).getAnnotation(SignalName.class);
            if (annotation != null) {
                return Optional.of(annotation.value()).filter(signal.levels()::contains);
            }
        } catch (NoSuchFieldException e) {
            throw new AssertionError("every constant is a field", e);
        }
        if (signal.levels().contains(constant)) {
            return Optional.of(constant);
        }
        List<String> near = signal.levels().stream()
                .filter(level -> isAlike(level, constant))
                .toList();
        return near.size() == 1 ? Optional.of(near.get(0)) : Optional.empty();
    }

    private Optional<MethodHandle> accessor(RecordComponent component) {
        try {
            if (lookup != null) {
                return Optional.of(lookup.unreflect(component.getAccessor()));
            }
            component.getAccessor().setAccessible(true);
            return Optional.of(MethodHandles.lookup().unreflect(component.getAccessor()));
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            problem(
                    component,
                    lookup == null
                            ? "is not accessible to io.conversion.core; open the record's package to it, or pass"
                                    + " MethodHandles.lookup()"
                            : "is not accessible by the given lookup " + lookup);
            return Optional.empty();
        }
    }

    /** The type of a component, or what it is an optional of. */
    private static Class<?> valueType(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == OptionalDouble.class) {
            return Double.class;
        } else if (type == OptionalInt.class) {
            return Integer.class;
        } else if (type == OptionalLong.class) {
            return Long.class;
        } else if (type == Optional.class
                && component.getGenericType() instanceof ParameterizedType generic
                && generic.getActualTypeArguments()[0] instanceof Class<?> argument) {
            return argument;
        }
        return type;
    }

    private static String describe(Type type) {
        return type.getTypeName().replaceAll("[a-zA-Z0-9_]+[.$]", "");
    }

    private List<String> names() {
        return schema.names();
    }

    private String offer(String name) {
        return new NearestName().offer(name, names());
    }

    private static boolean isAlike(String a, String b) {
        return NearestName.isSpelling(a, b);
    }

    private String quoted(int position) {
        return ArtifactText.quoted(schema.at(position).name());
    }

    private void problem(RecordComponent component, String what) {
        problems.add("component " + ArtifactText.quoted(component.getName()) + " " + what);
    }
}
