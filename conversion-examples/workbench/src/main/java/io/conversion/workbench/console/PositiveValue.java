package io.conversion.workbench.console;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.TrainingProvenance;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which value of a label counts as converted, where users are measured by a model. */
public final class PositiveValue {

    @Option(
            names = "--positive",
            paramLabel = "VALUE",
            order = 2,
            description = "The value of the label that counts as converted (default: that of the training if the label"
                    + " is the same column, else the one of 1, true and yes that the column holds).")
    private @Nullable String positive;

    public boolean isGiven() {
        return positive != null;
    }

    /** The value; empty if neither the option nor the training of the model tells. */
    public Optional<String> of(String label, ConversionModel model) {
        return positive != null
                ? Optional.of(positive)
                : model.training()
                        .map(TrainingProvenance::data)
                        .filter(data -> data.label().equals(label))
                        .map(TrainingProvenance.Data::positive);
    }
}
