package io.conversion.benchmarks;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * The {@link BenchmarkModel} as an ONNX graph in double precision: probabilities = Sigmoid(Gemm(rows, coefficients,
 * intercept)), where rows are those of {@link OneHot}.
 */
final class OnnxModel {

    /** The input: any number of rows of {@link OneHot#WIDTH} numbers. */
    static final String ROWS = "rows";

    /** The output: a column with the probability of each row. */
    static final String PROBABILITIES = "probabilities";

    private static final String COEFFICIENTS = "coefficients";
    private static final String INTERCEPT = "intercept";
    private static final String LOG_ODDS = "log_odds";
    private static final int DOUBLE = TensorProto.DataType.DOUBLE_VALUE;

    private OnnxModel() {}

    /**
     * Writes the model; the message classes are those that Tribuo brings along.
     *
     * @return the bytes of an ONNX file, IR version 8, operator set 13
     */
    static byte[] bytes() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph())
                .build()
                .toByteArray();
    }

    private static GraphProto graph() {
        double[] coefficients = OneHot.coefficients();
        return GraphProto.newBuilder()
                .setName("logistic")
                .addInput(matrix(ROWS, OneHot.WIDTH))
                .addInitializer(tensor(COEFFICIENTS, Arrays.copyOf(coefficients, OneHot.WIDTH), OneHot.WIDTH, 1))
                .addInitializer(tensor(INTERCEPT, new double[] {coefficients[OneHot.WIDTH]}, 1))
                .addNode(node("Gemm", LOG_ODDS, ROWS, COEFFICIENTS, INTERCEPT))
                .addNode(node("Sigmoid", PROBABILITIES, LOG_ODDS))
                .addOutput(matrix(PROBABILITIES, 1))
                .build();
    }

    private static NodeProto node(String operator, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .addOutput(output)
                .addAllInput(Arrays.asList(inputs))
                .build();
    }

    private static TensorProto tensor(String name, double[] values, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(DOUBLE);
        Arrays.stream(shape).forEach(tensor::addDims);
        DoubleStream.of(values).forEach(tensor::addDoubleData);
        return tensor.build();
    }

    private static ValueInfoProto matrix(String name, int columns) {
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(Dimension.newBuilder().setDimParam("n"))
                .addDim(Dimension.newBuilder().setDimValue(columns))
                .build();
        TypeProto.Tensor type = TypeProto.Tensor.newBuilder()
                .setElemType(DOUBLE)
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
