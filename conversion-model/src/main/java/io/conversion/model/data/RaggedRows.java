package io.conversion.model.data;

import java.util.ArrayList;
import java.util.List;

/** Counts the rows that have another number of cells than the header, and says why that may be. */
final class RaggedRows {

    private static final int NAMED = 10;

    private final CsvFile file;
    private final List<String> first = new ArrayList<>();
    private long rows;
    private long ragged;
    private int cells;
    private boolean alike = true;
    private boolean emptyEnds = true;

    RaggedRows(CsvFile file) {
        this.file = file;
    }

    void see(CsvFile.Row row) {
        rows++;
        String problem = file.raggedness(row);
        if (problem.isEmpty()) {
            return;
        }
        int size = row.cells().size();
        alike = alike && (ragged == 0 || size == cells);
        cells = size;
        emptyEnds = emptyEnds
                && size == file.header().size() + 1
                && row.cells().get(size - 1).isEmpty();
        if (ragged++ < NAMED) {
            first.add(problem);
        }
    }

    /** Refuses the file if more rows are ragged than are tolerated. */
    void refuseMoreThan(long tolerated) {
        if (ragged <= tolerated) {
            return;
        }
        if (ragged == rows && alike && rows > 1) {
            String header = cells + (cells == 1 ? " cell" : " cells") + " where the header has "
                    + file.header().size();
            throw new InvalidDataException(file.name() + ": each of its " + rows + " rows has " + header
                    + (emptyEnds
                            ? "; a separator ends each row and not the header, so remove it there or add one here"
                            : "; correct the header, or look for cells that hold the separator and are not quoted"));
        }
        throw new InvalidDataException(
                file.name() + " has " + ragged + " bad cells in " + ragged + " rows, and " + tolerated
                        + " are tolerated" + (ragged > NAMED ? "; the first ten:" : ":") + "\n  "
                        + String.join("\n  ", first),
                first);
    }
}
