package io.conversion.model.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Deals groups of rows into folds. */
final class GroupFolds {

    private GroupFolds() {}

    static Folds deal(int[] groups, boolean[] outcomes, int k, long seed) {
        // The check of k and of the rows of each outcome.
        Folds.stratified(outcomes, k, seed);
        Map<Integer, int[]> sizes = new LinkedHashMap<>();
        for (int row = 0; row < groups.length; row++) {
            int[] size = sizes.computeIfAbsent(groups[row], group -> new int[2]);
            size[outcomes[row] ? 1 : 0]++;
        }
        List<Map.Entry<Integer, int[]>> order = new ArrayList<>(sizes.entrySet());
        Collections.shuffle(order, new Random(seed));
        order.sort(Comparator.comparingInt((Map.Entry<Integer, int[]> group) -> -group.getValue()[1])
                .thenComparingInt(group -> -group.getValue()[0]));
        int[][] dealt = new int[k][2];
        Map<Integer, Integer> foldOfGroup = new LinkedHashMap<>();
        for (Map.Entry<Integer, int[]> group : order) {
            int fold = emptiest(dealt, group.getValue()[1] > 0);
            dealt[fold][0] += group.getValue()[0];
            dealt[fold][1] += group.getValue()[1];
            foldOfGroup.put(group.getKey(), fold);
        }
        for (int[] fold : dealt) {
            if (fold[0] == 0 || fold[1] == 0) {
                throw new InvalidDataException(sizes.size() + " groups cannot be dealt into " + k
                        + " folds that have both outcomes each; use fewer folds, or more groups");
            }
        }
        int[] folds = new int[groups.length];
        for (int row = 0; row < folds.length; row++) {
            folds[row] = foldOfGroup.getOrDefault(groups[row], 0);
        }
        return Folds.dealt(k, folds);
    }

    private static int emptiest(int[][] dealt, boolean converted) {
        int emptiest = 0;
        for (int fold = 1; fold < dealt.length; fold++) {
            int positives = converted ? Integer.compare(dealt[fold][1], dealt[emptiest][1]) : 0;
            int rows = Integer.compare(dealt[fold][0] + dealt[fold][1], dealt[emptiest][0] + dealt[emptiest][1]);
            emptiest = positives < 0 || (positives == 0 && rows < 0) ? fold : emptiest;
        }
        return emptiest;
    }
}
