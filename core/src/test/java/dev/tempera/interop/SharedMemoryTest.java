package dev.tempera.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedMemoryTest {
  private static final float[] VALUES = {1, 2, 3, 4, 5, 6};

  private final AtomicInteger released = new AtomicInteger();

  private Tensor wrap(MemorySegment memory, int... shape) {
    return ForeignMemory.wrap(memory, DType.FLOAT32, Shape.of(shape), released::incrementAndGet);
  }

  @Test
  void aTensorOverForeignMemorySeesItAndGivesItBackOnce() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_FLOAT, VALUES);
      try (TensorScope _ = TensorScope.open("test")) {
        Tensor tensor = wrap(memory, 2, 3);
        Tensor turned = tensor.transpose();
        memory.setAtIndex(ValueLayout.JAVA_FLOAT, 0, 10);
        assertThat(tensor.toFloats()).containsExactly(10, 2, 3, 4, 5, 6);
        tensor.close();
        assertThat(released).hasValue(0);
        assertThat(turned.square().toFloats()).containsExactly(100, 16, 4, 25, 9, 36);
      }
      assertThat(released).hasValue(1);
    }
  }

  @Test
  void stridesReachElementsWhereTheyLie() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_FLOAT, VALUES);
      try (Tensor columns =
          ForeignMemory.wrap(
              memory,
              DType.FLOAT32,
              Shape.of(2, 2),
              new long[] {1, 3},
              released::incrementAndGet)) {
        assertThat(columns.toFloats()).containsExactly(1, 4, 2, 5);
      }
    }
    assertThat(released).hasValue(1);
  }

  @Test
  void readOnlyMemoryMakesAFrozenTensor() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_FLOAT, VALUES).asReadOnly();
      try (Tensor tensor = wrap(memory, 6);
          Tensor zeros = Tensor.zeros(6)) {
        assertThatIllegalStateException().isThrownBy(() -> tensor.assign(zeros));
      }
    }
  }

  @Test
  void refusesMemoryThatKernelsCannotUse() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wrap(MemorySegment.ofArray(VALUES), 6))
        .withMessageContaining("memory  on the Java heap");
    try (Arena arena = Arena.ofConfined()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> wrap(arena.allocate(24), 6))
          .withMessageContaining("memory  native, of one thread");
    }
    try (Arena arena = Arena.ofShared()) {
      assertThatExceptionOfType(ShapeException.class)
          .isThrownBy(() -> wrap(arena.allocate(23), 6))
          .withMessageContaining("last element 5 < 5 elements of storage");
    }
    assertThat(released).hasValue(0);
  }

  @Test
  void memoryIsLentReadOnlyAndUntilItIsClosed() {
    LentMemory memory;
    MemorySegment segment;
    try (Tensor tensor = Tensor.of(VALUES, 2, 3);
        Tensor turned = tensor.transpose();
        Tensor rest = turned.slice(0, 1, 3)) {
      memory = LentMemory.of(rest);
      segment = memory.segment();
    }
    assertThat(memory.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(memory.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(memory.strides()).containsExactly(1, 3);
    assertThat(segment.toArray(ValueLayout.JAVA_FLOAT)).containsExactly(2, 3, 4, 5, 6);
    assertThatIllegalArgumentException().isThrownBy(() -> segment.fill((byte) 0));
    memory.close();
    memory.close();
    assertThatIllegalStateException().isThrownBy(() -> segment.get(ValueLayout.JAVA_BYTE, 0));
  }

  @Test
  void lendsEmptyTensors() {
    try (Tensor empty = Tensor.zeros(0, 3);
        LentMemory memory = LentMemory.of(empty)) {
      assertThat(memory.segment().byteSize()).isZero();
    }
  }

  @Test
  void refusesClosedTensors() {
    Tensor tensor = Tensor.of(VALUES, 6);
    tensor.close();
    assertThatIllegalStateException().isThrownBy(() -> LentMemory.of(tensor));
    assertThatIllegalStateException().isThrownBy(() -> Dlpack.lend(tensor));
  }
}
