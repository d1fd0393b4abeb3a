package io.conversion.policy.economics;

/**
 * What becomes of the bands if one assumption is another one.
 *
 * @param assumption the assumption in words, such as {@code discount of "offer"}
 * @param assumed the number that was assumed
 * @param changed the number that is tried instead
 * @param bands the bands that are best then, tuned on the same population
 * @param adapted the expected gain of those, by the changed assumption, for one user of the reporting population
 * @param kept the expected gain of the bands that were found before, by the changed assumption
 */
public record Sensitivity(
        String assumption, double assumed, double changed, ActionBands bands, double adapted, double kept) {

    /**
     * What it costs to keep the bands if the assumption is the changed one. Where a capacity binds, the adapted bands are
     * best on the tuning population, and may gain less on the reporting one: then keeping costs nothing.
     *
     * @return the gain of the adapted bands less that of the kept ones, for one user, at least 0
     */
    public double regret() {
        return Math.max(0, adapted - kept);
    }

    /**
     * Tells whether the kept bands gain more on the reporting population than the adapted ones, which were tuned on other
     * users.
     *
     * @return whether they do
     */
    public boolean isAdaptedWorse() {
        return adapted < kept;
    }
}
