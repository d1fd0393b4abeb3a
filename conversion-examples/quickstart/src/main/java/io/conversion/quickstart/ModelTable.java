package io.conversion.quickstart;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import java.util.Locale;

/** A model as a table: each shape in log-odds, and as an odds ratio, which is what the odds are multiplied by. */
final class ModelTable {

    private final StringBuilder text = new StringBuilder();

    private ModelTable() {}

    static String of(ConversionModel model) {
        ModelTable table = new ModelTable();
        table.row("signal", "centre", "for", "log-odds", "odds ratio");
        table.row("intercept", "", "", number(model.intercept()), "");
        model.shapes()
                .forEach((name, shape) ->
                        shape.match(table.new Rows(model.schema().find(name).orElseThrow())));
        return table.text.toString();
    }

    /** The rows of each kind of shape; a kind without any would not compile. */
    private final class Rows implements Shape.Cases<ModelTable> {

        private final Signal signal;

        Rows(Signal signal) {
            this.signal = signal;
        }

        @Override
        public ModelTable linear(Shape.Linear shape) {
            return row(signal.name(), number(shape.centre()), "+1 " + unit(), shape.slope());
        }

        @Override
        public ModelTable log(Shape.Log shape) {
            return row(signal.name(), number(shape.centre()), "+1 of log(1+x)", shape.slope());
        }

        @Override
        public ModelTable piecewise(Shape.Piecewise shape) {
            for (int i = 0; i < shape.knots().size(); i++) {
                String name = i == 0 ? signal.name() : "";
                row(
                        name,
                        "",
                        "at " + number(shape.knots().get(i)),
                        shape.values().get(i));
            }
            return ModelTable.this;
        }

        @Override
        public ModelTable steps(Shape.Steps shape) {
            row(signal.name(), "", "below", shape.values().get(0));
            for (int i = 0; i < shape.bounds().size(); i++) {
                row(
                        "",
                        "",
                        "from " + number(shape.bounds().get(i)),
                        shape.values().get(i + 1));
            }
            return ModelTable.this;
        }

        @Override
        public ModelTable pointMass(Shape.PointMass shape) {
            row(signal.name(), "", "= " + number(shape.at()), shape.value());
            return shape.elsewhere().match(this);
        }

        @Override
        public ModelTable flag(Shape.Flag shape) {
            return row(signal.name(), "", "true", shape.whenTrue());
        }

        @Override
        public ModelTable levels(Shape.Levels shape) {
            String name = signal.name();
            for (var level : shape.values().entrySet()) {
                row(name, "", level.getKey(), level.getValue());
                name = "";
            }
            return ModelTable.this;
        }

        private String unit() {
            return signal.match(NumericSignal::unit, levels -> "", flag -> "");
        }
    }

    private ModelTable row(String signal, String centre, String of, double logOdds) {
        return row(signal, centre, of, number(logOdds), number(Math.exp(logOdds)));
    }

    private ModelTable row(String... cells) {
        text.append(String.format(Locale.ROOT, "%-24s %-10s %-14s %10s %11s%n", (Object[]) cells));
        return this;
    }

    /** Four decimals, or as many as it takes to show that a number is not 0 or 1. */
    private static String number(double value) {
        boolean near = Math.abs(value - Math.rint(value)) < 0.0005 && value != Math.rint(value) && Math.abs(value) < 2;
        return String.format(Locale.ROOT, near ? "%.7f" : "%.4f", value);
    }
}
