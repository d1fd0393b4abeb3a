package io.conversion.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractCollection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NearestNameTest {

    @Property
    void offerIsTheFirstOfTheNearestNames(@ForAll("names") String given, @ForAll("lists") List<String> known) {
        int most = normal(given).length() < 3 ? 0 : 1 + normal(given).length() / 4;
        String expected = known.stream()
                .filter(name -> distance(normal(given), normal(name)) <= most)
                .min(Comparator.comparingInt(name -> distance(normal(given), normal(name))))
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse("");

        assertThat(new NearestName().offer(given, known)).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("abcAB_-. ").ofMaxLength(12);
    }

    @Provide
    Arbitrary<List<String>> lists() {
        return names().list().ofMaxSize(8);
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
    }

    /** By its recursive definition. */
    private static int distance(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                int longer = Math.max(i, j);
                table[i][j] = i == 0 || j == 0
                        ? longer
                        : Math.min(
                                table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1),
                                1 + Math.min(table[i - 1][j], table[i][j - 1]));
            }
        }
        return table[a.length()][b.length()];
    }

    @Test
    void workEndsHoweverManyNamesThereAre() {
        AtomicInteger looks = new AtomicInteger();
        Counted names = new Counted(100_000, looks);
        NearestName search = new NearestName();

        assertThat(search.offer("x".repeat(60), names)).isEmpty();
        int first = looks.get();
        assertThat(first).isLessThan(30_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(search.offer("x".repeat(60), names)).isEmpty();
        }
        assertThat(looks.get()).isLessThan(first + 2_001);
    }

    @Test
    void anotherSpellingIsFoundAmongThousands() {
        List<String> known =
                IntStream.range(0, 5_000).mapToObj(i -> "Campaign_" + i).toList();

        assertThat(new NearestName().offer("campaign 4999", known)).isEqualTo("; did you mean \"Campaign_4999\"?");
    }

    /** Names of one length, none of them alike. */
    private static final class Counted extends AbstractCollection<String> {

        private final int size;
        private final AtomicInteger looks;

        Counted(int size, AtomicInteger looks) {
            this.size = size;
            this.looks = looks;
        }

        @Override
        public Iterator<String> iterator() {
            return IntStream.range(0, size)
                    .peek(i -> looks.incrementAndGet())
                    .mapToObj(i -> "y".repeat(50) + (1_000_000_000 + i))
                    .iterator();
        }

        @Override
        public int size() {
            return size;
        }
    }
}
