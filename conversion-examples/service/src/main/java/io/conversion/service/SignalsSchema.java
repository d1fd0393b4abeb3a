package io.conversion.service;

import io.conversion.core.ConversionModel;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signals of a model as a schema of OpenAPI: a body is valid by it exactly if the model's own schema accepts its
 * signals. What a rule of the model lets pass, such as a value to be clipped, is told in words.
 */
final class SignalsSchema {

    private SignalsSchema() {}

    static Schema<?> of(ConversionModel model) {
        Schema<Object> schema = typed("object");
        schema.description(
                "Signals of schema " + model.schema() + ". No other names are accepted, and no text for a number.");
        List<String> required = new ArrayList<>();
        for (Signal signal : model.schema().declared()) {
            schema.addProperty(signal.name(), of(signal));
            if (signal.whenMissing() == WhenMissing.REFUSE) {
                required.add(signal.name());
            }
        }
        schema.setRequired(required);
        schema.setAdditionalProperties(false);
        schema.setExample(example(model.referenceUser()));
        return schema;
    }

    private static Schema<?> of(Signal signal) {
        if (signal instanceof NumericSignal numeric) {
            return number(numeric);
        } else if (signal instanceof CategoricalSignal categorical) {
            return level(categorical);
        }
        Schema<Object> flag = typed("boolean");
        flag.description(description(signal, ""));
        return flag;
    }

    private static Schema<?> number(NumericSignal signal) {
        Schema<Object> number = typed(signal.whole() ? "integer" : "number");
        boolean refused = signal.whenOutOfRange() == WhenOutOfRange.REFUSE;
        if (refused) {
            bound(signal.min()).ifPresent(number::setMinimum);
            bound(signal.max()).ifPresent(number::setMaximum);
        }
        String unit = signal.unit().isEmpty() ? "" : "in " + signal.unit();
        String clipped = refused ? "" : "clipped to the range from " + range(signal);
        number.description(description(signal, unit, clipped));
        return number;
    }

    private static Optional<BigDecimal> bound(double end) {
        return Double.isFinite(end) ? Optional.of(new BigDecimal(end)) : Optional.empty();
    }

    private static String range(NumericSignal signal) {
        return bound(signal.min()).map(BigDecimal::toPlainString).orElse("any")
                + " to "
                + bound(signal.max()).map(BigDecimal::toPlainString).orElse("any");
    }

    private static Schema<?> level(CategoricalSignal signal) {
        Schema<Object> level = typed("string");
        boolean refused = signal.whenUnseen() instanceof WhenUnseen.Refuse;
        if (refused) {
            signal.levels().forEach(level::addEnumItemObject);
        }
        level.description(description(
                signal,
                refused ? "" : "one of " + String.join(", ", signal.levels()) + "; another one is scored by a rule"));
        return level;
    }

    /** The meaning and whatever else is to be said, in one line; null for nothing. */
    private static @Nullable String description(Signal signal, String... more) {
        List<String> parts = new ArrayList<>(List.of(signal.meaning()));
        parts.addAll(List.of(more));
        parts.add(signal.whenMissing() == WhenMissing.IMPUTE ? "may be left out, which is scored by a rule" : "");
        parts.removeIf(String::isEmpty);
        return parts.isEmpty() ? null : String.join("; ", parts);
    }

    private static Map<String, Object> example(Signals reference) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Signal signal : reference.schema().declared()) {
            String name = signal.name();
            if (signal instanceof NumericSignal) {
                reference.number(name).ifPresent(value -> values.put(name, plain(value)));
            } else if (signal instanceof FlagSignal) {
                reference.flag(name).ifPresent(value -> values.put(name, value));
            } else {
                reference.level(name).ifPresent(value -> values.put(name, value));
            }
        }
        return values;
    }

    /** A number without a fraction if it has none. */
    private static BigDecimal plain(double number) {
        BigDecimal shortest = BigDecimal.valueOf(number).stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    private static Schema<Object> typed(String type) {
        Schema<Object> schema = new Schema<>(SpecVersion.V31);
        schema.addType(type);
        return schema;
    }
}
