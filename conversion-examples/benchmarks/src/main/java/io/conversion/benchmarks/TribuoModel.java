package io.conversion.benchmarks;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.conversion.benchmarks.BenchmarkModel.Categorical;
import io.conversion.benchmarks.BenchmarkModel.Numeric;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.classification.sgd.protos.ClassificationLinearSGDProto;
import org.tribuo.common.sgd.AbstractSGDTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * The {@link BenchmarkModel} in Tribuo: trained on two users, which gives it the features and labels, then serialised,
 * and read again with our coefficients in place of the trained ones.
 *
 * <p>Tribuo's features are names with numbers. Each level is one, such as {@code channel=search}, the first ones with
 * the coefficient 0.
 */
final class TribuoModel {

    static final String CONVERTED = "converted";

    private static final String STAYED = "stayed";

    private TribuoModel() {}

    /**
     * Trains, writes, and reads with other coefficients.
     *
     * @return Tribuo's model
     */
    static Model<Label> load() {
        LinearSGDModel trained = train();
        DenseMatrix coefficients = coefficients(trained);
        try {
            return Model.deserialize(with(coefficients, trained.serialize())).castModel(Label.class);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("Tribuo's own message could not be unpacked", e);
        }
    }

    /**
     * The feature of a level.
     *
     * @param signal the signal
     * @param level the code of the level
     * @return its name in Tribuo
     */
    static String feature(Categorical signal, int level) {
        return signal.name() + "=" + signal.levels().get(level);
    }

    private static LinearSGDModel train() {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> users = new MutableDataset<>(new SimpleDataSourceProvenance("two users", labels), labels);
        users.add(user(STAYED));
        users.add(user(CONVERTED));
        LogisticRegressionTrainer trainer = new LogisticRegressionTrainer();
        // It would report on these two users.
        Logger.getLogger(AbstractSGDTrainer.class.getName()).setLevel(Level.WARNING);
        return trainer.train(users);
    }

    /** A user with every feature, since only those that occur in the training have a place in the model. */
    private static Example<Label> user(String label) {
        ArrayExample<Label> user = new ArrayExample<>(new Label(label));
        slopes().keySet().forEach(feature -> user.add(feature, 1));
        return user;
    }

    /** A row for each label and a column for each feature, and one for the intercept; softmax of (0, x) is logistic. */
    private static DenseMatrix coefficients(LinearSGDModel trained) {
        DenseMatrix coefficients = new DenseMatrix(2, slopes().size() + 1);
        int converted = trained.getOutputIDInfo().getID(new Label(CONVERTED));
        slopes().forEach((feature, slope) ->
                coefficients.set(converted, trained.getFeatureIDMap().getID(feature), slope));
        coefficients.set(converted, slopes().size(), BenchmarkModel.interceptWithoutCentres());
        return coefficients;
    }

    private static ModelProto with(DenseMatrix coefficients, ModelProto trained) throws InvalidProtocolBufferException {
        ClassificationLinearSGDProto model =
                trained.getSerializedData().unpack(ClassificationLinearSGDProto.class).toBuilder()
                        .setParams(new LinearParameters(coefficients).serialize())
                        .build();
        return trained.toBuilder().setSerializedData(Any.pack(model)).build();
    }

    private static Map<String, Double> slopes() {
        Map<String, Double> slopes = new LinkedHashMap<>();
        for (Numeric signal : BenchmarkModel.NUMERICS) {
            slopes.put(signal.name(), signal.slope());
        }
        for (Categorical signal : BenchmarkModel.CATEGORICALS) {
            for (int level = 0; level < signal.levels().size(); level++) {
                slopes.put(feature(signal, level), signal.values().get(level));
            }
        }
        slopes.put(BenchmarkModel.FLAG, BenchmarkModel.FLAG_VALUE);
        return slopes;
    }
}
