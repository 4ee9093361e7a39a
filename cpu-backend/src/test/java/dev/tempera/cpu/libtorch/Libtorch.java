package dev.tempera.cpu.libtorch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.Numbers;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Results;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.SampleRun;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs samples in libtorch, value and gradients. */
final class Libtorch {
  private Libtorch() {}

  /** Whether its natives are on the class path of this machine. */
  static boolean isAvailable() {
    return Libtorch.class.getResource("/native/lib/pytorch.properties") != null;
  }

  /** Runs a sample as {@link SampleRun} does, in one type. */
  static <P> Results run(TwinnedSpec<P> twinned, Sample<P> sample, DType dtype) {
    OpSpec<P> spec = twinned.spec();
    try (PtNDManager manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager()) {
      JniUtils.setGradMode(true);
      JniUtils.setNumThreads(1);
      List<PtNDArray> operands = new ArrayList<>();
      for (Input input : sample.inputs()) {
        PtNDArray operand = array(manager, input, dtype);
        if (spec.isDifferentiable() && input.isFloating()) {
          JniUtils.attachGradient(operand, true);
        }
        operands.add(operand);
      }
      PtNDArray y = twinned.twin().apply(sample.parameters(), operands);
      Numbers value = numbers(y);
      return new Results(value, Arrays.asList(gradients(twinned, sample, operands, y, value)));
    }
  }

  /**
   * Differentiates a sample twice in float64, as {@link SampleRun#twice} does: the gradients, with
   * respect to the operands and to the gradient passed back, of the inner product of the first
   * gradients with random directions. None where libtorch knows that the first gradients are
   * constant.
   */
  static <P> List<Numbers> twice(TwinnedSpec<P> twinned, Sample<P> sample) {
    try (PtNDManager manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager()) {
      JniUtils.setGradMode(true);
      JniUtils.setNumThreads(1);
      List<PtNDArray> leaves = new ArrayList<>();
      for (Input input : sample.inputs()) {
        leaves.add(leaf(manager, input));
      }
      PtNDArray y = twinned.twin().apply(sample.parameters(), leaves);
      PtNDArray seed = leaf(manager, SampleRun.seed(sample, numbers(y).shape()));
      JniUtils.backward(y, seed, true, true);
      List<Numbers> first = new ArrayList<>();
      Draw draw = Draw.forName("direction of " + sample.name());
      PtNDArray along = null;
      for (PtNDArray leaf : leaves) {
        PtNDArray gradient = JniUtils.getGradient(leaf);
        assumeTrue(Objects.nonNull(gradient), "libtorch has no gradient of an operand");
        first.add(numbers(gradient));
        Input direction = draw.normal(numbers(gradient).shape().toArray());
        PtNDArray product =
            JniUtils.sum(JniUtils.mul(gradient, array(manager, direction, DType.FLOAT64)));
        along = along == null ? product : JniUtils.add(along, product);
      }
      PtNDArray one = array(manager, Input.of(new double[] {1}), DType.FLOAT64);
      try {
        JniUtils.backward(Objects.requireNonNull(along), one, false, false);
      } catch (EngineException e) {
        if (String.valueOf(e.getMessage()).contains("does not require grad")) {
          return List.of();
        }
        throw e;
      }
      List<Numbers> second = new ArrayList<>();
      for (int i = 0; i < first.size(); i++) {
        second.add(difference(numbers(JniUtils.getGradient(leaves.get(i))), first.get(i)));
      }
      second.add(numbers(JniUtils.getGradient(seed)));
      return second;
    }
  }

  private static PtNDArray leaf(PtNDManager manager, Input input) {
    PtNDArray leaf = array(manager, input, DType.FLOAT64);
    JniUtils.attachGradient(leaf, true);
    return leaf;
  }

  /** Gradients add up in libtorch. */
  private static Numbers difference(Numbers sum, Numbers first) {
    double[] values = sum.values();
    double[] before = first.values();
    for (int i = 0; i < values.length; i++) {
      values[i] -= before[i];
    }
    return new Numbers(sum.dtype(), sum.shape(), values);
  }

  private static <P> @Nullable Numbers[] gradients(
      TwinnedSpec<P> twinned,
      Sample<P> sample,
      List<PtNDArray> operands,
      PtNDArray y,
      Numbers value) {
    if (!twinned.spec().isDifferentiable()) {
      return new Numbers[0];
    }
    @Nullable Numbers[] gradients = new Numbers[operands.size()];
    if (twinned.gradient() == TwinnedSpec.Gradient.RECORDED) {
      Input seed = SampleRun.seed(sample, value.shape());
      JniUtils.backward(y, array(y.getManager(), seed, value.dtype()), false, false);
    }
    for (int i = 0; i < gradients.length; i++) {
      if (sample.input(i).isFloating()) {
        gradients[i] =
            switch (twinned.gradient()) {
              case RECORDED -> numbers(JniUtils.getGradient(operands.get(i)));
              case ZERO ->
                  numbers(
                      JniUtils.zerosLike(
                          operands.get(i),
                          operands.get(i).getDataType(),
                          Device.cpu(),
                          SparseFormat.DENSE));
              case LOST -> null;
            };
      }
    }
    return gradients;
  }

  static PtNDArray array(PtNDManager manager, Input input, DType real) {
    double[] values = input.values();
    DType dtype = input.dtype(real);
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.max(values.length * dtype.byteSize(), 1))
            .order(ByteOrder.nativeOrder());
    for (double value : values) {
      switch (dtype) {
        case FLOAT32 -> bytes.putFloat((float) value);
        case FLOAT64 -> bytes.putDouble(value);
        case INT32 -> bytes.putInt((int) value);
        case INT64 -> bytes.putLong((long) value);
        case BOOL -> bytes.put((byte) value);
        default -> throw new IllegalArgumentException("no samples are made in " + dtype);
      }
    }
    bytes.rewind();
    return JniUtils.createNdFromByteBuffer(
        manager, bytes, shape(input.shape()), type(dtype), SparseFormat.DENSE, Device.cpu());
  }

  static ai.djl.ndarray.types.Shape shape(Shape shape) {
    return new ai.djl.ndarray.types.Shape(Arrays.stream(shape.toArray()).asLongStream().toArray());
  }

  static DataType type(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> DataType.FLOAT32;
      case FLOAT64 -> DataType.FLOAT64;
      case INT32 -> DataType.INT32;
      case INT64 -> DataType.INT64;
      case BOOL -> DataType.BOOLEAN;
      default -> throw new IllegalArgumentException("no samples are made in " + dtype);
    };
  }

  static Shape shape(PtNDArray array) {
    long[] lengths = array.getShape().getShape();
    return Shape.of(Arrays.stream(lengths).mapToInt(Math::toIntExact).toArray());
  }

  private static Numbers numbers(PtNDArray array) {
    Shape shape = shape(array);
    ByteBuffer bytes = array.toByteBuffer().order(ByteOrder.nativeOrder());
    double[] values = new double[Math.toIntExact(shape.size())];
    DType dtype =
        switch (array.getDataType()) {
          case FLOAT32 -> DType.FLOAT32;
          case FLOAT64 -> DType.FLOAT64;
          case BOOLEAN -> DType.BOOL;
          case INT64 -> DType.INT32;
          default -> throw new IllegalArgumentException("unexpected " + array.getDataType());
        };
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (array.getDataType()) {
            case FLOAT32 -> bytes.getFloat();
            case FLOAT64 -> bytes.getDouble();
            case BOOLEAN -> bytes.get();
            default -> bytes.getLong();
          };
    }
    return new Numbers(dtype, shape, values);
  }
}
