package io.conversion.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.model.data.InvalidDataException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalNamesTest {

    @Test
    void ordinaryKindsHaveTheirOrdinaryNames() {
        SignalNames names = SignalNames.of(List.of("download", "error"), List.of("plan"));

        assertThat(names.of("download", "idle_days")).isEqualTo("download_idle_days");
        assertThat(names.of("error", "count")).isEqualTo("error_count");
    }

    @Test
    void twoSourcesOfOneNameAreToldApart() {
        List<String> kinds = List.of("view", "view_idle", "view_count", "download", "download_idle");
        SignalNames names = SignalNames.of(kinds, List.of("download_trend", "view_days"));

        assertThat(names.of("view", "idle_days")).isEqualTo("view idle_days");
        assertThat(names.of("view_idle", "days")).isEqualTo("view_idle days");
        assertThat(names.of("view", "days")).isEqualTo("view days");
        assertThat(names.of("download", "trend")).isEqualTo("download trend");
        assertThat(names.of("download", "count")).isEqualTo("download_count");
        Set<String> all = new HashSet<>(List.of("download_trend", "view_days"));
        kinds.forEach(kind -> SignalNames.MEASURES.forEach(measure -> all.add(names.of(kind, measure))));
        assertThat(all).hasSize(2 + 25);
    }

    @Test
    void namesThatClashAllTheSameAreRefusedWithBothSources() {
        assertThatThrownBy(() -> SignalNames.of(List.of("view"), List.of("view_count", "view count")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        "signal \"view count\" would be two things, attribute \"view count\" and the count of events"
                                + " \"view\"; rename one of them in the files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", "tab\tin it", "\u0085", "half \ud83d"})
    void kindsAndAttributesThatCannotNameASignalAreRefused(String text) {
        assertThatThrownBy(() -> SignalNames.of(List.of("view", text), List.of()))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("kind of event \"");
        assertThatThrownBy(() -> SignalNames.of(List.of("view"), List.of(text)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("attribute \"")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> SignalNames.requireLevels("channel", List.of("web", text)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(" of attribute \"channel\" is not valid: ");
    }

    @Test
    void longKindIsCutInTheMessage() {
        assertThatThrownBy(() -> SignalNames.of(List.of("v".repeat(491)), List.of()))
                .isInstanceOf(InvalidDataException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
        assertThat(SignalNames.of(List.of("v".repeat(490)), List.of()).of("x", "count"))
                .isEqualTo("x_count");
    }
}
