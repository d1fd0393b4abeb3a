package io.conversion.policy.records;

import io.conversion.core.json.ArtifactText;
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

    /** Looks behind and gives nothing back, so that digits without a point are walked over once, however many there are. */
    private static final Pattern DECIMAL = Pattern.compile("(?<![0-9])[0-9]++\\.[0-9]++(E[+-]?[0-9]++)?");

    /** Two texts that begin with so many characters alike are shown from a few of them on. */
    private static final int MOST_ALIKE = 60;

    private static final int FEW_ALIKE = 20;

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
                : Optional.of(differs(record, element, text(recorded), text(recomputed)));
    }

    private static String child(String element, Object key) {
        String name = ArtifactText.shown(key.toString());
        return element.isEmpty() ? name : element + "/" + name;
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

    private static String text(@Nullable Object value) {
        return value == null ? "nothing" : value.toString();
    }

    /** Both texts as far as messages show any, from a little before the place where they part. */
    private static Differs differs(DecisionRecord record, String element, String recorded, String recomputed) {
        int alike = Arrays.mismatch(recorded.toCharArray(), recomputed.toCharArray());
        int from = alike < MOST_ALIKE ? 0 : alike - FEW_ALIKE;
        return new Differs(record, element, from(from, recorded), from(from, recomputed));
    }

    private static String from(int start, String text) {
        return ArtifactText.shown(start == 0 ? text : "..." + text.substring(start));
    }
}
