package io.conversion.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "tier 1", " padded ", "café", "\uD83D\uDCFA", "a/b~c", "\"quoted\""})
    void nameIsAnyTextThatPeopleCanTellApart(String text) {
        assertThat(ArtifactText.isName(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u2003", "a\nb", "\u0000", "\u007F", "half \uD83D", "\uDCFA half"})
    void nameIsNeitherBlankNorHoldsControlCharactersOrHalfCharacters(String text) {
        assertThat(ArtifactText.isName(text)).isFalse();
    }

    @Test
    void lengthsAreLimited() {
        assertThat(ArtifactText.isName("x".repeat(500))).isTrue();
        assertThat(ArtifactText.isName("x".repeat(501))).isFalse();
        assertThat(ArtifactText.isText("x".repeat(10_000))).isTrue();
        assertThat(ArtifactText.isText("x".repeat(10_001))).isFalse();
    }

    @Test
    void textMayBeBlankAndHoldLineFeeds() {
        assertThat(ArtifactText.isText("")).isTrue();
        assertThat(ArtifactText.isText("one\ntwo")).isTrue();
        assertThat(ArtifactText.isText("\uD83D")).isFalse();
    }

    @Test
    void quotedTextIsShortAndOnOneLine() {
        assertThat(ArtifactText.quoted("café")).isEqualTo("\"café\"");
        assertThat(ArtifactText.quoted("one\ntwo\u0000")).isEqualTo("\"one\\u000atwo\\u0000\"");
        assertThat(ArtifactText.quoted("x".repeat(80))).isEqualTo("\"" + "x".repeat(80) + "\"");
        assertThat(ArtifactText.quoted("x".repeat(81))).isEqualTo("\"" + "x".repeat(77) + "...\"");
    }

    @Test
    void digestIsASha256InLowerCase() {
        assertThat(ArtifactText.isDigest("sha256:" + "0123456789abcdef".repeat(4)))
                .isTrue();
        assertThat(ArtifactText.isDigest("sha256:" + "0123456789ABCDEF".repeat(4)))
                .isFalse();
        assertThat(ArtifactText.isDigest("sha256:" + "0".repeat(63))).isFalse();
        assertThat(ArtifactText.isDigest("0".repeat(64))).isFalse();
    }
}
