package io.conversion.model;

import io.conversion.core.CategoricalSignal;
import io.conversion.core.ConversionModel;
import io.conversion.core.FlagSignal;
import io.conversion.core.Shape;
import io.conversion.core.Signal;
import io.conversion.core.Signals;
import io.conversion.core.SignalsBuilder;
import io.conversion.core.TrainingProvenance;
import io.conversion.core.WhenUnseen;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A finished fit: its coefficients, its diagnostics, and the model that it is published as. Immutable and safe to share
 * between threads.
 */
public final class TrainingResult {

    private final DataSet data;
    private final List<SignalSummary> summaries;
    private final List<DesignColumn> columns;
    private final double[] parameters;
    private final double penalty;
    private final boolean standardised;
    private final Diagnostics diagnostics;

    TrainingResult(
            DataSet data,
            List<SignalSummary> summaries,
            List<DesignColumn> columns,
            double[] parameters,
            double penalty,
            boolean standardised,
            Diagnostics diagnostics) {
        this.data = data;
        this.summaries = summaries;
        this.columns = columns;
        this.parameters = parameters;
        this.penalty = penalty;
        this.standardised = standardised;
        this.diagnostics = diagnostics;
    }

    /**
     * How the fit went.
     *
     * @return convergence, columns left out and warnings
     */
    public Diagnostics diagnostics() {
        return diagnostics;
    }

    /**
     * The L2 penalty of the fit.
     *
     * @return lambda, 0 for maximum likelihood
     */
    public double penalty() {
        return penalty;
    }

    /**
     * The intercept: the log-odds where every column is zero. The published model has an intercept of its own, since
     * its linear shapes are zero at their centres.
     *
     * @return the intercept, in log-odds
     */
    public double intercept() {
        double intercept = parameters[columns.size()];
        for (int j = 0; j < columns.size() && !standardised; j++) {
            intercept -=
                    parameters[j] * (columns.get(j).centre() / columns.get(j).scale());
        }
        return intercept;
    }

    /**
     * The coefficients on the columns of the fit, without the intercept and the columns that were left out.
     *
     * @return the coefficients, in the order of the schema
     */
    public List<Coefficient> coefficients() {
        return IntStream.range(0, columns.size())
                .mapToObj(j -> {
                    DesignColumn column = columns.get(j);
                    return new Coefficient(
                            column.name(), standardised ? parameters[j] : parameters[j] / column.scale());
                })
                .toList();
    }

    /**
     * Publishes the fit as a model, dated now.
     *
     * @param name the name of the model
     * @param version its version
     * @return the model
     */
    public ConversionModel publish(String name, String version) {
        return publish(name, version, Instant.now());
    }

    /**
     * Publishes the fit as a model.
     *
     * @param name the name of the model
     * @param version its version
     * @param published the moment of publication that the artifact states
     * @return the model
     */
    public ConversionModel publish(String name, String version, Instant published) {
        Map<String, Shape> shapes = shapes();
        return ConversionModel.builder(name, version, data.schema())
                .intercept(parameters[columns.size()])
                .shapes(shapes)
                .weights(ShapeWeights.of(data, shapes))
                .referenceUser(referenceUser())
                .training(provenance(published))
                .build();
    }

    /** The median of each numeric signal, and the most frequent level or truth value of each other one. */
    private Signals referenceUser() {
        SignalsBuilder user = data.schema().signals();
        List<Signal> declared = data.schema().declared();
        for (int i = 0; i < declared.size(); i++) {
            Signal signal = declared.get(i);
            if (signal instanceof CategoricalSignal categorical) {
                user.set(signal.name(), categorical.levels().get((int)
                        summaries.get(i).imputed()));
            } else if (signal instanceof FlagSignal) {
                user.set(signal.name(), summaries.get(i).imputed() == 1);
            } else {
                user.set(signal.name(), summaries.get(i).typical());
            }
        }
        return user.build();
    }

    private Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        List<Signal> declared = data.schema().declared();
        for (int i = 0; i < declared.size(); i++) {
            Signal signal = declared.get(i);
            SignalSummary summary = summaries.get(i);
            shapes.put(
                    signal.name(),
                    signal instanceof CategoricalSignal categorical
                            ? levels(categorical, i, summary)
                            : signal instanceof FlagSignal ? flag(i, summary) : linear(i, summary));
        }
        return shapes;
    }

    /** The coefficient of {@code (x - centre) / scale} becomes a slope; a column that was left out is flat. */
    private Shape linear(int position, SignalSummary summary) {
        for (int j = 0; j < columns.size(); j++) {
            DesignColumn column = columns.get(j);
            if (column.position() == position) {
                double slope = parameters[j] / column.scale();
                return new Shape.Linear(slope, column.centre(), slope * (summary.imputed() - column.centre()));
            }
        }
        return new Shape.Linear(0, 0, 0);
    }

    private Shape flag(int position, SignalSummary summary) {
        double whenTrue = 0;
        for (int j = 0; j < columns.size(); j++) {
            whenTrue = columns.get(j).position() == position ? parameters[j] : whenTrue;
        }
        return new Shape.Flag(whenTrue, summary.imputed() * whenTrue);
    }

    private Shape levels(CategoricalSignal signal, int position, SignalSummary summary) {
        double[] values = new double[signal.levels().size()];
        for (int j = 0; j < columns.size(); j++) {
            if (columns.get(j).position() == position) {
                values[columns.get(j).level()] = parameters[j];
            }
        }
        Map<String, Double> byLevel = new LinkedHashMap<>();
        Set<String> notEstimated = new TreeSet<>();
        double average = 0;
        for (int level = 0; level < values.length; level++) {
            String name = signal.levels().get(level);
            if (summary.rows(level) == 0 || isLeftOutForItsOutcome(signal.name() + "=" + name)) {
                notEstimated.add(name);
                values[level] = values[0];
            }
            byLevel.put(name, values[level]);
            average += summary.share(level) * values[level];
        }
        double unseen = signal.whenUnseen() instanceof WhenUnseen.Level rule
                ? values[signal.levels().indexOf(rule.level())]
                : average;
        return new Shape.Levels(byLevel, unseen, values[(int) summary.imputed()], notEstimated);
    }

    private boolean isLeftOutForItsOutcome(String column) {
        return diagnostics.leftOut().contains(new LeftOutColumn(column, LeftOutColumn.Reason.SINGLE_OUTCOME));
    }

    private TrainingProvenance provenance(Instant published) {
        return new TrainingProvenance(
                published,
                data.label().name(),
                data.label().positive(),
                data.label().excluded(),
                data.rows(),
                data.positives(),
                data.digest(),
                penalty,
                standardised,
                Software.versions(),
                diagnostics.warnings());
    }
}
