package io.conversion.policy;

import io.conversion.policy.internal.Wording;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The share of users whose action is drawn from alternatives of their band, each with the same probability, so that other
 * policies can be evaluated on what came of it. Who is among them, and with which action, is a pure function of the salt and
 * the caller's key of the user. Immutable and safe to share between threads.
 *
 * @param share the share of users whose action is drawn, 0 to 1
 * @param salt a text that makes this draw independent of others; another one draws other users
 * @param alternatives the actions to draw from by the segment of the band. The band's own action is among them only if it is
 *     listed; a segment that is not listed is not explored
 */
public record Exploration(double share, String salt, Map<String, List<String>> alternatives) {

    /** Copies the alternatives and keeps their order. {@inheritDoc} */
    public Exploration {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        alternatives.forEach((segment, actions) -> copy.put(segment, List.copyOf(actions)));
        alternatives = Collections.unmodifiableMap(copy);
    }

    /**
     * Maps a user to a number that is spread evenly over users, as {@link ControlGroup#draw} does. Users below the share are
     * explored: of n alternatives, one with a draw of x gets the one with the index x / share * n, rounded down.
     *
     * @param userKey the caller's key of the user
     * @return a number from 0 to below 1
     */
    public double draw(String userKey) {
        return Draws.of(salt, userKey);
    }

    /** The index of the alternative that a draw below the share gets, of so many. */
    int index(double draw, int alternativesOfBand) {
        // The quotient may be rounded up to 1.
        return Math.min(alternativesOfBand - 1, (int) (draw / share * alternativesOfBand));
    }

    /** The share and the alternatives, and not the salt: who knows that can tell from a key who is explored. */
    @Override
    public String toString() {
        return "exploration of share " + Wording.number(share) + " among " + alternatives;
    }
}
