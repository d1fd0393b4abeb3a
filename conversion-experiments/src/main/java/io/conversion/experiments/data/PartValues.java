package io.conversion.experiments.data;

import io.conversion.experiments.data.Outcome.Part;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The numbers of one part, row by row, until they are put together by user. */
final class PartValues {

    final Part part;
    private final IntList users = new IntList();
    private double[] values = new double[16];
    private boolean zeroWithoutRows;

    PartValues(Part part) {
        this.part = part;
    }

    void add(int user, double value) {
        int size = users.size();
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.multiplyExact(2, size));
        }
        values[size] = value;
        users.add(user);
    }

    /** Says that a user without any row has 0, not nothing: who has no purchase has spent nothing. */
    void zeroWithoutRows() {
        zeroWithoutRows = part.way() != Outcome.Way.MEAN;
    }

    /** One number for each user that is kept, NaN where nothing is known; in whatever order the rows came. */
    double[] finish(int[] kept, int all) {
        int[] starts = new int[all + 1];
        for (int i = 0; i < users.size(); i++) {
            starts[users.get(i) + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        double[] byUser = new double[users.size()];
        int[] next = starts.clone();
        for (int i = 0; i < byUser.length; i++) {
            byUser[next[users.get(i)]++] = values[i];
        }
        return IntStream.of(kept)
                .mapToDouble(user -> ofUser(byUser, starts[user], starts[user + 1]))
                .toArray();
    }

    /** Numbers are added in ascending order, so that the order of rows does not show; missing ones sort last. */
    private double ofUser(double[] numbers, int from, int to) {
        Arrays.sort(numbers, from, to);
        int count = 0;
        double sum = 0;
        boolean any = false;
        for (int i = from; i < to && !Double.isNaN(numbers[i]); i++) {
            count++;
            sum += numbers[i];
            any |= numbers[i] > 0;
        }
        if (count == 0) {
            return zeroWithoutRows ? 0 : Double.NaN;
        }
        return switch (part.way()) {
            case SUM, COUNT -> sum;
            case MEAN -> sum / count;
            case ANY -> any ? 1 : 0;
        };
    }
}
