package io.conversion.benchmarks;

import io.conversion.benchmarks.BenchmarkModel.Categorical;
import io.conversion.benchmarks.BenchmarkModel.Numeric;
import io.conversion.core.ConversionModel;
import io.conversion.core.SignalBatch;
import io.conversion.core.SignalColumn;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The {@link BenchmarkModel} as a model of this library, and a policy for it. */
final class SdkModel {

    private SdkModel() {}

    static ConversionModel model() {
        return model(false);
    }

    /** The same, with signals that may be missing. */
    static ConversionModel imputing() {
        return model(true);
    }

    private static ConversionModel model(boolean imputing) {
        List<Signal> declared = new ArrayList<>();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (Numeric numeric : BenchmarkModel.NUMERICS) {
            NumericSignal signal = Signal.numeric(numeric.name()).range(0, BenchmarkModel.MOST);
            NumericSignal counted = numeric.whole() ? signal.wholeNumbers() : signal;
            declared.add(imputing ? counted.whenMissing(WhenMissing.IMPUTE) : counted);
            shapes.put(numeric.name(), new Shape.Linear(numeric.slope(), numeric.centre(), 0));
        }
        for (Categorical categorical : BenchmarkModel.CATEGORICALS) {
            Map<String, Double> values = new LinkedHashMap<>();
            for (int level = 0; level < categorical.levels().size(); level++) {
                values.put(categorical.levels().get(level), categorical.values().get(level));
            }
            declared.add(Signal.categorical(categorical.name(), categorical.levels()));
            shapes.put(categorical.name(), new Shape.Levels(values, 0, 0, Set.of()));
        }
        declared.add(Signal.flag(BenchmarkModel.FLAG));
        shapes.put(BenchmarkModel.FLAG, new Shape.Flag(BenchmarkModel.FLAG_VALUE, 0));
        SignalSchema schema = SignalSchema.of("benchmark-signals", "1", declared);
        return ConversionModel.of("benchmark", "1", schema, BenchmarkModel.INTERCEPT, shapes);
    }

    static Policy policy() {
        return Policy.of(
                "benchmark",
                "1",
                ModelRequirement.named("benchmark"),
                List.of(
                        Band.of("low_intent", 0, "remind"),
                        Band.of("medium_intent", 0.4, "offer_monthly_plan"),
                        Band.of("high_intent", 0.7, "offer_annual_plan")),
                "do_nothing");
    }

    static SignalBatch batch(SignalSchema schema, Columns users) {
        Map<String, SignalColumn> columns = new LinkedHashMap<>();
        for (int i = 0; i < BenchmarkModel.NUMERICS.size(); i++) {
            columns.put(BenchmarkModel.NUMERICS.get(i).name(), SignalColumn.numbers(users.numerics()[i]));
        }
        for (int i = 0; i < BenchmarkModel.CATEGORICALS.size(); i++) {
            columns.put(BenchmarkModel.CATEGORICALS.get(i).name(), SignalColumn.codes(users.levels()[i]));
        }
        columns.put(BenchmarkModel.FLAG, SignalColumn.flags(users.flags()));
        return SignalBatch.of(schema, columns);
    }
}
