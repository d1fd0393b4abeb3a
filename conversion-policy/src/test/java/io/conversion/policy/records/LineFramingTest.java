package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.RandomUsers;
import io.conversion.policy.records.Replay.Line;
import io.conversion.policy.records.Replayed.Altered;
import io.conversion.policy.records.Replayed.Cut;
import io.conversion.policy.records.Replayed.Empty;
import io.conversion.policy.records.Replayed.Verified;
import io.conversion.policy.records.Replayed.VerifiedInPart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other programs do to the lines of a file without touching a record. */
class LineFramingTest {

    private static final ConversionModel MODEL = LoggedDecisions.model();
    private static final PolicyEngine ENGINE = PolicyEngine.of(LoggedDecisions.policy());
    private static final String ONE = record(1);
    private static final String TWO = record(2);

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r"})
    void otherLineEndsVerifyAndAreNamed(String end) throws IOException {
        List<Line> lines = replayed(ONE + end + TWO + end);

        assertVerified(lines, 2);
        assertThat(lines).allSatisfy(line -> assertThat(line.framing()).containsExactly(LineFraming.CARRIAGE_RETURN));
    }

    @Test
    void linesOfALogHaveNothingAroundTheRecord() throws IOException {
        List<Line> lines = replayed(ONE + "\n" + TWO);

        assertVerified(lines, 2);
        assertThat(lines).allSatisfy(line -> assertThat(line.framing()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {" %s", "%s ", "%s\t\t", "\t%s \f", "  %s   "})
    void blanksAroundARecordVerifyAndAreNamed(String line) throws IOException {
        List<Line> lines = replayed(line.replace("%s", ONE) + "\n" + line.replace("%s", TWO) + "\n");

        assertVerified(lines, 2);
        assertThat(lines).allSatisfy(found -> assertThat(found.framing()).containsExactly(LineFraming.BLANKS));
    }

    @Test
    void byteOrderMarkVerifiesAndIsNamedAlsoWhereFilesWereJoined() throws IOException {
        List<Line> lines = replayed("\uFEFF" + ONE + "\r\n\uFEFF" + TWO + " \r\n");

        assertVerified(lines, 2);
        assertThat(lines.get(0).framing())
                .containsExactlyInAnyOrder(LineFraming.BYTE_ORDER_MARK, LineFraming.CARRIAGE_RETURN);
        assertThat(lines.get(1).framing()).isEqualTo(Set.of(LineFraming.values()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", " \n", "\t \r\n", "\uFEFF\n"})
    void lineWithoutARecordIsNamedAsEmpty(String empty) throws IOException {
        List<Line> lines = replayed(ONE + "\n" + empty + TWO + "\n" + empty);

        assertThat(lines).hasSize(4);
        assertThat(List.of(lines.get(1).outcome(), lines.get(3).outcome())).hasOnlyElementsOfType(Empty.class);
        assertThat(lines.get(1).outcome().sentence()).isEqualTo("the line is empty");
        assertVerified(List.of(lines.get(0), lines.get(2)), 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM"})
    void otherEncodingIsNamedOnceForTheFile(String charset) throws IOException {
        List<Line> lines = replayed((ONE + "\n" + TWO + "\n").getBytes(Charset.forName(charset)));

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).outcome())
                .isEqualTo(new Altered("the file is text in UTF-16, and records are in UTF-8: convert it back"));
    }

    /** As jq and others write it: the digest of the content tells that nothing else happened. */
    @Test
    void recordWrittenAnewByAnotherProgramIsNamedAsThat() throws IOException {
        String spaced = ONE.replace("\",\"", "\", \"").replace("\":\"", "\": \"");
        String escaped = ONE.replace("request", "reque\\u0073t");

        List<Line> lines = replayed(spaced + "\n" + escaped + "\n");

        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.outcome().sentence())
                        .startsWith("/digest is sha256:")
                        .endsWith(
                                "; the content is as it was written, but not its bytes: another program wrote white space, the"
                                        + " order of fields or escapes anew; keep the file as the log wrote it"));
        assertThat(lines).extracting(Line::outcome).hasOnlyElementsOfType(Altered.class);
    }

    @Test
    void changedRecordIsAlteredWhateverStandsAroundIt() throws IOException {
        List<Line> lines = replayed("\uFEFF" + ONE.replace("request 1", "request 7") + " \r\n");

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).outcome()).isInstanceOf(Altered.class);
        assertThat(lines.get(0).outcome().sentence())
                .startsWith("/digest is ")
                .contains("the record was changed after it was written, or the file is damaged");
    }

    @Test
    void noSentenceNamesTheLineWhoseNumberIsBesideIt() throws IOException {
        List<Line> lines = replayed("{}\n[1]\nno\n{\"format\":3}\n" + ONE.substring(9) + "\n" + ONE + "x\n");

        assertThat(lines).hasSize(6).allSatisfy(line -> {
            assertThat(line.outcome()).isInstanceOf(Altered.class);
            assertThat(line.outcome().sentence())
                    .doesNotContainPattern("line [0-9]+:")
                    .doesNotContain("the file is cut");
        });
    }

    @Test
    void lastLineIsCutWhateverItsEndsWere() throws IOException {
        List<Line> lines = replayed(ONE + "\r\n" + TWO.substring(0, 100));

        assertThat(lines.get(1).outcome()).isEqualTo(new Cut(100));
    }

    private static void assertVerified(List<Line> lines, int number) {
        assertThat(lines).hasSize(number);
        assertThat(lines).extracting(Line::outcome).hasOnlyElementsOfTypes(Verified.class, VerifiedInPart.class);
    }

    private static String record(int number) {
        return DecisionRecord.of(DecisionEvent.decide(
                        ENGINE,
                        MODEL.scorer(),
                        MODEL.schema().read(RandomUsers.user(new Random(number))),
                        DecisionContext.NONE,
                        "request " + number,
                        null))
                .toJson();
    }

    private static List<Line> replayed(String text) throws IOException {
        return replayed(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Line> replayed(byte[] bytes) throws IOException {
        List<Line> lines = new ArrayList<>();
        Replay.of(List.of(MODEL), List.of(ENGINE.policy())).replay(new ByteArrayInputStream(bytes), lines::add);
        return lines;
    }
}
