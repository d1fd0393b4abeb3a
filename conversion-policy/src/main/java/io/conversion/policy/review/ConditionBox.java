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
     * Whether something of this box is in none of the others. Depth first: a single piece that is left over decides, and
     * only where all is covered each piece is looked at.
     *
     * @return whether there is; empty if that would take too long to find out
     */
    Optional<Boolean> reachesBeyond(List<ConditionBox> others, ConditionSpace space, ReviewBudget budget) {
        List<ConditionBox> near = others.stream().filter(this::intersects).toList();
        Deque<Piece> open = new ArrayDeque<>();
        if (!isEmpty()) {
            open.push(new Piece(this, 0));
        }
        budget.begin();
        while (!open.isEmpty()) {
            Piece piece = open.pop();
            if (piece.next == near.size()) {
                return Optional.of(true);
            }
            ConditionBox other = near.get(piece.next);
            if (!budget.spend(other.sides.size() * (long) (piece.box.sides.size() + other.sides.size()))) {
                return Optional.empty();
            }
            piece.box.without(other, space).forEach(rest -> open.push(new Piece(rest, piece.next + 1)));
        }
        return Optional.of(false);
    }

    /** A part of a box that lies outside the first of the others, and the number of the next one. */
    private record Piece(ConditionBox box, int next) {}

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
