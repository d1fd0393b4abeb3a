package io.conversion.core;

import static io.conversion.core.Fixtures.MODEL;
import static io.conversion.core.Fixtures.replaced;
import static io.conversion.core.Fixtures.score;
import static io.conversion.core.Fixtures.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.artifact.InvalidArtifactException.Problem;
import io.conversion.core.shapes.Calibration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelArtifactTest {

    private static final String ARTIFACT = MODEL.toJson();

    @TempDir
    private Path folder;

    @Test
    void writtenModelIsReadBackEqualInEveryPart() throws IOException {
        Path file = folder.resolve("model.json");

        MODEL.save(file);
        ConversionModel read = ConversionModel.load(file);

        assertThat(read.reference()).isEqualTo(MODEL.reference());
        assertThat(read.schema()).isEqualTo(MODEL.schema());
        assertThat(read.intercept()).isEqualTo(MODEL.intercept());
        assertThat(read.shapes()).isEqualTo(MODEL.shapes());
        assertThat(read.weights()).isEqualTo(MODEL.weights());
        assertThat(read.referenceUser()).isEqualTo(MODEL.referenceUser());
        assertThat(read.minimumEvidence()).isEqualTo(MODEL.minimumEvidence());
        assertThat(read.golden()).isEqualTo(MODEL.golden());
        assertThat(read.training()).isEqualTo(MODEL.training());
        assertThat(read.toJson()).isEqualTo(ARTIFACT);
    }

    @Test
    void modelWithoutProvenanceIsReadBackWithoutOne() {
        ConversionModel byHand = Fixtures.identity();

        ConversionModel read = ConversionModel.fromJson(byHand.toJson());

        assertThat(read.training()).isEmpty();
        assertThat(read.reference()).isEqualTo(byHand.reference());
    }

    @Test
    void modelWithoutAMinimumIsReadBackWithoutOne() {
        ConversionModel modest = MODEL.minimumEvidence(MinimumEvidence.NONE);

        ConversionModel read = ConversionModel.fromJson(modest.toJson());

        assertThat(modest.toJson()).doesNotContain("minimum_evidence");
        assertThat(read.minimumEvidence()).isEqualTo(MinimumEvidence.NONE);
        assertThat(read.reference()).isEqualTo(modest.reference());
    }

    @Test
    void weightThatIsNotGivenIsOne() {
        ConversionModel byHand = Fixtures.identity();

        ConversionModel read = ConversionModel.fromJson(replaced(byHand.toJson(), ",\n      \"weight\": 1.0", ""));

        assertThat(read.weights()).isEqualTo(Map.of("s0", 1.0));
        assertThat(read.reference()).isEqualTo(byHand.reference());
    }

    @Test
    void goldenVectorsAreKeptAsReadWhereOthersWouldBeMade() {
        GoldenVector last = MODEL.golden().get(MODEL.golden().size() - 1);
        ConversionModel one =
                Fixtures.model(-1.1, Fixtures.shapes()).golden(List.of(last)).build();
        ConversionModel none =
                Fixtures.model(-1.1, Fixtures.shapes()).golden(List.of()).build();

        assertThat(ConversionModel.fromJson(one.toJson()).golden()).containsExactly(last);
        assertThat(ConversionModel.fromJson(one.toJson()).toJson()).isEqualTo(one.toJson());
        assertThat(ConversionModel.fromJson(one.toJson())
                        .minimumEvidence(MinimumEvidence.NONE)
                        .golden())
                .containsExactly(last);
        assertThat(ConversionModel.fromJson(none.toJson()).toJson()).isEqualTo(none.toJson());
        assertThat(List.of(MODEL.reference(), one.reference(), none.reference()))
                .extracting(ModelReference::digest)
                .doesNotHaveDuplicates();
    }

    /** The digest is right, as it is where a JVM computes other bits than the one that wrote the file. */
    @Test
    void goldenVectorThatIsScoredToAnotherBitIsRefused() {
        List<GoldenVector> golden = new ArrayList<>(MODEL.golden());
        golden.set(
                0,
                nextTo(
                        golden.get(0),
                        Math.nextUp(golden.get(0).logOdds()),
                        golden.get(0).probability()));
        golden.set(5, nextTo(golden.get(5), golden.get(5).logOdds(), Math.nextDown(1.0)));
        String json =
                Fixtures.model(-1.1, Fixtures.shapes()).golden(golden).build().toJson();

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.fromJson(json))
                .withMessage("""
                        model: 2 problems
                          /golden/0/log_odds is -0x1.7851eb851eb83p0; this JVM computes -0x1.7851eb851eb84p0, so it or the file is not to be trusted with a score
                          /golden/5/probability is 0x1.fffffffffffffp-1; this JVM computes 0x1.0p0, so it or the file is not to be trusted with a score""");
    }

    @Test
    void goldenVectorOfACalibratedModelHoldsTheRawLogOddsToTheBit() {
        ConversionModelBuilder model =
                Fixtures.model(-1.1, Fixtures.shapes()).calibration(new Calibration.Platt(2, 0.5));
        List<GoldenVector> golden = new ArrayList<>(model.build().golden());
        GoldenVector first = golden.get(0);
        golden.set(
                0,
                new GoldenVector(
                        first.signals(), Math.nextUp(first.rawLogOdds()), first.logOdds(), first.probability()));
        String json = model.golden(golden).build().toJson();

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.fromJson(json))
                .withMessageContaining("/golden/0/raw_log_odds is ")
                .withMessageContaining("this JVM computes");
    }

    @Test
    void goldenVectorThatTheSchemaRefusesIsRefused() {
        Map<String, Object> values = Fixtures.userWith("account_age", 4000.0);
        values.remove("country_tier");
        String json = Fixtures.model(-1.1, Fixtures.shapes())
                .golden(List.of(MODEL.golden().get(0), new GoldenVector(values, 0, 0, 0.5)))
                .build()
                .toJson();

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.fromJson(json))
                .withMessage("""
                        model: 2 problems
                          /golden/1/signals is not valid; signal "account_age": 4000 is out of range, allowed is 0 to 3650 days
                          /golden/1/signals is not valid; signal "country_tier" is required by schema "trial-signals" 3 but was not given""");
    }

    private static GoldenVector nextTo(GoldenVector vector, double logOdds, double probability) {
        return new GoldenVector(vector.signals(), logOdds, logOdds, probability);
    }

    /** Written by format 1 of the library; {@code reference.py} beside it recomputes digests and golden vectors. */
    @Test
    void goldenArtifactOfFormatOneIsReadAndScoredAlike() throws Exception {
        Path file = Path.of(
                ModelArtifactTest.class.getResource("model-format-1.json").toURI());

        ConversionModel golden = ConversionModel.load(file);

        assertThat(golden.reference().digest())
                .isEqualTo("sha256:dbd063b493363a5a83db338e1b25d99865249645428489e437e71b4346ff5b91");
        assertThat(golden.golden()).hasSize(8);
        assertThat(score(golden, user()).logOdds()).isEqualTo(0x1.4bc6a7ef9db23p+0);
        assertThat(Files.readString(file)).isEqualTo(ARTIFACT);
    }

    @Test
    void everyProperPrefixOfAnArtifactIsRefused() throws IOException {
        byte[] complete = ARTIFACT.getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("cut.json");

        for (int length = 0; length < complete.length; length++) {
            Files.write(file, Arrays.copyOf(complete, length));

            assertThatThrownBy(() -> ConversionModel.load(file))
                    .as("the first %d of %d bytes", length, complete.length)
                    .isInstanceOf(InvalidArtifactException.class);
        }
    }

    @Test
    void cutFileIsNamedWithThePlaceOfTheCut() throws IOException {
        Path file = folder.resolve("cut.json");
        Files.writeString(file, ARTIFACT.substring(0, ARTIFACT.indexOf("3650")));

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.load(file))
                .withMessage("cut.json: /schema/signals/0 is cut off at line 16, column 16;"
                        + " the file is not complete: write or copy it again");
    }

    @Test
    void emptyFileIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.json"));

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.load(file))
                .withMessage("empty.json: the file is empty; expected a JSON object")
                .satisfies(refusal -> {
                    assertThat(refusal.source()).isEqualTo("empty.json");
                    assertThat(refusal.problems()).containsExactly(new Problem("", "empty", "expected a JSON object"));
                });
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    fragment              | replacement                         | message
                    '"intercept": -1.1,'  | ''                                  | /intercept is missing; expected a finite number
                    '"intercept": -1.1,'  | '"intercept": -1.1,"intercept": 2,' | /intercept is given twice; each field may be given once
                    '"tier_2": -0.75'     | '"tier_1": -0.75'                   | /shapes/4/values/tier_1 is given twice; each field may be given once
                    -1.1                  | 1e400                               | /intercept is 1e400; every number must be finite
                    -1.1                  | -1e400                              | /intercept is -1e400; every number must be finite
                    -1.1                  | NaN                                 | /intercept is NaN; every number must be finite
                    -1.1                  | -Infinity                           | /intercept is -Infinity; every number must be finite
                    -1.1                  | '"NaN"'                             | /intercept is the text "NaN"; expected a finite number
                    -1.1                  | '"-1.1"'                            | /intercept is the text "-1.1"; expected a finite number
                    -1.1                  | null                                | /intercept is null; leave the field out or give a value
                    -1.1                  | [-1.1]                              | /intercept is a list; expected a finite number
                    -1.1                  | {}                                  | /intercept is an object; expected a finite number
                    -1.1                  | -01.1                               | the file is not valid JSON at line 86, column 18; Invalid numeric value: Leading zeroes not allowed
                    -1.1                  | -1.1 -1.1                           | the file is not valid JSON at line 86, column 21; Unexpected character ('-' (code 45))
                    '"intercept": -1.1'   | '"intercept": -1.1, "offset": 1'    | /offset is not a known field; known here are format, format_version, name, version, schema, intercept, shapes, calibration, base_rate, covariance, reference_user, minimum_evidence, golden, training, reference_distribution, digest
                    '"slope": 0.5'        | '"slope": 0.5, "log": true'         | /shapes/2/log is not a known field; known here are signal, kind, missing, slope, centre, point_mass, weight
                    conversion-model      | conversion-policy                   | /format is "conversion-policy"; expected "conversion-model"
                    '"format_version": 1' | '"format_version": 2'               | /format_version is 2; this release reads versions up to 1: use a newer release of the library
                    '"format_version": 1' | '"format_version": 0'               | /format_version is 0; expected a version from 1 to 1
                    '"format_version": 1' | '"format_version": "1"'             | /format_version is the text "1"; expected a finite number
                    '"format_version": 1,'| ''                                  | /format_version is missing; expected a finite number
                    trial-conversion      | ' '                                 | /name is blank; expected a text
                    '"kind": "flag",\n      "true": 0.2' | '"kind": "linear", "slope": 1, "centre": 0'              | /shapes/7/kind is linear; expected a shape for a flag
                    '"kind": "flag",\n      "true": 0.2' | '"kind": "levels", "values": {"yes": 1}, "unseen": 0'    | /shapes/7/kind is levels; expected a shape for a flag
                    '"kind": "linear",\n      "slope": 0.5,\n      "centre": 0.0' | '"kind": "flag", "true": 1' | /shapes/2/kind is flag; expected a shape for a numeric signal
                    '"kind": "linear",\n      "slope": 0.5,\n      "centre": 0.0' | '"kind": "spline", "k": 1'  | /shapes/2/kind is "spline"; expected one of linear, log, piecewise, steps, flag, levels
                    '"tier_2": -0.75'     | '"Tier_2": -0.75'                   | /shapes/4/values is given for [tier_1, Tier_2, tier_3]; expected the levels of the schema, [tier_1, tier_2, tier_3]
                    '"tier_2": -0.75,'    | ''                                  | /shapes/4/values is given for [tier_1, tier_3]; expected the levels of the schema, [tier_1, tier_2, tier_3]
                    '"tier_2": -0.75'     | '"tier_2": "-0.75"'                 | /shapes/4/values/tier_2 is the text "-0.75"; expected a finite number
                    '["console"]'         | '["tablet"]'                        | /shapes/6/not_estimated is [tablet]; expected levels that have the value of the first one, 0.0
                    '["console"]'         | '["tv"]'                            | /shapes/6/not_estimated is [tv]; expected levels that have the value of the first one, 0.0
                    '["console"]'         | '["console", "console"]'            | /shapes/6/not_estimated is [console, console]; each level may be listed once
                    '"unseen": 0.0,\n      "not' | '"unseen": 0.6,\n      "not'  | /shapes/6/unseen is 0.6; the schema scores unseen levels as "phone", which has 0.0
                    '"digest": "sha256:dbd063' | '"digest": "dbd063'            | /digest is "dbd063b493363a5a83db338e1b25d99865249645428489e437e71b4346ff5b91"; expected sha256: and 64 hexadecimal digits
                    '"weight": 0.375'     | '"weight": -0.375'                  | /shapes/0/weight is -0.375; expected a number of at least 0
                    '"weight": 0.375'     | '"weight": "0.375"'                 | /shapes/0/weight is the text "0.375"; expected a finite number
                    '"weight": 0.375'     | '"weight": 1e999'                   | /shapes/0/weight is 1e999; every number must be finite
                    'user": {\n    "account_age": 21.0,' | 'user": {'          | /reference_user is not valid; signal "account_age" is required by schema "trial-signals" 3 but was not given
                    'user": {\n    "account_age": 21.0' | 'user": {"account_age": 4000'   | /reference_user is not valid; signal "account_age": 4000 is out of range, allowed is 0 to 3650 days
                    'user": {\n    "account_age": 21.0' | 'user": {"account_age": 21.5'   | /reference_user is not valid; signal "account_age": 21.5 is not a whole number
                    'user": {\n    "account_age": 21.0' | 'user": {"account_age": [21]'   | /reference_user/account_age is a list; expected a number, a text, or true or false
                    'user": {\n    "account_age": 21.0' | 'user": {"account_age": null'   | /reference_user/account_age is null; leave the field out or give a value
                    'user": {\n    "account_age": 21.0' | 'user": {"age": 1, "account_age": 21' | /reference_user is not valid; signal "age" is not in schema "trial-signals" 3
                    '\n    "content_hours": 5.9,' | ''                          | /reference_user/content_hours is not observed; each signal must have a value of its own
                    '\n    "content_hours": 5.9' | '"content_hours": 169'      | /reference_user/content_hours is not observed; each signal must have a value of its own
                    '\n    "device": "tv"' | '"device": "watch"'                | /reference_user/device is not observed; each signal must have a value of its own
                    '\n    "country_tier": "tier_2"' | '"country_tier": "tier_9"' | /reference_user is not valid; signal "country_tier": level "tier_9" is not one of [tier_1, tier_2, tier_3]; did you mean "tier_1"?
                    '"content_hours", "device"' | '"content_hours", "gadget"'   | /minimum_evidence/required is "gadget"; expected signals of the schema
                    '"content_hours", "device"' | '"device", "device"'          | /minimum_evidence/required is [device, device]; each signal may be listed once
                    '"observed_share": 0.25' | '"observed_share": 1.5'          | /minimum_evidence/observed_share is 1.5; expected a number from 0 to 1
                    '"observed_share": 0.25' | '"observed_share": -0.1'         | /minimum_evidence/observed_share is -0.1; expected a number from 0 to 1
                    '"observed_share": 0.25' | '"share": 0.25'                  | /minimum_evidence/share is not a known field; known here are required, observed_share, within_training
                    '"0x1.0p0"'           | '"1.0"'                             | /golden/5/probability is "1.0"; expected a hexadecimal number such as "0x1.8p0"
                    '"0x1.0p0"'           | 1.0                                 | /golden/5/probability is 1.0; expected a text
                    '"0x1.0p0"'           | '"0x1.0p1024"'                      | /golden/5/probability is "0x1.0p1024"; every number must be finite
                    '"0x1.449999999999ap5"' | '"0x1.449999999999Ap5"'           | /golden/5/log_odds is "0x1.449999999999Ap5"; expected a hexadecimal number such as "0x1.8p0"
                    '"hidden": true'      | '"hidden": true, "reasons": {"lowers": "dear"}' | /schema/signals/3 is not valid; signal "price_change" is hidden from explanations, so it has no use for reasons
                    '"hidden": true'      | '"hidden": true, "actionable": true' | /schema/signals/3 is not valid; signal "price_change" is hidden from explanations, so it cannot be actionable
                    '"raises": "brings friends"' | '"raise": "brings friends"'  | /schema/signals/2/reasons/raise is not a known field; known here are raises, lowers
                    1380                  | 13800                               | /training is not valid; training provenance: it has 13800 positives in 12000 rows
                    '"2026-11-22T09:30:00.125Z"' | '"22.11.2026"'               | /training/published is "22.11.2026"; expected a moment in UTC such as "2026-11-22T09:30:00Z"
                    '"2026-11-22T09:30:00.125Z"' | '"2026-13-22T09:30:00Z"'     | /training/published is "2026-13-22T09:30:00Z"; expected a moment in UTC such as "2026-11-22T09:30:00Z"
                    '"2026-11-22T09:30:00.125Z"' | '"2026-11-22T09:30:00+01:00"' | /training/published is "2026-11-22T09:30:00+01:00"; expected a moment in UTC such as "2026-11-22T09:30:00Z"
                    12000                 | 12000.5                             | /training/rows is 12000.5; expected a whole number of at least 0
                    12000                 | -1                                  | /training/rows is -1.0; expected a whole number of at least 0
                    '"standardised": true' | '"standardised": "yes"'            | /training/standardised is the text "yes"; expected true or false
                    '"java": "17"'        | '"java": 17'                        | /training/software/java is 17.0; expected a text
                    '"excluded": ["user_id"' | '"excluded": [["user_id"]'       | /training/excluded is a list in its list; expected a list of texts
                    """)
    void faultIsNamedByItsPointer(String fragment, String replacement, String message) {
        String json = replaced(ARTIFACT, fragment.replace("\\n", "\n"), replacement.replace("\\n", "\n"));
        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.fromJson(json))
                .withMessage("model: " + message);
    }

    @Test
    void shapesFollowTheSchemaSignalBySignal() {
        String json = replaced(ARTIFACT, "\"signal\": \"referrals\"", "\"signal\": \"weekend\"");

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.fromJson(json))
                .withMessage("""
                        model: 2 problems
                          /shapes/2/kind is linear; expected a shape for a flag
                          /shapes is for the signals [account_age, content_hours, weekend, price_change, country_tier, channel, device, weekend]; \
                        expected one for each signal of the schema, [account_age, content_hours, referrals, price_change, country_tier, channel, device, weekend]""");
    }

    @Test
    void directoryIsNotAnArtifact() {
        assertThatIOException()
                .isThrownBy(() -> MODEL.save(folder))
                .withMessage(folder + " is a directory; give the name of a file to write");
        assertThatIOException()
                .isThrownBy(() -> ConversionModel.load(folder))
                .withMessage(folder + " is a directory; a file was expected");
    }

    @Test
    void wrongDigestIsRefusedWithBothDigests() {
        String changed = replaced(ARTIFACT, "\"intercept\": -1.1", "\"intercept\": -1.2");
        ConversionModel intended =
                Fixtures.model(-1.2, Fixtures.shapes()).golden(MODEL.golden()).build();

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.fromJson(changed))
                .withMessage(
                        "model: /digest is %s; the content has %s: it was changed after it was sealed, or the file is damaged",
                        MODEL.reference().digest(), intended.reference().digest());
    }

    @Test
    void schemaInsideTheArtifactHasItsOwnDigest() {
        String changed = replaced(ARTIFACT, "\"max\": 20.0", "\"max\": 21.0");

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.fromJson(changed))
                .satisfies(refusal -> assertThat(refusal.problems())
                        .extracting(Problem::pointer)
                        .containsExactly("/schema/digest"));
    }

    @Test
    void artifactWithoutADigestIsRefused() {
        int digest = ARTIFACT.lastIndexOf(",\n  \"digest\"");

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.fromJson(ARTIFACT.substring(0, digest) + "}"))
                .withMessage("model: /digest is missing; expected sha256: and 64 hexadecimal digits");
    }

    @Test
    void faultsOfDifferentPartsAreListedInOneMessage() {
        String two = replaced(replaced(ARTIFACT, "-1.1", "NaN"), "\"positives\": 1380,", "");
        String three = replaced(two, "\"kind\": \"flag\",\n        \"miss", "\"kind\": \"bool\",\n        \"miss");

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.fromJson(three))
                .withMessage("""
                        model: 3 problems
                          /intercept is NaN; every number must be finite
                          /schema/signals/7/kind is "bool"; expected one of numeric, categorical, flag
                          /training/positives is missing; expected a finite number""");
    }

    @Test
    void refusalNeedsAProblem() {
        assertThatThrownBy(() -> new InvalidArtifactException("model", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an artifact is refused for at least one problem");
    }
}
