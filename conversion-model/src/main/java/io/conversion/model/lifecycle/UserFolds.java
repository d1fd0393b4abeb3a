package io.conversion.model.lifecycle;

import io.conversion.model.LogisticTrainer;
import io.conversion.model.data.DataSet;
import java.util.List;

/**
 * Folds over users: the fold of a user follows from its name and the seed alone, so that it is the same on every day and
 * whatever other users there are.
 */
record UserFolds(int folds, long seed) {

    int of(String user) {
        // FNV-1a over the characters, then the finaliser of SplitMix64.
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < user.length(); i++) {
            hash = (hash ^ user.charAt(i)) * 0x100000001b3L;
        }
        long z = hash + seed * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return (int) Long.remainderUnsigned(z ^ (z >>> 31), folds);
    }

    /** For each user the probability by a model that was trained on the other folds. */
    double[] outOfFold(HorizonUsers users, LogisticTrainer trainer) {
        int[] fold = users.users().stream().mapToInt(this::of).toArray();
        DataSet data = users.data();
        double[] probabilities = new double[fold.length];
        for (int k = 0; k < folds; k++) {
            int left = k;
            if (noneIn(fold, left)) {
                continue;
            }
            double[] heldOut = trainer.train(data.rows(row -> fold[row] != left))
                    .probabilities(data.rows(row -> fold[row] == left));
            int next = 0;
            for (int row = 0; row < fold.length; row++) {
                if (fold[row] == left) {
                    probabilities[row] = heldOut[next++];
                }
            }
        }
        return probabilities;
    }

    /** Whether a model can be trained and tested on every fold: each outcome occurs in at least two. */
    boolean cover(List<String> users, boolean[] outcomes) {
        return occursTwice(users, outcomes, true) && occursTwice(users, outcomes, false);
    }

    private boolean occursTwice(List<String> users, boolean[] outcomes, boolean outcome) {
        int first = -1;
        for (int i = 0; i < outcomes.length; i++) {
            int fold = outcomes[i] == outcome ? of(users.get(i)) : first;
            if (first >= 0 && fold != first) {
                return true;
            }
            first = fold;
        }
        return false;
    }

    private static boolean noneIn(int[] fold, int number) {
        for (int each : fold) {
            if (each == number) {
                return false;
            }
        }
        return true;
    }
}
