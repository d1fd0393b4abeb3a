package io.conversion.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * ONNX Runtime, in double precision and on the calling thread: rows of {@link OneHot} in tensors outside the Java heap.
 * One tensor is written anew for each map, and answers come in tensors that are used again: of the ways that its API
 * has, this was the fastest.
 */
final class OnnxNeighbour implements Neighbour {

    private final OrtSession session;
    private final List<OnnxTensor> tensors = new ArrayList<>();
    private final DoubleBuffer row = buffer(OneHot.WIDTH);
    private final OnnxTensor rowTensor = tensor(row, 1, OneHot.WIDTH);
    private final DoubleBuffer probability = buffer(1);
    private final OnnxTensor probabilityTensor = tensor(probability, 1, 1);

    OnnxNeighbour() {
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = OrtEnvironment.getEnvironment().createSession(OnnxModel.bytes(), options);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    @Override
    public String name() {
        return "ONNX Runtime 1.29.0";
    }

    @Override
    public double fromMap(Map<String, Object> user) {
        row.put(0, HandWritten.oneHot(user));
        run(rowTensor, probabilityTensor);
        return probability.get(0);
    }

    @Override
    public DoubleSupplier prepare(Map<String, Object> user) {
        OnnxTensor input = tensor(buffer(OneHot.WIDTH).put(0, HandWritten.oneHot(user)), 1, OneHot.WIDTH);
        return () -> {
            run(input, probabilityTensor);
            return probability.get(0);
        };
    }

    @Override
    public Supplier<double[]> prepareBatch(Columns users) {
        int size = users.size();
        DoubleBuffer rows = buffer(size * OneHot.WIDTH);
        for (double[] values : OneHot.rows(users)) {
            rows.put(values);
        }
        OnnxTensor input = tensor(rows.rewind(), size, OneHot.WIDTH);
        DoubleBuffer probabilities = buffer(size);
        OnnxTensor output = tensor(probabilities, size, 1);
        return () -> {
            run(input, output);
            double[] copy = new double[size];
            probabilities.get(0, copy);
            return copy;
        };
    }

    @Override
    public void close() {
        tensors.forEach(OnnxTensor::close);
        try {
            session.close();
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private void run(OnnxTensor rows, OnnxTensor probabilities) {
        try {
            session.run(Map.of(OnnxModel.ROWS, rows), Set.of(), Map.of(OnnxModel.PROBABILITIES, probabilities))
                    .close();
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** A tensor over the buffer's own memory, closed with this neighbour. */
    private OnnxTensor tensor(DoubleBuffer values, long rows, long columns) {
        try {
            OnnxTensor tensor =
                    OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values, new long[] {rows, columns});
            tensors.add(tensor);
            return tensor;
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private static DoubleBuffer buffer(int values) {
        return ByteBuffer.allocateDirect(values * Double.BYTES)
                .order(ByteOrder.nativeOrder())
                .asDoubleBuffer();
    }

    private static IllegalStateException failed(OrtException e) {
        return new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
}
