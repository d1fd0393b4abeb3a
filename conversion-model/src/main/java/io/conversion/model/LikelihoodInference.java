package io.conversion.model;

import io.conversion.core.json.ArtifactText;
import io.conversion.model.design.DesignColumn;
import io.conversion.model.design.FittedDesign;
import io.conversion.model.fit.PenalisedLikelihood;
import io.conversion.model.fit.ProfileLikelihood;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the likelihood says of the coefficients of a fit, which has to be unpenalised and of shapes that the rows had no
 * part in: estimates that are shrunk or selected would be given intervals that promise more than they hold.
 */
final class LikelihoodInference {

    private final PenalisedLikelihood maximum;
    private final List<DesignColumn> columns;
    private final double[] units;
    private final double[][] covariance;

    private LikelihoodInference(
            PenalisedLikelihood maximum, List<DesignColumn> columns, double[] units, double[][] covariance) {
        this.maximum = maximum;
        this.columns = columns;
        this.units = units;
        this.covariance = covariance;
    }

    /**
     * The inference from a fit.
     *
     * @param wanted what the caller asks for, as a refusal is to call it
     * @throws IllegalStateException if the fit is penalised, its shapes were chosen on the same rows, or its information
     *     cannot be inverted
     */
    static LikelihoodInference of(FittedDesign fitted, TrainingOptions options, String wanted) {
        if (fitted.penalty() > 0 || options.autoShapes()) {
            throw new IllegalStateException("the fit has no " + wanted + ": "
                    + (fitted.penalty() > 0
                            ? "its L2 penalty of " + fitted.penalty() + " shrinks the coefficients"
                            : "its shapes were chosen on the same rows")
                    + "; train with linear shapes and a penalty of 0 for inference");
        }
        double[][] covariance = fitted.covariance();
        if (covariance == null) {
            throw new IllegalStateException("the observed information cannot be inverted; look for columns that nearly"
                    + " depend on each other");
        }
        List<DesignColumn> columns = fitted.columns();
        return new LikelihoodInference(
                fitted.optimum(),
                columns,
                columns.stream().mapToDouble(options::unit).toArray(),
                covariance);
    }

    List<CoefficientInference> wald(double level) {
        return IntStream.range(0, columns.size())
                .mapToObj(j -> CoefficientInference.of(
                        columns.get(j).name(), maximum.parameters()[j] / units[j], standardError(j) / units[j], level))
                .toList();
    }

    private double standardError(int j) {
        return Math.sqrt(covariance[j][j]);
    }

    List<ProfileInterval> profile(double level) {
        double z = CalibrationLine.quantile(level);
        return IntStream.range(0, columns.size())
                .mapToObj(j -> profile(j, z, level))
                .toList();
    }

    ProfileInterval profile(String column, double level) {
        double z = CalibrationLine.quantile(level);
        List<String> names = columns.stream().map(DesignColumn::name).toList();
        int j = names.indexOf(column);
        if (j < 0) {
            throw new IllegalArgumentException(
                    "the fit has no coefficient on " + ArtifactText.quoted(column) + "; it has them on " + names);
        }
        return profile(j, z, level);
    }

    private ProfileInterval profile(int j, double z, double level) {
        return new ProfileInterval(
                columns.get(j).name(),
                maximum.parameters()[j] / units[j],
                end(j, z, -1) / units[j],
                end(j, z, 1) / units[j],
                level);
    }

    private double end(int j, double z, int side) {
        double end = new ProfileLikelihood(maximum, j).end(z, side * z * standardError(j));
        if (Double.isNaN(end)) {
            throw new IllegalStateException("the " + (side < 0 ? "lower" : "upper") + " end of the profile interval of "
                    + ArtifactText.quoted(columns.get(j).name())
                    + " cannot be solved for; look for columns that nearly depend on each other,"
                    + " or use the Wald interval");
        }
        return end;
    }
}
