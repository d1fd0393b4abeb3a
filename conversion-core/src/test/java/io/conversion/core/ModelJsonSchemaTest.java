package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.artifact.InvalidArtifactException.Problem;
import io.conversion.core.json.JsonText;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.core.shapes.Calibration;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped JSON Schemas, the library and {@code docs/model-format.md} say the same about models and schemas. */
class ModelJsonSchemaTest {

    private static final String MODEL_SCHEMA = resource("conversion-model-1.schema.json");
    private static final String SIGNALS_SCHEMA = resource("conversion-signals-1.schema.json");
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema MODELS = REGISTRY.getSchema(MODEL_SCHEMA, InputFormat.JSON);
    private static final Schema SIGNALS = REGISTRY.getSchema(SIGNALS_SCHEMA, InputFormat.JSON);

    /** All kinds of signals, and each kind with all of its rules. */
    private static final SignalSchema SCHEMA = SignalSchema.of(
            "signals",
            "1",
            Signal.numeric("balance").hidden(),
            Signal.numeric("sessions")
                    .unit("sessions")
                    .meaning("Sessions in the last 7 days")
                    .wholeNumbers()
                    .range(0, 20)
                    .whenOutOfRange(WhenOutOfRange.CLIP)
                    .reasons("comes back often", "comes back rarely")
                    .actionable(),
            Signal.numeric("hours").range(0.5, Double.POSITIVE_INFINITY).whenMissing(WhenMissing.IMPUTE),
            Signal.categorical("channel", "ads", "search").reasons("", "came by an ad"),
            Signal.categorical("tier", "tier_1", "tier_2", "tier_3")
                    .meaning("Tier of the country")
                    .whenMissing(WhenMissing.IMPUTE)
                    .whenUnseen(WhenUnseen.average()),
            Signal.categorical("plan", "monthly", "yearly").whenUnseen(WhenUnseen.level("monthly")),
            Signal.flag("verified").actionable(),
            Signal.flag("weekend").meaning("Signed up on a weekend").whenMissing(WhenMissing.IMPUTE));

    private static final ConversionModel TRAINED = ConversionModel.builder("model", "2", SCHEMA)
            .intercept(-1.5)
            .shapes(Map.of(
                    "balance", new Shape.Linear(-0.0, 1e22, 0),
                    "sessions", new Shape.Linear(0.25, 4, 0.5),
                    "hours", new Shape.Linear(Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE),
                    "channel", new Shape.Levels(levels("ads", 0, "search", 0.5), 0, 0, Set.of()),
                    "tier",
                            new Shape.Levels(
                                    levels("tier_1", 0, "tier_2", -0.25, "tier_3", 0), -0.1, 0, Set.of("tier_3")),
                    "plan", new Shape.Levels(levels("monthly", 0, "yearly", 2), 0, 0, Set.of()),
                    "verified", new Shape.Flag(1, 0),
                    "weekend", new Shape.Flag(0.5, 0.125)))
            .weights(Map.of("sessions", 0.75, "tier", 0.0))
            .minimumEvidence(MinimumEvidence.of(0.5, "hours", "tier"))
            .training(new TrainingProvenance(
                    Instant.parse("2026-11-22T09:30:00.5Z"),
                    new TrainingProvenance.Data(
                            "converted",
                            "yes",
                            List.of("user_id", "session_id"),
                            1200,
                            150,
                            JsonText.sha256(new byte[0])),
                    new TrainingProvenance.Fit(
                            "linear",
                            0.5,
                            "given",
                            false,
                            0,
                            Map.of("smile", "2.6.0"),
                            List.of("level \"tier_3\" was not estimated"))))
            .build();

    private static final ConversionModel BY_HAND = ConversionModel.of(
            "scorecard", "1", SignalSchema.of("flags", "1", Signal.flag("f")), 0, Map.of("f", new Shape.Flag(1, 0)));

    private static final ConversionModel PLATT = ConversionModel.builder("platt", "1", BY_HAND.schema())
            .shapes(BY_HAND.shapes())
            .calibration(new Calibration.Platt(0.5, 0.25))
            .build();

    @Test
    void theSchemasAreValidJsonSchemas() {
        Schema dialect = REGISTRY.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));

        assertThat(dialect.validate(MODEL_SCHEMA, InputFormat.JSON)).isEmpty();
        assertThat(dialect.validate(SIGNALS_SCHEMA, InputFormat.JSON)).isEmpty();
    }

    @Test
    void bothSchemasDefineSignalsInTheSameWords() {
        String start = "\n  \"$defs\": {\n";
        String end = "\n    }\n  }\n}\n";

        String definitions =
                SIGNALS_SCHEMA.substring(SIGNALS_SCHEMA.indexOf(start), SIGNALS_SCHEMA.length() - end.length());

        assertThat(SIGNALS_SCHEMA).contains(start).endsWith(end);
        assertThat(MODEL_SCHEMA).contains(definitions);
    }

    @Test
    void everyModelThatTheLibraryWritesIsValid() {
        for (ConversionModel model : List.of(TRAINED, BY_HAND, Fixtures.lab(), PLATT)) {
            String json = model.toJson();

            assertThat(MODELS.validate(json, InputFormat.JSON)).isEmpty();
            assertThat(ConversionModel.fromJson(json).reference()).isEqualTo(model.reference());
        }
    }

    @Test
    void everySignalSchemaThatTheLibraryWritesIsValid() {
        for (SignalSchema schema : List.of(SCHEMA, BY_HAND.schema())) {
            String json = schema.toJson();

            assertThat(SIGNALS.validate(json, InputFormat.JSON)).isEmpty();
            assertThat(SignalSchema.fromJson(json)).isEqualTo(schema);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name': 'n', 'kind': 'numeric'}",
                "{'name': 'n', 'kind': 'numeric', 'unit': '', 'meaning': ' ', 'whole': false, 'min': 0.5, 'max': 0.5}",
                "{'name': 'n', 'kind': 'numeric', 'whole': true, 'min': -1e3, 'max': 1.0, 'out_of_range': 'refuse'}",
                "{'name': 'c', 'kind': 'categorical', 'levels': ['a b', '\\u00e9', 'c']}",
                "{'name': 'c', 'kind': 'categorical', 'levels': ['a'], 'unseen': 'level', 'unseen_level': 'a'}",
                "{'name': 'f', 'kind': 'flag'}",
                "{'kind': 'flag', 'name': '\\u00a0', 'missing': 'refuse'}",
                "{'name': 'f', 'kind': 'flag', 'reasons': {}, 'hidden': false, 'actionable': true}",
                "{'name': 'c', 'kind': 'categorical', 'levels': ['a'], 'reasons': {'lowers': ' '}}",
                "{'name': 'n', 'kind': 'numeric', 'reasons': {'raises': ''}, 'hidden': true, 'actionable': false}"
            })
    void signalsWithoutDefaultsAreValidInADraft(String signal) {
        String json = draft(signal.replace('\'', '"'));

        assertThat(SIGNALS.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(SignalSchema.fromJson(json).declared()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', useHeadersInDisplayName = true, textBlock = """
            FAULT                     | SIGNAL                                                                     | POINTER
            no kind                   | {'name': 'n'}                                                              | /signals/0/kind
            unknown kind              | {'name': 'n', 'kind': 'text'}                                              | /signals/0/kind
            kind in upper case        | {'name': 'n', 'kind': 'FLAG'}                                              | /signals/0/kind
            no name                   | {'kind': 'flag'}                                                           | /signals/0/name
            blank name                | {'name': '\\u2003', 'kind': 'flag'}                                        | /signals/0/name
            line feed in a name       | {'name': 'n\\n', 'kind': 'flag'}                                           | /signals/0/name
            control character         | {'name': 'n\\u0085', 'kind': 'flag'}                                       | /signals/0/name
            null                      | {'name': 'n', 'kind': 'flag', 'meaning': null}                             | /signals/0/meaning
            unknown field             | {'name': 'n', 'kind': 'flag', 'levels': ['a']}                             | /signals/0/levels
            unknown rule              | {'name': 'n', 'kind': 'flag', 'missing': 'average'}                        | /signals/0/missing
            levels of a number        | {'name': 'n', 'kind': 'numeric', 'levels': ['a']}                          | /signals/0/levels
            text for a bound          | {'name': 'n', 'kind': 'numeric', 'min': '0'}                               | /signals/0/min
            bound beyond a double     | {'name': 'n', 'kind': 'numeric', 'max': 1e400}                             | /signals/0/max
            number for a truth value  | {'name': 'n', 'kind': 'numeric', 'whole': 1}                               | /signals/0/whole
            fraction as a whole bound | {'name': 'n', 'kind': 'numeric', 'whole': true, 'min': 0.5}                | /signals/0/min
            no levels                 | {'name': 'c', 'kind': 'categorical'}                                       | /signals/0/levels
            empty levels              | {'name': 'c', 'kind': 'categorical', 'levels': []}                         | /signals/0/levels
            levels given twice        | {'name': 'c', 'kind': 'categorical', 'levels': ['a', 'a']}                 | /signals/0/levels
            blank level               | {'name': 'c', 'kind': 'categorical', 'levels': ['']}                       | /signals/0/levels/0
            number as a level         | {'name': 'c', 'kind': 'categorical', 'levels': [1]}                        | /signals/0/levels/0
            unit of a level           | {'name': 'c', 'kind': 'categorical', 'levels': ['a'], 'unit': 'h'}         | /signals/0/unit
            level without its rule    | {'name': 'c', 'kind': 'categorical', 'levels': ['a'], 'unseen_level': 'a'} | /signals/0/unseen_level
            rule without its level    | {'name': 'c', 'kind': 'categorical', 'levels': ['a'], 'unseen': 'level'}   | /signals/0/unseen_level
            reasons as a text         | {'name': 'n', 'kind': 'flag', 'reasons': 'free'}                           | /signals/0/reasons
            reason as a number        | {'name': 'n', 'kind': 'numeric', 'reasons': {'raises': 1}}                 | /signals/0/reasons/raises
            unknown reason            | {'name': 'n', 'kind': 'numeric', 'reasons': {'why': 'free'}}               | /signals/0/reasons/why
            hidden as a number        | {'name': 'n', 'kind': 'flag', 'hidden': 1}                                 | /signals/0/hidden
            actionable as a text      | {'name': 'n', 'kind': 'numeric', 'actionable': 'yes'}                      | /signals/0/actionable
            hidden that raises        | {'name': 'n', 'kind': 'flag', 'hidden': true, 'reasons': {'raises': 'x'}}  | /signals/0/reasons/raises
            hidden that lowers        | {'name': 'c', 'kind': 'categorical', 'levels': ['a'], 'hidden': true, 'reasons': {'lowers': 'x'}} | /signals/0/reasons/lowers
            hidden and actionable     | {'name': 'n', 'kind': 'numeric', 'hidden': true, 'actionable': true}       | /signals/0/actionable
            no object                 | 'n'                                                                        | /signals/0
            no signal                 | ``                                                                         | /signals
            """)
    void brokenSignalsAreRefusedBySchemaAndLibrary(String fault, String signal, String pointer) {
        String json = draft(signal.replace('\'', '"'));

        assertInvalid(SIGNALS, json, pointer);
        assertRefused(() -> SignalSchema.fromJson(json), pointer);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', useHeadersInDisplayName = true, textBlock = """
            FAULT                  | REPLACED                         | BY                                      | POINTER
            other format           | "conversion-signals"             | "conversion-model"                      | /format
            newer version          | "format_version": 1              | "format_version": 2                     | /format_version
            version as a text      | "format_version": 1              | "format_version": "1"                   | /format_version
            no format              | "format": "conversion-signals",  | ``                                      | /format
            no name                | "name": "signals",               | ``                                      | /name
            version as a number    | "version": "1"                   | "version": 1                            | /version
            control character      | "version": "1"                   | "version": "1\\u0007"                   | /version
            unknown field          | "version": "1"                   | "version": "1", "owner": "me"           | /owner
            dialect named          | "version": "1"                   | "version": "1", "$schema": "x"          | /$schema
            digest is no digest    | "version": "1"                   | "version": "1", "digest": "sha256:0"    | /digest
            signals are an object  | "signals": [{"name": "f", "kind": "flag"}] | "signals": {}                 | /signals
            no signals             | , "signals": [{"name": "f", "kind": "flag"}] | ``                          | /signals
            """)
    void brokenSignalSchemasAreRefusedBySchemaAndLibrary(String fault, String replaced, String by, String pointer) {
        String json = replace(draft("{\"name\": \"f\", \"kind\": \"flag\"}"), replaced, by);

        assertInvalid(SIGNALS, json, pointer);
        assertRefused(() -> SignalSchema.fromJson(json), pointer);
    }

    // The digest is compared last, so a fault at another pointer is not just the changed digest.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', useHeadersInDisplayName = true, textBlock = """
            FAULT                     | REPLACED                         | BY                                       | POINTER
            other format              | "conversion-model"               | "conversion-signals"                     | /format
            newer version             | "format_version": 1              | "format_version": 2                      | /format_version
            no name                   | "name": "model",                 | ``                                       | /name
            blank name                | "name": "model"                  | "name": "\\t"                            | /name
            unknown field             | "intercept": -1.5                | "intercept": -1.5, "recalibration": {}     | /recalibration
            no intercept              | "intercept": -1.5,               | ``                                       | /intercept
            intercept as a text       | "intercept": -1.5                | "intercept": "-1.5"                      | /intercept
            intercept beyond a double | "intercept": -1.5                | "intercept": -1e309                      | /intercept
            null                      | "intercept": -1.5                | "intercept": null                        | /intercept
            schema is a text          | "schema": {                      | "schema": "signals", "other": {          | /schema
            format inside the schema  | "name": "signals"                | "name": "signals", "format_version": 1   | /schema/format_version
            no version of the schema  | "version": "1",                  | ``                                       | /schema/version
            unknown kind of a signal  | "kind": "categorical"            | "kind": "category"                       | /schema/signals/3/kind
            flag with a range         | "name": "verified",              | "name": "verified", "min": 0,            | /schema/signals/6/min
            rule of no kind           | "out_of_range": "clip"           | "out_of_range": "drop"                   | /schema/signals/1/out_of_range
            level without its rule    | "unseen": "average"              | "unseen": "average", "unseen_level": "x" | /schema/signals/4/unseen_level
            shapes are an object      | "shapes": [                      | "shapes": {}, "other": [                 | /shapes
            no signal of a shape      | "signal": "sessions",            | ``                                       | /shapes/1/signal
            unknown kind of a shape   | "kind": "linear"                 | "kind": "spline"                         | /shapes/0/kind
            no kind of a shape        | "kind": "linear",                | ``                                       | /shapes/0/kind
            no slope                  | "slope": 0.25,                   | ``                                       | /shapes/1/slope
            slope as a list           | "slope": 0.25                    | "slope": [0.25]                          | /shapes/1/slope
            no centre                 | "centre": 4.0,                   | ``                                       | /shapes/1/centre
            line with a step          | "centre": 4.0                    | "centre": 4.0, "true": 1                 | /shapes/1/true
            no value for missing      | "centre": 4.0,                   | "centre": 4.0 } , {                      | /shapes/1/missing
            no values of levels       | "values": {                      | "others": {                              | /shapes/3/values
            value as a text           | "search": 0.5                    | "search": "0.5"                          | /shapes/3/values/search
            not estimated as a text   | ["tier_3"]                       | "tier_3"                                 | /shapes/4/not_estimated
            not estimated as a number | ["tier_3"]                       | [2]                                      | /shapes/4/not_estimated/0
            no value of a flag        | "true": 1.0,                     | ``                                       | /shapes/6/true
            flag with a slope         | "true": 1.0                      | "true": 1.0, "slope": 1                  | /shapes/6/slope
            weight below 0            | "weight": 0.75                   | "weight": -0.75                          | /shapes/1/weight
            weight as a text          | "weight": 0.75                   | "weight": "0.75"                         | /shapes/1/weight
            no reference user         | "reference_user": {              | "other": {                               | /reference_user
            reference user as a list  | "reference_user": {              | "reference_user": [], "other": {         | /reference_user
            value as a list           | "reference_user": {              | "reference_user": { "x": [1],            | /reference_user/x
            value as an object        | "reference_user": {              | "reference_user": { "x": {},             | /reference_user/x
            value null                | "reference_user": {              | "reference_user": { "x": null,           | /reference_user/x
            value beyond a double     | "reference_user": {              | "reference_user": { "x": 1e999,          | /reference_user/x
            minimum as a number       | "minimum_evidence": {            | "minimum_evidence": 0.5, "other": {      | /minimum_evidence
            unknown minimum           | "observed_share": 0.5            | "observed_share": 0.5, "rows": 9         | /minimum_evidence/rows
            required as a text        | ["hours", "tier"]                | "hours"                                  | /minimum_evidence/required
            required twice            | ["hours", "tier"]                | ["hours", "hours"]                       | /minimum_evidence/required
            required as a number      | ["hours", "tier"]                | ["hours", 3]                             | /minimum_evidence/required/1
            share above 1             | "observed_share": 0.5            | "observed_share": 1.5                    | /minimum_evidence/observed_share
            share below 0             | "observed_share": 0.5            | "observed_share": -0.5                   | /minimum_evidence/observed_share
            share in percent          | "observed_share": 0.5            | "observed_share": "50 %"                 | /minimum_evidence/observed_share
            no golden vectors         | "golden": [                      | "other": [                               | /golden
            golden as an object       | "golden": [                      | "golden": {}, "other": [                 | /golden
            golden vector as a text   | "golden": [                      | "golden": ["x",                          | /golden/0
            no signals of a vector    | "golden": [                      | "golden": [{"log_odds": "0x1.0p0", "probability": "0x1.0p0"}, | /golden/0/signals
            no log-odds               | "golden": [                      | "golden": [{"signals": {}, "probability": "0x1.0p0"}, | /golden/0/log_odds
            no probability            | "golden": [                      | "golden": [{"signals": {}, "log_odds": "0x1.0p0"}, | /golden/0/probability
            unknown field of a vector | "golden": [                      | "golden": [{"signals": {}, "log_odds": "0x1.0p0", "probability": "0x1.0p0", "band": 1}, | /golden/0/band
            golden value null         | "golden": [                      | "golden": [{"signals": {"x": null}, "log_odds": "0x1.0p0", "probability": "0x1.0p0"}, | /golden/0/signals/x
            log-odds as a number      | "golden": [                      | "golden": [{"signals": {}, "log_odds": 1, "probability": "0x1.0p0"}, | /golden/0/log_odds
            log-odds in decimal       | "golden": [                      | "golden": [{"signals": {}, "log_odds": "1.0", "probability": "0x1.0p0"}, | /golden/0/log_odds
            hex in upper case         | "golden": [                      | "golden": [{"signals": {}, "log_odds": "0x1.Ap0", "probability": "0x1.0p0"}, | /golden/0/log_odds
            hex exponent with a plus  | "golden": [                      | "golden": [{"signals": {}, "log_odds": "0x1.0p+0", "probability": "0x1.0p0"}, | /golden/0/log_odds
            hex of fourteen digits    | "golden": [                      | "golden": [{"signals": {}, "log_odds": "0x1.00000000000001p0", "probability": "0x1.0p0"}, | /golden/0/log_odds
            line feed after hex       | "golden": [                      | "golden": [{"signals": {}, "log_odds": "0x1.0p0", "probability": "0x1.0p0\\n"}, | /golden/0/probability
            blank hex                 | "golden": [                      | "golden": [{"signals": {}, "log_odds": "0x1.0p0", "probability": " "}, | /golden/0/probability
            training is a list        | "training": {                    | "training": [], "other": {               | /training
            no moment                 | "published": "2026-11-22T09:30:00.500Z" | "published": "2026-11-22"         | /training/published
            no label                  | "label": "converted",            | ``                                       | /training/label
            blank positive value      | "positive": "yes"                | "positive": " "                          | /training/positive
            excluded as a text        | ["user_id", "session_id"]        | "user_id"                                | /training/excluded
            rows with a fraction      | "rows": 1200                     | "rows": 1200.5                           | /training/rows
            negative rows             | "rows": 1200                     | "rows": -1                               | /training/rows
            rows beyond exactness     | "rows": 1200                     | "rows": 9007199254740994                 | /training/rows
            no positives              | "positives": 150,                | ``                                       | /training/positives
            penalty as a text         | "penalty": 0.5                   | "penalty": "cv"                          | /training/penalty
            standardised as a text    | "standardised": false            | "standardised": "no"                     | /training/standardised
            version as a number       | "smile": "2.6.0"                 | "smile": 2.6                             | /training/software/smile
            no software               | "software": {                    | "other": {                               | /training/software
            warnings as an object     | "warnings": [                    | "warnings": {}, "other": [               | /training/warnings
            unknown in the training   | "warnings": [                    | "seed": 1, "warnings": [                 | /training/seed
            """)
    void brokenModelsAreRefusedBySchemaAndLibrary(String fault, String replaced, String by, String pointer) {
        String json = replace(TRAINED.toJson(), replaced, by);

        assertInvalid(MODELS, json, pointer);
        assertRefused(() -> ConversionModel.fromJson(json), pointer);
    }

    // Of the model that has everything.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', useHeadersInDisplayName = true, textBlock = """
            FAULT                     | REPLACED                         | BY                                       | POINTER
            unknown scale             | "scale": "signed_log"            | "scale": "log"                           | /shapes/0/scale
            one knot                  | [0.0, 7.0, 30.0, 365.0]          | [7]                                      | /shapes/0/knots
            knot as a text            | [0.0, 7.0, 30.0, 365.0]          | [0, "7", 30, 365]                        | /shapes/0/knots/1
            no values at knots        | "values": [0.5                   | "heights": [0.5                          | /shapes/0/values
            point mass as a number    | "point_mass": {                  | "point_mass": 0, "other": {              | /shapes/1/point_mass
            point mass of no place    | "at": 0.0,                       | ``                                       | /shapes/1/point_mass/at
            no slope of a logarithm   | "slope": 0.7,                    | ``                                       | /shapes/2/slope
            no bounds of steps        | [-10.0, 0.0, 5.5]                | []                                       | /shapes/3/bounds
            steps with knots          | "bounds": [                      | "knots": [], "bounds": [                 | /shapes/3/knots
            unknown calibration       | "kind": "isotonic"               | "kind": "beta"                           | /calibration/kind
            isotonic without points   | [-3.1, -1.4, 0.2, 1.9]           | []                                       | /calibration/raw
            falling line              | "kind": "isotonic",              | "kind": "platt", "slope": -1, "intercept": 0, | /calibration/slope
            base rate of one          | "declared": 0.08                 | "declared": 1                            | /base_rate/declared
            no training rate          | "training": 0.115,               | ``                                       | /base_rate/training
            no covariance at all      | "covariance": [                  | "covariance": [], "other": [             | /covariance
            covariance of no number   | "number": "point_mass",          | ``                                       | /covariance/1/number
            covariance as a text      | [-0.01, 0.09]                    | ["x", 0.09]                              | /covariance/1/row/0
            log-odds of no kind       | "raw_log_odds"                   | "unit_log_odds"                          | /golden/0/unit_log_odds
            seed as a number          | "seed": "-7"                     | "seed": -7                               | /training/seed
            seed that is none         | "seed": "-7"                     | "seed": "007"                            | /training/seed
            unknown verdict           | "verdict": "refused"             | "verdict": "failed"                      | /training/gate/1/verdict
            check without a sentence  | "sentence": "It fits."           | "sentence": " "                          | /training/gate/0/sentence
            metric without its value  | "value": 0.81,                   | ``                                       | /training/holdout/1/value
            level above 1             | "level": 0.95                    | "level": 95                              | /training/holdout/1/level
            edges as a text           | "edges": [0.0, 5.0]              | "edges": "0"                             | /reference_distribution/signals/0/edges
            half a row                | [1, 9000, 2999]                  | [1, 9000, 0.5]                           | /reference_distribution/signals/0/rows/2
            no rows of a flag         | "false": 8000,                   | ``                                       | /reference_distribution/signals/7/false
            no probability            | "probability": {                 | "chance": {                              | /reference_distribution/probability
            """)
    void brokenPartsOfALabAreRefusedBySchemaAndLibrary(String fault, String replaced, String by, String pointer) {
        String json = replace(Fixtures.lab().toJson(), replaced, by);

        assertInvalid(MODELS, json, pointer);
        assertRefused(() -> ConversionModel.fromJson(json), pointer);
    }

    @Test
    void aModelWithoutADigestIsRefusedBySchemaAndLibrary() {
        String json = TRAINED.toJson();
        String unsealed = json.substring(0, json.lastIndexOf(',')) + "}";

        assertInvalid(MODELS, unsealed, "/digest");
        assertRefused(() -> ConversionModel.fromJson(unsealed), "/digest");
    }

    @Test
    void everyExampleOfTheDocumentationIsValidAndLoads() {
        List<String> models = examples("json", "conversion-model");
        List<String> schemas = examples("json", "conversion-signals");

        assertThat(models).hasSize(1).allSatisfy(json -> {
            assertThat(MODELS.validate(json, InputFormat.JSON)).isEmpty();
            assertThat(ConversionModel.fromJson(json).toJson()).isEqualTo(json.strip());
        });
        assertThat(schemas).hasSize(2).allSatisfy(json -> {
            assertThat(SIGNALS.validate(json, InputFormat.JSON)).isEmpty();
            assertThat(SignalSchema.fromJson(json).declared()).isNotEmpty();
        });
        assertThat(examples("json", "")).hasSize(3);
    }

    @Test
    void theScoresOfTheDocumentationAreThoseOfItsModel() {
        ConversionModel model =
                ConversionModel.fromJson(examples("json", "conversion-model").get(0));

        Score a = model.scorer()
                .score(model.schema()
                        .signals()
                        .set("sessions_7d", 9)
                        .set("country_tier", "tier_2")
                        .set("email_verified", true)
                        .build());
        Score b = model.scorer()
                .score(model.schema()
                        .signals()
                        .set("sessions_7d", 35)
                        .set("country_tier", "tier_4")
                        .build());

        assertThat(a.logOdds()).isEqualTo(-0.5);
        assertThat(a.probability()).isEqualTo(0.3775406687981454);
        assertThat(a.evidence().isComplete()).isTrue();
        assertThat(b.logOdds()).isEqualTo(2.25);
        assertThat(b.probability()).isEqualTo(0.9046505351008906);
        assertThat(b.evidence().substitutions()).hasSize(3);
        assertThat(b.evidence().observedShare()).isEqualTo(0.625);
        assertThat(b.evidence().shortfalls())
                .containsExactly("signal \"country_tier\" is required as evidence and was not observed");
        assertThat(documentation()).contains("# " + Double.toHexString(b.probability()));
        assertThat(documentation()).contains("0.3775406687981454 and 0.9046505351008906");
    }

    @Test
    void theRefusalOfAGoldenVectorReadsAsInTheDocumentation() {
        ConversionModel model =
                ConversionModel.fromJson(examples("json", "conversion-model").get(0));
        List<GoldenVector> golden = new ArrayList<>(model.golden());
        GoldenVector fourth = golden.get(3);
        double next = Math.nextUp(fourth.logOdds());
        golden.set(3, new GoldenVector(fourth.signals(), next, next, fourth.probability()));
        String other = ConversionModel.builder(model.name(), model.version(), model.schema())
                .intercept(model.intercept())
                .shapes(model.shapes())
                .referenceUser(model.referenceUser())
                .golden(golden)
                .build()
                .toJson();

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.fromJson(other))
                .satisfies(refusal -> assertThat(documentation())
                        .contains("`" + String.valueOf(refusal.getMessage()).replace("model:", "model.json:") + "`"));
    }

    @Test
    void theCanonicalContentOfTheDocumentationHasTheDigestOfItsExample() {
        String canonical = examples("text", "").get(0).strip();
        SignalSchema tiny =
                SignalSchema.fromJson(examples("json", "conversion-signals").get(1));

        String digest = JsonText.sha256(canonical.getBytes(StandardCharsets.UTF_8));

        assertThat(digest).isEqualTo(tiny.digest());
        assertThat(examples("sh", "").get(0)).contains("'" + canonical + "' | sha256sum");
    }

    /** The validator names a missing or unknown field beside the object that it misses or finds it in. */
    private static void assertInvalid(Schema schema, String json, String pointer) {
        assertThat(schema.validate(json, InputFormat.JSON))
                .extracting(error ->
                        error.getInstanceLocation() + (error.getProperty() == null ? "" : "/" + error.getProperty()))
                .contains(pointer);
    }

    /** The library names the fault itself, or the list or document that holds it. */
    private static void assertRefused(Runnable load, String pointer) {
        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(load::run)
                .satisfies(refusal -> assertThat(refusal.problems())
                        .extracting(Problem::pointer)
                        .anyMatch(pointer::startsWith));
    }

    private static String draft(String signals) {
        return """
                {"format": "conversion-signals", "format_version": 1, "name": "signals", "version": "1", "signals": [%s]}
                """.formatted(signals);
    }

    private static String replace(String json, String replaced, String by) {
        assertThat(json).contains(replaced);
        return json.replaceFirst(Pattern.quote(replaced), Matcher.quoteReplacement(by));
    }

    private static Map<String, Double> levels(Object... levelsAndValues) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < levelsAndValues.length; i += 2) {
            values.put((String) levelsAndValues[i], ((Number) levelsAndValues[i + 1]).doubleValue());
        }
        return values;
    }

    /** The code blocks of a language that hold a text, in their order. */
    private static List<String> examples(String language, String text) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(documentation())
                .results()
                .map((MatchResult block) -> block.group(1))
                .filter(block -> block.contains('"' + text) || text.isEmpty())
                .toList();
    }

    private static String documentation() {
        try {
            return Files.readString(Path.of(System.getProperty("basedir", ""), "..", "docs", "model-format.md"));
        } catch (IOException e) {
            throw new AssertionError("the tests run in the folder of their module", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = ConversionModel.class.getResourceAsStream("/META-INF/schemas/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
