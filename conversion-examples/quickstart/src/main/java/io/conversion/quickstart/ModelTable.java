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
                .forEach((name, shape) -> table.shape(model.schema().find(name).orElseThrow(), shape));
        return table.text.toString();
    }

    private void shape(Signal signal, Shape shape) {
        if (shape instanceof Shape.Linear linear && signal instanceof NumericSignal numeric) {
            row(signal.name(), number(linear.centre()), "+1 " + numeric.unit(), linear.slope());
        } else if (shape instanceof Shape.PointMass mass) {
            row(signal.name(), "", "= " + number(mass.at()), mass.value());
            shape(signal, mass.elsewhere());
        } else if (shape instanceof Shape.Log log) {
            row(signal.name(), number(log.centre()), "+1 of log(1+x)", log.slope());
        } else if (shape instanceof Shape.Piecewise piecewise) {
            for (int i = 0; i < piecewise.knots().size(); i++) {
                row(
                        i == 0 ? signal.name() : "",
                        "",
                        "at " + number(piecewise.knots().get(i)),
                        piecewise.values().get(i));
            }
        } else if (shape instanceof Shape.Steps steps) {
            row(signal.name(), "", "below", steps.values().get(0));
            for (int i = 0; i < steps.bounds().size(); i++) {
                row(
                        "",
                        "",
                        "from " + number(steps.bounds().get(i)),
                        steps.values().get(i + 1));
            }
        } else if (shape instanceof Shape.Flag flag) {
            row(signal.name(), "", "true", flag.whenTrue());
        } else if (shape instanceof Shape.Levels levels) {
            String name = signal.name();
            for (var level : levels.values().entrySet()) {
                row(name, "", level.getKey(), level.getValue());
                name = "";
            }
        }
    }

    private void row(String signal, String centre, String of, double logOdds) {
        row(signal, centre, of, number(logOdds), number(Math.exp(logOdds)));
    }

    private void row(String... cells) {
        text.append(String.format(Locale.ROOT, "%-24s %-10s %-14s %10s %11s%n", (Object[]) cells));
    }

    /** Four decimals, or as many as it takes to show that a number is not 0 or 1. */
    private static String number(double value) {
        boolean near = Math.abs(value - Math.rint(value)) < 0.0005 && value != Math.rint(value) && Math.abs(value) < 2;
        return String.format(Locale.ROOT, near ? "%.7f" : "%.4f", value);
    }
}
