package io.conversion.model;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.GateCheck;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.core.shapes.Calibration;
import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.Shape;
import io.conversion.model.data.DataSet;
import io.conversion.model.design.FitCovariance;
import io.conversion.model.design.FittedDesign;
import io.conversion.model.design.ShapeWeights;
import io.conversion.model.design.TrainingDistribution;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Folds a fit into the model that it is published as. */
record ModelAssembly(TrainingOptions options, FittedDesign fitted, Calibration calibration, List<String> warnings) {

    ConversionModel model(String name, String version, Instant published, List<GateCheck> gate) {
        DataSet data = fitted.design().data();
        double[] parameters = fitted.optimum().parameters();
        Map<String, Shape> shapes = fitted.design().fold(fitted.coefficients(), fitted.estimated());
        ConversionModel model = ConversionModel.builder(name, version, data.schema())
                .intercept(parameters[parameters.length - 1])
                .shapes(shapes)
                .calibration(calibration)
                .covariance(covariance())
                .weights(ShapeWeights.of(data, shapes))
                .referenceUser(fitted.design().referenceUser())
                .training(provenance(data, published, gate))
                .referenceDistribution(TrainingDistribution.of(fitted, calibration))
                .build();
        OptionalDouble declared = options.declaredBaseRate();
        return declared.isPresent() ? model.withBaseRate(declared.getAsDouble()) : model;
    }

    /** The covariance of the numbers of the model; null if the Hessian cannot be solved for. */
    private @Nullable Covariance covariance() {
        double[][] parameters = fitted.covariance();
        if (parameters == null) {
            return null;
        }
        FitCovariance covariance = FitCovariance.of(fitted.design(), fitted.kept(), parameters);
        return Covariance.of(covariance.numbers(), covariance.matrix());
    }

    private TrainingProvenance provenance(DataSet data, Instant published, List<GateCheck> gate) {
        DataSet.LabelColumn label = data.label();
        return new TrainingProvenance(
                        published,
                        new TrainingProvenance.Data(
                                label.name(),
                                label.positive(),
                                label.excluded(),
                                data.rows(),
                                data.positives(),
                                data.digest()),
                        new TrainingProvenance.Fit(
                                options.autoShapes() ? "auto" : TrainingProvenance.Fit.LINEAR,
                                fitted.penalty(),
                                options.penalty() == null ? "cv" : TrainingProvenance.Fit.GIVEN,
                                options.standardise(),
                                options.seed(),
                                Software.versions(),
                                warnings))
                .gate(gate);
    }
}
