package io.conversion.policy;

import io.conversion.core.ConversionModel;
import io.conversion.core.Score;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import java.util.List;
import java.util.Map;

/** The policy of the case study, and models whose scores are whatever a test needs. */
final class Fixtures {

    static final List<Band> BANDS = List.of(
            new Band("low_intent", 0, "nurture", "Send the getting-started series", "Rarely converts"),
            new Band("medium_intent", 0.4, "discount", "Offer the first month at half price", ""),
            Band.of("high_intent", 0.7, "annual_plan"));

    static final Policy POLICY =
            Policy.of("trial-offers", "4", ModelRequirement.named("trial"), BANDS, "default_offer");

    private static final SignalSchema SCHEMA =
            SignalSchema.of("log-odds", "1", Signal.numeric("plus"), Signal.numeric("minus"));

    private Fixtures() {}

    /** A model whose log-odds are {@code slope * plus - slope * minus}. */
    static ConversionModel model(String name, double slope) {
        return ConversionModel.of(
                name,
                "1",
                SCHEMA,
                0,
                Map.of("plus", new Shape.Linear(slope, 0, 0), "minus", new Shape.Linear(-slope, 0, 0)));
    }

    static Score score(ConversionModel model, double plus, double minus) {
        return model.scorer()
                .score(model.schema()
                        .signals()
                        .set("plus", plus)
                        .set("minus", minus)
                        .build());
    }

    static Policy withBands(Band... bands) {
        return Policy.of("bands", "1", ModelRequirement.named("trial"), List.of(bands), "none");
    }

    /** The text with one fragment replaced; the fragment must occur, else the test would assert nothing. */
    static String replaced(String text, String fragment, String replacement) {
        if (!text.contains(fragment)) {
            throw new IllegalArgumentException("no \"" + fragment + "\" in " + text);
        }
        return text.replace(fragment, replacement);
    }
}
