package io.conversion.model.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which rows belong together. */
final class Groups {

    private final String column;
    private final int[] numbers;

    private Groups(String column, int[] numbers) {
        this.column = column;
        this.numbers = numbers;
    }

    /** The name of what the rows of a group have in common. */
    String column() {
        return column;
    }

    /** The number of each row's group. */
    int[] numbers() {
        return numbers;
    }

    /** Rows with the same text are a group, in the order of first rows; one without a text is a group of its own. */
    static Groups of(String column, List<String> texts) {
        Map<String, Integer> known = new HashMap<>();
        int[] numbers = new int[texts.size()];
        int next = 0;
        for (int row = 0; row < numbers.length; row++) {
            String text = texts.get(row);
            Integer number = text.isEmpty() ? null : known.get(text);
            if (number == null) {
                number = next++;
                if (!text.isEmpty()) {
                    known.put(text, number);
                }
            }
            numbers[row] = number;
        }
        return new Groups(column, numbers);
    }

    Groups rows(int[] kept) {
        return new Groups(column, Arrays.stream(kept).map(row -> numbers[row]).toArray());
    }
}
