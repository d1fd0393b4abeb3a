package io.conversion.policy.history;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.artifact.InvalidArtifactException.Problem;
import io.conversion.core.json.AtomicFile;
import io.conversion.core.json.JsonDocument;
import io.conversion.policy.signing.SigningKeys;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a history. An entry's name is its number alone, so that two who publish at once want the same name and
 * one of them gets it.
 */
record HistoryFolder(Path path, @Nullable SigningKeys keys) {

    private static final int MOST_ENTRIES = 999_999;
    private static final Pattern NAME = Pattern.compile("[0-9]{6}\\.json");

    HistoryFolder(Path path) {
        this(path, null);
    }

    static String nameOf(int sequence) {
        return String.format(Locale.ROOT, "%06d.json", sequence);
    }

    /** Reads and checks all entries. */
    List<HistoryEntry> read() throws IOException {
        // An entry is created after the one before it and never removed: all up to the last one listed can be read,
        // even while others publish.
        int last = lastListed();
        List<HistoryEntry> entries = new ArrayList<>();
        while (entries.size() < last) {
            int sequence = entries.size() + 1;
            if (!Files.exists(path.resolve(nameOf(sequence)))) {
                throw refused(
                        nameOf(sequence), "missing", "the history goes on to " + nameOf(last) + ": restore the file");
            }
            entries.add(read(entries));
        }
        return entries;
    }

    private int lastListed() throws IOException {
        if (!Files.isDirectory(path)) {
            throw new IOException(
                    "the folder " + path + " of a policy history does not exist; create it, empty, to start one");
        }
        int last = 0;
        try (Stream<Path> files = Files.list(path)) {
            // A name that starts with a dot is a part that a killed process left, or a file of another tool.
            for (String name : files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList()) {
                last = NAME.matcher(name).matches() ? Integer.parseInt(name.substring(0, 6)) : 0;
                if (last == 0) {
                    throw refused(
                            name,
                            "no entry of a policy history",
                            "its entries are named 000001.json, 000002.json and so on: keep other files elsewhere");
                }
            }
        }
        return last;
    }

    private HistoryEntry read(List<HistoryEntry> before) throws IOException {
        String name = nameOf(before.size() + 1);
        return JsonDocument.read(path.resolve(name), source(name), json -> HistoryFormat.read(json, before, keys));
    }

    /** Refuses a change if the files are not the given entries any more. One whose entry was rewritten is refused, too. */
    void refuseIfStale(List<HistoryEntry> entries) throws IOException {
        int size = entries.size();
        if (Files.exists(path.resolve(nameOf(size + 1)))) {
            throw stale(size);
        }
        if (size > 0) {
            HistoryEntry head = entries.get(size - 1);
            String name = nameOf(size);
            if (!Files.exists(path.resolve(name))
                    || !read(entries.subList(0, size - 1)).digest().equals(head.digest())) {
                throw new StaleHistoryException(
                        path.toString(), size, name + " is not the entry any more that this history was loaded with");
            }
        }
    }

    /** Adds an entry, unless somebody else did. */
    void create(HistoryEntry entry) throws IOException {
        int sequence = entry.sequence();
        if (sequence > MOST_ENTRIES) {
            throw new IOException(
                    "the policy history " + path + " is full with " + MOST_ENTRIES + " entries; start another one");
        }
        try {
            AtomicFile.create(path.resolve(nameOf(sequence)), HistoryFormat.text(entry));
        } catch (FileAlreadyExistsException e) {
            throw stale(sequence - 1);
        }
    }

    private StaleHistoryException stale(int basedOn) {
        return new StaleHistoryException(
                path.toString(), basedOn, nameOf(basedOn + 1) + " was added after this history was loaded");
    }

    private InvalidArtifactException refused(String name, String found, String expected) {
        return new InvalidArtifactException(source(name), List.of(new Problem("", found, expected)));
    }

    private String source(String name) {
        return path.resolve(name).toString();
    }
}
