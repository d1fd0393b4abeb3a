package io.conversion.workbench.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class KeyCountTest {

    private static String printed(KeyCount keys) {
        StringWriter text = new StringWriter();
        keys.print(new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    void differentKeysAreNothingToTell() {
        KeyCount keys = new KeyCount(true);
        for (int i = 0; i < 100_000; i++) {
            keys.add(i, "k" + i);
        }

        assertThat(printed(keys)).isEmpty();
    }

    @Test
    void fullKeysSayHowFarRepeatsWereLookedFor() {
        KeyCount keys = new KeyCount(true, new KeySet(3));
        keys.add(0, "a");
        keys.add(1, "b");
        keys.add(2, "c");
        keys.add(3, "d");
        keys.add(4, "d");
        keys.add(5, "b");

        assertThat(printed(keys)).isEqualTo("""
                1 of 6 rows has the key of an earlier row, which a join would multiply: row 5 (key "b")
                repeated keys were looked for among the first 3 different keys only
                """);
    }

    @Test
    void aLongKeyIsCutAndHasNoControlCharacters() {
        KeyCount keys = new KeyCount(true);
        keys.add(0, "x\n".repeat(50));
        keys.add(1, "x\n".repeat(50));

        assertThat(printed(keys)).endsWith("row 1 (key \"" + "x?".repeat(40) + "...\")\n");
    }
}
