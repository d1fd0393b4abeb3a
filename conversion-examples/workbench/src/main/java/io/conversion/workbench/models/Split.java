package io.conversion.workbench.models;

import io.conversion.workbench.console.Wording;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** By what a fifth of the rows is held out. */
sealed interface Split {

    /** The column that it is made by; empty if it is made by the signals. */
    Optional<String> column();

    /** The latest rows by a column of dates. */
    record Time(String name) implements Split {
        @Override
        public Optional<String> column() {
            return Optional.of(name);
        }
    }

    /** Groups, each of which stays together. */
    record Group(String name) implements Split {
        @Override
        public Optional<String> column() {
            return Optional.of(name);
        }
    }

    /** A hash of a column, or of the signals. */
    record Hash(Optional<String> column) implements Split {}

    /** Reads {@code time:COLUMN}, {@code group:COLUMN}, {@code hash} or {@code hash:COLUMN}. */
    final class Converter implements ITypeConverter<Split> {

        @Override
        public Split convert(String text) {
            int colon = text.indexOf(':');
            String kind = colon < 0 ? text : text.substring(0, colon);
            Optional<String> column = Optional.of(colon < 0 ? "" : unquoted(text.substring(colon + 1)))
                    .filter(name -> !name.isEmpty());
            if (kind.equals("hash") && (colon < 0 || column.isPresent())) {
                return new Hash(column);
            } else if (kind.equals("time") && column.isPresent()) {
                return new Time(column.get());
            } else if (kind.equals("group") && column.isPresent()) {
                return new Group(column.get());
            }
            throw new TypeConversionException(Wording.quoted(text)
                    + " is no split; time:COLUMN, group:COLUMN, hash and hash:COLUMN are the kinds that exist");
        }

        private static String unquoted(String text) {
            String name = text.strip();
            return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                    ? name.substring(1, name.length() - 1)
                    : name;
        }
    }
}
