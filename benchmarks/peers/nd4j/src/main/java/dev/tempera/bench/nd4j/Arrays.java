package dev.tempera.bench.nd4j;

import dev.tempera.bench.work.Computation;
import dev.tempera.bench.work.Operand;
import dev.tempera.data.MemoryOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays of a computation: its operands, by name, and what is computed of them. Images are (N,
 * H, W, C), weights of convolutions (kH, kW, Cin, Cout), everything dense and row-major.
 */
final class Arrays implements AutoCloseable {
  private static final int[] WEIGHT_AXES = {2, 3, 1, 0};
  private static final int[] PLAIN_WEIGHT_AXES = {3, 2, 0, 1};

  private final Map<String, INDArray> operands = new LinkedHashMap<>();
  private final List<INDArray> computed = new ArrayList<>();

  Arrays(Computation computation) {
    for (Operand operand : computation.operands()) {
      operands.put(operand.name(), array(operand));
    }
  }

  private static INDArray array(Operand operand) {
    long[] lengths = java.util.Arrays.stream(operand.shape().toArray()).asLongStream().toArray();
    if (lengths.length != 4) {
      return Nd4j.create(operand.values(), lengths);
    }
    if (operand.order() == MemoryOrder.CHANNELS_LAST) {
      return Nd4j.create(operand.values(), lengths[0], lengths[2], lengths[3], lengths[1]);
    }
    try (INDArray plain = Nd4j.create(operand.values(), lengths)) {
      return plain.permute(WEIGHT_AXES).dup('c');
    }
  }

  /** The operand of a name. */
  INDArray operand(String name) {
    return Objects.requireNonNull(operands.get(name), name);
  }

  /**
   * A new array, which is freed with the others.
   *
   * @param order of the memory, row-major {@code 'c'} or column-major {@code 'f'}
   */
  INDArray computed(char order, long... lengths) {
    INDArray array = Nd4j.create(DataType.FLOAT, lengths, order);
    computed.add(array);
    return array;
  }

  /** The numbers of an array, as they lie in memory. */
  static float[] stored(INDArray array) {
    return array.data().asFloat();
  }

  /** The numbers of a weight, densely as (Cout, Cin, kH, kW). */
  static float[] plainWeight(INDArray weight) {
    try (INDArray plain = weight.permute(PLAIN_WEIGHT_AXES).dup('c')) {
      return stored(plain);
    }
  }

  @Override
  public void close() {
    operands.values().forEach(INDArray::close);
    computed.forEach(INDArray::close);
  }
}
