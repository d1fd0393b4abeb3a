package io.conversion.policy.review;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A product of sets of pieces, one on each axis of a {@link ConditionSpace}. Immutable; nobody changes the sets.
 *
 * @param sides the sets by axis; an axis that is not listed is not bounded
 */
record ConditionBox(Map<Object, BitSet> sides) {

    /** What is left of a box may fall into so many boxes; beyond that it is not decided whether anything is. */
    private static final int MOST_BOXES = 10_000;

    ConditionBox {
        sides = Collections.unmodifiableMap(new LinkedHashMap<>(sides));
    }

    boolean isEmpty() {
        return sides.values().stream().anyMatch(BitSet::isEmpty);
    }

    /** Whether evidence or an interval bounds it. */
    boolean isOpaque() {
        return !sides.keySet().stream().allMatch(ConditionSpace::isSignal);
    }

    /** The box without its bounds by evidence and intervals; an empty one stays empty. */
    ConditionBox bySignalsOnly() {
        Map<Object, BitSet> signals = new LinkedHashMap<>(sides);
        if (!isEmpty()) {
            signals.keySet().removeIf(axis -> !ConditionSpace.isSignal(axis));
        }
        return new ConditionBox(signals);
    }

    boolean intersects(ConditionBox other) {
        return !isEmpty()
                && !other.isEmpty()
                && sides.entrySet().stream()
                        .allMatch(side -> !other.sides.containsKey(side.getKey())
                                || side.getValue().intersects(other.sides.get(side.getKey())));
    }

    /**
     * Whether something of this box is in none of the others.
     *
     * @return whether there is; empty if that would take too long to find out
     */
    Optional<Boolean> reachesBeyond(List<ConditionBox> others, ConditionSpace space) {
        Deque<ConditionBox> left = new ArrayDeque<>();
        if (!isEmpty()) {
            left.add(this);
        }
        for (ConditionBox other : others) {
            Deque<ConditionBox> next = new ArrayDeque<>();
            for (ConditionBox box : left) {
                next.addAll(box.without(other, space));
                if (next.size() > MOST_BOXES) {
                    return Optional.empty();
                }
            }
            left = next;
        }
        return Optional.of(!left.isEmpty());
    }

    /** What is left outside another box: for each axis in turn the part beyond it there, and inside on those before. */
    private List<ConditionBox> without(ConditionBox other, ConditionSpace space) {
        if (!intersects(other)) {
            return List.of(this);
        }
        List<ConditionBox> left = new ArrayList<>();
        Map<Object, BitSet> inside = new LinkedHashMap<>(sides);
        other.sides.forEach((axis, cut) -> {
            BitSet side = inside.getOrDefault(axis, space.all(axis));
            BitSet beyond = (BitSet) side.clone();
            beyond.andNot(cut);
            if (!beyond.isEmpty()) {
                Map<Object, BitSet> piece = new LinkedHashMap<>(inside);
                piece.put(axis, beyond);
                left.add(new ConditionBox(piece));
            }
            inside.put(axis, both(side, cut));
        });
        return left;
    }

    static BitSet both(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.and(other);
        return both;
    }
}
