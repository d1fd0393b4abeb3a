package io.conversion.policy;

/**
 * One band of a policy: from its lower bound up to, and not including, the lower bound of the next one; the last band
 * ends with 1 included.
 *
 * @param segment what users in the band are called
 * @param from the lower bound, a probability from 0 to 1
 * @param action what the host is to do for them
 * @param recommendation the action in words, for people; may be empty
 * @param rationale why the band is where it is; may be empty
 */
public record Band(String segment, double from, String action, String recommendation, String rationale) {

    /**
     * A band without texts for people.
     *
     * @param segment what users in the band are called
     * @param from the lower bound, a probability from 0 to 1
     * @param action what the host is to do for them
     * @return the band
     */
    public static Band of(String segment, double from, String action) {
        return new Band(segment, from, action, "", "");
    }
}
