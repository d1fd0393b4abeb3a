package io.conversion.core.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Offers the known name that somebody who misspelt it most likely meant. */
public final class NearestName {

    /** Longer names get no offer, so that what a request sends cannot make the search long. */
    private static final int LONGEST = 100;

    private NearestName() {}

    /**
     * The offer as the end of a message.
     *
     * @param given the name that is not known
     * @param known the names that are
     * @return {@code ; did you mean "tier_1"?}, or nothing if no name is near
     */
    public static String offer(String given, Collection<String> known) {
        if (given.length() > LONGEST) {
            return "";
        }
        String normal = normal(given);
        // Up to two letters nothing but another spelling of the same is near: US is not meant to be UK.
        int best = normal.length() < 3 ? 0 : 1 + normal.length() / 4;
        String nearest = null;
        for (String name : known) {
            if (Math.abs(name.length() - given.length()) <= LONGEST / 4 + best) {
                int distance = distance(normal, normal(name));
                if (distance < best || (nearest == null && distance == best)) {
                    best = distance;
                    nearest = name;
                }
            }
        }
        return nearest == null ? "" : "; did you mean \"" + nearest + "\"?";
    }

    /**
     * Tells whether two names are spellings of the same one.
     *
     * @param a a name
     * @param b another one
     * @return whether they differ in letter case, hyphens, blanks, dots and underscores only
     */
    public static boolean isSpelling(String a, String b) {
        return normal(a).equals(normal(b));
    }

    /** Letter case, hyphens, blanks and underscores are what people mix up first, so they count as equal. */
    private static String normal(String name) {
        StringBuilder normal = new StringBuilder();
        name.toLowerCase(Locale.ROOT).chars().filter(c -> "-_. ".indexOf(c) < 0).forEach(c -> normal.append((char) c));
        return normal.toString();
    }

    /** The Levenshtein distance, by one row of the table at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
