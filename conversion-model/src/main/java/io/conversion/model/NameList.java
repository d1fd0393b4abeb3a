package io.conversion.model;

import java.util.List;

/** Names in a sentence, of which an artifact can only hold so many: the first ones, and how many more there are. */
final class NameList {

    /** So many of the longest names, of a signal and its level, are still a text that an artifact takes. */
    private static final int NAMED = 8;

    private NameList() {}

    static String of(List<String> names) {
        String named = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? named + " and " + (names.size() - NAMED) + " more" : named;
    }
}
