package io.conversion.model.chart;

/**
 * What a series of a chart is called, beside a sample of how it is drawn.
 *
 * @param name what it is called
 * @param ink how it is drawn
 */
record ChartKey(String name, ChartInk ink) {

    private static final double LONGEST_NAME = 300;

    /** Shortens a long name. {@inheritDoc} */
    ChartKey {
        name = ChartText.fitted(name, LONGEST_NAME);
    }
}
