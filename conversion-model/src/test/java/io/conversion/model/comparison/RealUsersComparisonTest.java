package io.conversion.model.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.model.LogisticTrainer;
import io.conversion.model.RealUsers;
import io.conversion.model.data.DataSet;
import io.conversion.model.evaluation.ModelDifference.Difference;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prints the tables of {@code docs/training.md}. Takes minutes, so it runs only when it is asked for. */
@EnabledIfSystemProperty(named = "conversion.comparison", matches = "true")
class RealUsersComparisonTest {

    /**
     * Well-tuned gradient boosting of scikit-learn reaches log losses of 0.2299, 0.2104 and 0.4267 on the first three; Smile's
     * must come near.
     */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    USERS,              LOG_LOSS, COST
                    HIGHNOTE_FREEMIUM,  0.2335,   false
                    SHOPPERS,           0.2190,   true
                    TELCO,              0.4270,   false
                    ORIGINAL_SYNTHETIC, 0.3980,   false
                    """)
    void blackBoxesAreWorthTheirNameAndTheirGainIsPrinted(RealUsers users, double logLoss, boolean cost)
            throws IOException {
        DataSet data = users.read();

        InterpretabilityCost measured =
                ModelComparison.defaults().measure(LogisticTrainer.withDefaults(), data.training(), data.holdout());

        System.out.println(users + ": " + measured.sentence());
        measured.contenders().forEach(RealUsersComparisonTest::print);
        assertThat(measured.isBeyondNoise()).isEqualTo(cost);
        assertThat(measured.contender(Approach.GRADIENT_BOOSTING).evaluation().logLoss())
                .isLessThan(logLoss);
    }

    private static void print(Contender contender) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.4f | %s | %.4f | %s | %s%n",
                contender.approach(),
                contender.evaluation().rocAuc().value(),
                text(contender.rocAucGain()),
                contender.evaluation().logLoss(),
                text(contender.logLossGain()),
                contender.choices());
    }

    private static String text(Difference gain) {
        return String.format(
                Locale.ROOT,
                "%+.4f (%+.4f to %+.4f)",
                gain.value(),
                gain.interval().lower(),
                gain.interval().upper());
    }
}
