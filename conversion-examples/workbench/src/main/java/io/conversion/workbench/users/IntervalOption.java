package io.conversion.workbench.users;

import io.conversion.core.ConversionModel;
import io.conversion.core.ProbabilityInterval;
import io.conversion.core.Score;
import io.conversion.workbench.console.RefusedInputException;
import io.conversion.workbench.console.Wording;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option that asks for the interval of each probability. */
final class IntervalOption {

    @Option(
            names = "--interval",
            paramLabel = "LEVEL",
            arity = "0..1",
            fallbackValue = "0.95",
            order = 2,
            converter = LevelConverter.class,
            description =
                    "Also tells the Wald interval of each probability, of this confidence level above 0 and below 1,"
                            + " without one 0.95 (default: none). It holds what the training rows leave open of the"
                            + " coefficients, and neither the choice of shapes nor the calibration.")
    private @Nullable Double level;

    boolean isGiven() {
        return level != null;
    }

    /** Refuses a model that cannot tell an interval. */
    void check(ConversionModel model) {
        if (isGiven() && model.covariance().isEmpty()) {
            throw new RefusedInputException("--interval: model " + model.reference()
                    + " has no covariance of its fit, from which intervals follow; train it again");
        }
    }

    /** The interval of a score, if it is asked for. */
    Optional<ProbabilityInterval> of(Score score) {
        return level == null ? Optional.empty() : score.interval(level);
    }

    private static final class LevelConverter implements ITypeConverter<Double> {

        @Override
        public Double convert(String text) {
            try {
                double level = Double.parseDouble(text);
                if (level > 0 && level < 1) {
                    return level;
                }
            } catch (NumberFormatException e) {
                // Said below, for both.
            }
            throw new TypeConversionException(
                    Wording.quoted(text) + " is not a level; a number above 0 and below 1 is needed, such as 0.95");
        }
    }
}
