package io.conversion.model.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** How every page of the library looks, on a screen, on a phone and on paper. */
public final class PageStyle {

    private PageStyle() {}

    /**
     * The style.
     *
     * @return CSS, to be put into the page
     */
    public static String css() {
        try (InputStream in = Objects.requireNonNull(PageStyle.class.getResourceAsStream("page.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
