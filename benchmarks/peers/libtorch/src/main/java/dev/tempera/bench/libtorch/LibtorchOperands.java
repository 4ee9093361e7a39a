package dev.tempera.bench.libtorch;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.bench.work.Computation;
import dev.tempera.bench.work.Operand;
import dev.tempera.data.MemoryOrder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The operands of a computation as libtorch's arrays, and the arrays that go with them. */
final class LibtorchOperands implements AutoCloseable {
  private final PtNDManager manager;
  private final Map<String, PtNDArray> arrays = new LinkedHashMap<>();

  LibtorchOperands(PtNDManager parent, Computation computation) {
    manager = (PtNDManager) parent.newSubManager();
    for (Operand operand : computation.operands()) {
      arrays.put(operand.name(), array(operand));
    }
  }

  /** The manager of all of them. */
  PtNDManager manager() {
    return manager;
  }

  /** Four axes lie in memory with the second one fastest, be it an image or a weight. */
  private PtNDArray array(Operand operand) {
    long[] lengths = Arrays.stream(operand.shape().toArray()).asLongStream().toArray();
    if (lengths.length != 4) {
      return array(operand.values(), new Shape(lengths));
    }
    float[] values =
        operand.order() == MemoryOrder.CHANNELS_LAST
            ? operand.values()
            : secondAxisLast(operand.values(), operand.shape());
    return JniUtils.permute(
        array(values, new Shape(lengths[0], lengths[2], lengths[3], lengths[1])),
        new long[] {0, 3, 1, 2});
  }

  private static float[] secondAxisLast(float[] values, dev.tempera.data.Shape shape) {
    int channels = shape.dim(1);
    int taps = shape.dim(2) * shape.dim(3);
    float[] moved = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int tap = i % taps;
      int channel = i / taps % channels;
      int output = i / taps / channels;
      moved[(output * taps + tap) * channels + channel] = values[i];
    }
    return moved;
  }

  private PtNDArray array(float[] values, Shape shape) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(values);
    PtNDArray borrowed =
        JniUtils.createNdFromByteBuffer(
            manager, bytes, shape, DataType.FLOAT32, SparseFormat.DENSE, Device.cpu());
    PtNDArray own = JniUtils.clone(borrowed);
    borrowed.close();
    return own;
  }

  /** The operand of a name. */
  PtNDArray array(String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  /** The numbers of an array, densely in a memory order. */
  static float[] floats(PtNDArray array, MemoryOrder order) {
    PtNDArray rows =
        order == MemoryOrder.CHANNELS_LAST
            ? JniUtils.permute(array, new long[] {0, 2, 3, 1})
            : array;
    ByteBuffer bytes = rows.toByteBuffer().order(ByteOrder.nativeOrder());
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  @Override
  public void close() {
    manager.close();
  }
}
