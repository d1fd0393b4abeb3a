package io.conversion.core.internal;

import io.conversion.core.json.ArtifactText;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Offers the known name that somebody who misspelt it most likely meant. One search takes a bounded amount of work for all
 * that it is asked, so that whoever sends wrong names again and again, or meets thousands of known ones, cannot make it long;
 * beyond that there are no offers. For one thread.
 */
public final class NearestName {

    /** Longer names get no offer. */
    private static final int LONGEST = 100;

    /** Characters and cells of tables that are looked at, some nanoseconds for each. */
    private static final int MOST_WORK = 200_000;

    /** What a name takes at least. */
    private static final int LOOK = 8;

    private int work = MOST_WORK;

    /**
     * The offer as the end of a message.
     *
     * @param given the name that is not known
     * @param known the names that are
     * @return {@code ; did you mean "tier_1"?}, or nothing if no name is near
     */
    public String offer(String given, Collection<String> known) {
        String nearest = given.length() > LONGEST ? null : nearest(normal(given), known);
        return nearest == null ? "" : "; did you mean " + ArtifactText.quoted(nearest) + "?";
    }

    private @Nullable String nearest(String normal, Collection<String> known) {
        for (String name : known) {
            int alike = alike(normal, name);
            if (!takes(LOOK + alike)) {
                return null;
            }
            if (alike == normal.length() && isSpelling(normal, name)) {
                return name;
            }
        }
        // Up to two letters nothing but another spelling of the same is near: US is not meant to be UK.
        int best = normal.length() < 3 ? 0 : 1 + normal.length() / 4;
        String nearest = null;
        for (String name : known) {
            // Of two that are as near, it is the first one.
            int allowed = nearest == null ? best : best - 1;
            if (allowed <= 0) {
                break;
            }
            int distance = name.length() <= 2 * LONGEST ? distance(normal, normal(name), allowed) : Integer.MAX_VALUE;
            if (work < 0) {
                return null;
            }
            if (distance <= allowed) {
                best = distance;
                nearest = name;
            }
        }
        return nearest;
    }

    private boolean takes(int some) {
        work -= some;
        return work >= 0;
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

    /** How many characters a name has in common with the start of another one's normal spelling. */
    private static int alike(String normal, String name) {
        int alike = 0;
        for (int i = 0; i < name.length() && alike < normal.length(); i++) {
            char c = name.charAt(i);
            if (counts(c) && Character.toLowerCase(c) != normal.charAt(alike++)) {
                return alike - 1;
            }
        }
        return alike;
    }

    /** Letter case, hyphens, blanks and underscores are what people mix up first, so they count as equal. */
    private static String normal(String name) {
        StringBuilder normal = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (counts(c)) {
                normal.append(Character.toLowerCase(c));
            }
        }
        return normal.toString();
    }

    private static boolean counts(char c) {
        return c != '-' && c != '_' && c != '.' && c != ' ';
    }

    /**
     * The Levenshtein distance, by one row of the table at a time, of which only the cells beside the diagonal matter; more
     * than {@code most} if it is more, or if there is no work left.
     */
    private int distance(String a, String b, int most) {
        int more = most + 1;
        boolean isNear = Math.abs(a.length() - b.length()) <= most;
        if (!takes(LOOK + b.length() + (isNear ? (2 * most + 1) * a.length() : 0)) || !isNear) {
            return more;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = Math.min(j, more);
        }
        for (int i = 1; i <= a.length(); i++) {
            int from = Math.max(1, i - most);
            int to = Math.min(b.length(), i + most);
            int diagonal = row[from - 1];
            row[from - 1] = from == 1 ? Math.min(i, more) : more;
            for (int j = from; j <= to; j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(more, Math.min(substitution, 1 + Math.min(row[j], row[j - 1])));
            }
            if (to < b.length()) {
                row[to + 1] = more;
            }
        }
        return row[b.length()];
    }
}
