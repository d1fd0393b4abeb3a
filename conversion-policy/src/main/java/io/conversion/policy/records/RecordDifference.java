package io.conversion.policy.records;

import io.conversion.policy.records.Replayed.Differs;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the first element in which what is recorded and what was recomputed differ. */
final class RecordDifference {

    /** Where numbers stand in decimal, of which Java 17 and later ones may write one more digit than the other. */
    private static final Set<String> PROSE = Set.of("details", "shortfalls", "given");

    private static final Pattern DECIMAL = Pattern.compile("[0-9]+\\.[0-9]+(E[+-]?[0-9]+)?");

    private RecordDifference() {}

    static Optional<Differs> first(DecisionRecord recorded, DecisionRecord recomputed) {
        return first(recorded, "", RecordFormat.content(recorded), RecordFormat.content(recomputed));
    }

    private static Optional<Differs> first(
            DecisionRecord record, String element, @Nullable Object recorded, @Nullable Object recomputed) {
        if (recorded instanceof Map<?, ?> one && recomputed instanceof Map<?, ?> other) {
            Set<Object> keys = new LinkedHashSet<>(one.keySet());
            keys.addAll(other.keySet());
            return keys.stream()
                    .flatMap(key -> first(record, child(element, key), one.get(key), other.get(key)).stream())
                    .findFirst();
        } else if (recorded instanceof List<?> one && recomputed instanceof List<?> other) {
            for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
                Optional<Differs> differs = first(record, child(element, i), at(one, i), at(other, i));
                if (differs.isPresent()) {
                    return differs;
                }
            }
            return Optional.empty();
        }
        return alike(element, recorded, recomputed)
                ? Optional.empty()
                : Optional.of(new Differs(record, element, shown(recorded), shown(recomputed)));
    }

    private static String child(String element, Object key) {
        return element.isEmpty() ? key.toString() : element + "/" + key;
    }

    private static @Nullable Object at(List<?> list, int index) {
        return index < list.size() ? list.get(index) : null;
    }

    private static boolean alike(String element, @Nullable Object one, @Nullable Object other) {
        if (one instanceof String text && other instanceof String same && isProse(element)) {
            return text.equals(same) || exact(text).equals(exact(same));
        }
        return one == null ? other == null : one.equals(other);
    }

    private static boolean isProse(String element) {
        return Arrays.stream(element.split("/")).anyMatch(PROSE::contains);
    }

    private static String exact(String text) {
        return DECIMAL.matcher(text).replaceAll(match -> Double.toHexString(Double.parseDouble(match.group())));
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "nothing" : value.toString();
    }
}
