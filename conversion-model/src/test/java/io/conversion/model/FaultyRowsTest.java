package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.GateCheck;
import io.conversion.core.provenance.GateCheck.Verdict;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Training rows with one fault, under the trainer that chooses everything and under maximum likelihood: each ends in a
 * refusal or in a warning that names cause and remedy, and what is trained nevertheless can be written and read.
 */
class FaultyRowsTest {

    private static final NumericSignal PLANTED = Signal.numeric("planted");
    private static final String SEPARATED =
            ": along this combination every training row has the outcome it points to, so"
                    + " no finite estimate exists; train with a penalty, such as 1, or exclude the signal if it gives the outcome"
                    + " away";
    private static final String LEAKAGE =
            "leakage: signal \"planted\" alone ranks the outcomes with a ROC AUC of 1.000;"
                    + " it may hold the outcome itself: exclude it, or override this check if it is known at prediction time";
    private static final String UNMEASURED =
            "calibration_slope: the out-of-fold calibration cannot be measured: too few"
                    + " rows of an outcome, or both lie apart";
    private static final String CONSTANT = "signal \"planted\" has the same value in every training row; exclude it";

    @TempDir
    Path folder;

    /** The two ways to train. */
    enum Trainer {
        DEFAULT,
        UNPENALISED;

        private LogisticTrainer trainer() {
            return this == DEFAULT
                    ? LogisticTrainer.withDefaults()
                    : LogisticTrainer.linear().penalty(0);
        }

        /** Trains, writes the model whatever the gate says, and reads it. */
        TrainingResult train(DataSet data) {
            TrainingResult result = trainer().train(data);
            ConversionModel model = result.overridingRefusals("a test").publish("model", "1");
            assertThat(ConversionModel.fromJson(model.toJson()).reference()).isEqualTo(model.reference());
            return result;
        }

        void assertRefused(DataSet data, String message) {
            assertThatThrownBy(() -> trainer().train(data)).hasMessage(message);
        }
    }

    @Test
    void labelThatLeaksIntoASignalIsRefused() {
        DataSet data = users(PLANTED, user -> user.converted() ? 1 : 0);

        TrainingResult result = Trainer.DEFAULT.train(data);

        assertThat(result.diagnostics().warnings())
                .containsExactly(
                        "the outcomes are separated by \"planted\"; without the penalty there would be no finite"
                                + " estimate; exclude a signal that gives the outcome away");
        assertThat(refusals(result)).containsExactly(LEAKAGE);
        assertThat(warnings(result))
                .containsExactly(
                        "separation: the outcomes are separated by \"planted\"; their estimates rest on the penalty, so"
                                + " look for a signal or a level that gives the outcome away, or has too few rows",
                        UNMEASURED);
        Trainer.UNPENALISED.assertRefused(data, "the outcomes are separated by \"planted\"" + SEPARATED);
    }

    @Test
    void separableOutcomesAreRefused() {
        DataSet data = users(PLANTED, user -> (user.converted() ? 3 : 0) + user.noise());

        TrainingResult result = Trainer.DEFAULT.train(data);

        assertThat(result.diagnostics().warnings())
                .singleElement()
                .asString()
                .startsWith("the outcomes are separated by \"planted\"")
                .endsWith("; without the penalty there would be no finite estimate; exclude a signal that gives the"
                        + " outcome away");
        assertThat(refusals(result)).containsExactly(LEAKAGE);
        Trainer.UNPENALISED.assertRefused(data, "the outcomes are separated by \"x\", \"planted\"" + SEPARATED);
    }

    @ParameterizedTest
    @EnumSource
    void duplicatedColumnIsWarnedOfByBothNames(Trainer trainer) {
        TrainingResult result = trainer.train(users(PLANTED, User::x));

        assertThat(warnings(result))
                .containsExactly("repeated_signals: signal \"planted\" says the same as signal \"x\" in every training"
                        + " row, so nothing but the penalty divides their effect; exclude one of them");
        assertThat(result.diagnostics().warnings())
                .isEqualTo(
                        trainer == Trainer.DEFAULT
                                ? List.of()
                                : List.of("column \"planted\" was left out: it depends linearly on earlier columns;"
                                        + " exclude a signal that repeats others"));
        assertThat(refusals(result)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void constantColumnIsWarnedOf(Trainer trainer) {
        Stream.of(
                        users(PLANTED, user -> 7),
                        users(Signal.flag("planted"), user -> true),
                        users(Signal.categorical("planted", "a"), user -> "a"))
                .map(trainer::train)
                .forEach(result -> {
                    assertThat(result.diagnostics().warnings()).startsWith(CONSTANT);
                    assertThat(warnings(result)).isEmpty();
                    assertThat(refusals(result)).isEmpty();
                });
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    trainer     | consequence
                    DEFAULT     | its estimate rests on the penalty
                    UNPENALISED | it was left out and scores as the first level
                    """)
    void levelSeenOnceIsWarnedOf(Trainer trainer, String consequence) {
        DataSet data = users(
                Signal.categorical("planted", "a", "b", "once"),
                user -> user.row() == 17 ? "once" : user.row() % 2 == 0 ? "a" : "b");

        TrainingResult result = trainer.train(data);

        assertThat(result.diagnostics().warnings())
                .containsExactly("level \"once\" of signal \"planted\" has the single outcome \"converted\" in its 1"
                        + " training row; " + consequence
                        + "; give more rows of it, or make it one with another level");
        assertThat(refusals(result)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void signalWithoutAnyValueIsRefused(Trainer trainer) {
        List<Signal> signals = List.of(
                PLANTED.whenMissing(WhenMissing.IMPUTE),
                Signal.flag("planted").whenMissing(WhenMissing.IMPUTE),
                Signal.categorical("planted", "a", "b").whenMissing(WhenMissing.IMPUTE));

        for (Signal signal : signals) {
            trainer.assertRefused(
                    users(signal, user -> null),
                    "signal \"planted\" has no value in any of the training rows; exclude it, or give rows that have it");
        }
    }

    @ParameterizedTest
    @EnumSource
    void twentyConvertersAreWarnedOf(Trainer trainer) {
        TrainingResult result = trainer.train(users(20));

        assertThat(warnings(result))
                .containsExactly(
                        "rarer_outcome: the rarer outcome has 20 rows, too few to choose or to measure much by;"
                                + " give more rows, or rows of a longer time");
        assertThat(refusals(result)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    trainer     | converters | refusal
                    DEFAULT     | 2          | rows_per_coefficient: the rarer outcome has 2 rows for 10 coefficients; give more rows, or fewer signals and levels
                    UNPENALISED | 2          | rows_per_coefficient: the rarer outcome has 2 rows for 2 coefficients; give more rows, or fewer signals and levels
                    UNPENALISED | 1          | rows_per_coefficient: the rarer outcome has 1 row for 2 coefficients; give more rows, or fewer signals and levels
                    """)
    void oneOrTwoConvertersAreRefused(Trainer trainer, int converters, String refusal) {
        assertThat(refusals(trainer.train(users(converters)))).containsExactly(refusal);
    }

    @Test
    void oneConverterIsTooFewToChooseBy() {
        Trainer.DEFAULT.assertRefused(
                users(1),
                "the 1000 training rows hold 1 of the rarer outcome, too few to choose shapes, penalty or calibration by"
                        + " cross-validation; give more rows, or train with linear shapes, a penalty of your own and no"
                        + " calibration");
    }

    @ParameterizedTest
    @EnumSource
    void noConverterIsRefused(Trainer trainer) {
        trainer.assertRefused(users(0), "the 1000 training rows hold no positive outcome; both are needed");
    }

    @ParameterizedTest
    @EnumSource
    void hundredThousandLevelsAreRefusedAtOnce(Trainer trainer) {
        List<String> levels = IntStream.range(0, 100_000).mapToObj(i -> "u" + i).toList();

        trainer.assertRefused(
                users(Signal.categorical("planted", levels), user -> "u" + user.row()),
                "signal \"planted\" has 100000 levels, and 1000 are the most that a fit takes; exclude it if it is an"
                        + " identifier, or declare its frequent levels in a schema that scores unseen ones as the"
                        + " average");
    }

    @Test
    void manyDistinctTextsOfAFileAreRefusedHoweverManyRowsThereAre() throws IOException {
        StringBuilder rows = new StringBuilder("id,x,converted\n");
        for (int i = 0; i < 300_000; i++) {
            rows.append('u').append(i / 2).append(i % 2 == 0 ? ",1,0\n" : ",2,1\n");
        }
        Path file = CsvText.write(folder, rows.toString());

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvDataSet.read(file, CsvDataSet.label("converted")))
                .withMessage(
                        "users.csv: column \"id\" has more than 100000 levels in 300000 rows, as an identifier has;"
                                + " exclude it, or declare its levels in a schema");
    }

    /** A warning that names hundreds of levels would be longer than any text of an artifact. */
    @Test
    void hundredsOfRareLevelsAreNamedInPart() {
        List<String> levels = IntStream.range(0, 202)
                .mapToObj(i -> "a level with a name that fills a line of its own " + i)
                .toList();
        DataSet data = users(
                Signal.categorical("planted", levels),
                user -> levels.get(user.row() < 800 ? user.row() % 2 : user.row() - 798));

        TrainingResult result = Trainer.DEFAULT.train(data);

        assertThat(result.diagnostics().warnings())
                .containsExactly("signal \"planted\": 200 levels with fewer than 50 training rows share one value: "
                        + String.join(", ", levels.subList(2, 10)) + " and 192 more");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 1e12})
    void extremeScaleNeedsNoWarning(double scale) {
        for (Trainer trainer : Trainer.values()) {
            TrainingResult result = trainer.train(users(PLANTED, user -> scale * (user.x() / 2 + user.noise())));

            assertThat(result.diagnostics().warnings()).isEmpty();
            assertThat(warnings(result)).isEmpty();
            assertThat(refusals(result)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    scale  | what
                    1e-152 | small to standardise; give it in another unit
                    1e-300 | small to standardise; give it in another unit
                    1e155  | large to standardise, the largest 2.6267425393370917E155 in row 638; correct it, or give the signal in another unit
                    1e300  | large to standardise, the largest 2.6267425393370916E300 in row 638; correct it, or give the signal in another unit
                    """)
    void scaleWhoseSquareNoNumberHoldsIsRefused(double scale, String what) {
        DataSet data = users(PLANTED, user -> scale * (user.x() / 2 + user.noise()));

        for (Trainer trainer : Trainer.values()) {
            trainer.assertRefused(data, "signal \"planted\" has values too " + what);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-149, 1e150})
    void scaleWhoseSquareANumberHoldsIsTrained(double scale) {
        for (Trainer trainer : Trainer.values()) {
            assertThat(refusals(trainer.train(users(PLANTED, user -> scale * (user.x() / 2 + user.noise())))))
                    .isEmpty();
        }
    }

    private static List<String> refusals(TrainingResult result) {
        return checks(result, Verdict.REFUSED);
    }

    private static List<String> warnings(TrainingResult result) {
        return checks(result, Verdict.WARNING);
    }

    private static List<String> checks(TrainingResult result, Verdict verdict) {
        return result.gate().stream()
                .filter(check -> check.verdict() == verdict)
                .map((GateCheck check) -> check.name() + ": " + check.sentence())
                .toList();
    }

    /** A user that a fault is planted in. */
    private record User(int row, double x, double noise, boolean converted) {}

    /** What a user has of the planted signal; null if it is missing. */
    private interface Fault {
        @Nullable
        Object of(User user);
    }

    /** 1,000 users whose log-odds are x - 1, with a planted signal. */
    private static DataSet users(Signal planted, Fault fault) {
        Random random = new Random(2);
        DataSet.Builder builder = DataSet.builder(SignalSchema.of("two", "1", Signal.numeric("x"), planted));
        for (int row = 0; row < 1000; row++) {
            double x = random.nextGaussian();
            User user = new User(row, x, random.nextDouble(), random.nextDouble() < 1 / (1 + Math.exp(1 - x)));
            Map<String, Object> values = new HashMap<>(Map.of("x", x));
            Object value = fault.of(user);
            if (value != null) {
                values.put("planted", value);
            }
            builder.add(values, user.converted());
        }
        return builder.build("converted");
    }

    /** 1,000 users of whom the first ones convert. */
    private static DataSet users(int converters) {
        Random random = new Random(2);
        DataSet.Builder builder =
                DataSet.builder(SignalSchema.of("two", "1", Signal.numeric("x"), Signal.numeric("y")));
        for (int row = 0; row < 1000; row++) {
            double x = random.nextGaussian() + (row < converters ? 0.5 : 0);
            builder.add(Map.of("x", x, "y", random.nextGaussian()), row < converters);
        }
        return builder.build("converted");
    }
}
