package dev.tempera.interop;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.Storage;
import dev.tempera.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The byte positions here are those of the C structure in dlpack.h, on a 64-bit machine. */
@SuppressWarnings("restricted") // Native memory is read as native code would.
class DlpackTest {
  private static void callDeleter(MemorySegment managed) throws Throwable {
    Linker.nativeLinker()
        .downcallHandle(managed.get(ADDRESS, 56), FunctionDescriptor.ofVoid(ADDRESS))
        .invokeExact(managed);
  }

  @Test
  void lendsTheStructureThatOthersExpect() throws Throwable {
    Tensor tensor = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    Tensor part = tensor.slice(1, 1, 3);
    Storage storage = part.view().storage();
    MemorySegment managed = Dlpack.lend(part).reinterpret(64);
    part.close();
    tensor.close();
    MemorySegment data = managed.get(ADDRESS, 0).reinterpret(20);
    assertThat(data.toArray(JAVA_FLOAT)).containsExactly(2, 3, 4, 5, 6);
    assertThat(managed.get(JAVA_INT, 8)).as("device type").isEqualTo(1);
    assertThat(managed.get(JAVA_INT, 12)).as("device id").isZero();
    assertThat(managed.get(JAVA_INT, 16)).as("axes").isEqualTo(2);
    assertThat(managed.get(JAVA_BYTE, 20)).as("code").isEqualTo((byte) 2);
    assertThat(managed.get(JAVA_BYTE, 21)).as("bits").isEqualTo((byte) 32);
    assertThat(managed.get(JAVA_SHORT, 22)).as("lanes").isEqualTo((short) 1);
    assertThat(managed.get(ADDRESS, 24).reinterpret(16).toArray(JAVA_LONG)).containsExactly(2, 2);
    assertThat(managed.get(ADDRESS, 32).reinterpret(16).toArray(JAVA_LONG)).containsExactly(3, 1);
    assertThat(managed.get(JAVA_LONG, 40)).as("byte offset").isZero();
    assertThat(storage.isReleased()).isFalse();
    callDeleter(managed);
    assertThat(storage.isReleased()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32,2,32",
    "FLOAT64,2,64",
    "FLOAT16,2,16",
    "BFLOAT16,4,16",
    "INT8,0,8",
    "UINT8,1,8",
    "INT16,0,16",
    "INT32,0,32",
    "INT64,0,64",
    "BOOL,6,8"
  })
  void typesAreThoseOfTheHeaderFile(DType dtype, int code, int bits) {
    assertThat(DlpackType.of(dtype)).isEqualTo(new DlpackType(code, bits, 1));
    assertThat(new DlpackType(code, bits, 1).toDType()).isEqualTo(dtype);
  }

  @Test
  void adoptsWhatItLent() {
    Tensor tensor = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    Storage storage = tensor.view().storage();
    MemorySegment address;
    try (Tensor turned = tensor.transpose()) {
      address = Dlpack.lend(turned);
    }
    tensor.close();
    try (Tensor adopted = Dlpack.adopt(address)) {
      assertThat(adopted.shape()).isEqualTo(Shape.of(3, 2));
      assertThat(adopted.toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
    }
    assertThat(storage.isReleased()).isTrue();
  }

  @Test
  void adoptsDenseMemoryWithoutStridesAndWithAnOffset() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment managed = structure(arena, 2, 1);
      try (Tensor adopted = Dlpack.adopt(managed)) {
        assertThat(adopted.toFloats()).containsExactly(3, 4);
      }
    }
  }

  @Test
  void refusesWhatNoTensorCanBeMadeOf() {
    try (Arena arena = Arena.ofShared()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Dlpack.adopt(structure(arena, 5, 1)))
          .withMessageContaining("type    DlpackType[code=5, bits=32, lanes=1]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Dlpack.adopt(structure(arena, 2, 2)))
          .withMessageContaining("device  2");
    }
  }

  private static MemorySegment structure(Arena arena, int code, int device) {
    MemorySegment managed = arena.allocate(64, 8);
    managed.set(ADDRESS, 0, arena.allocateFrom(JAVA_FLOAT, 1, 2, 3, 4));
    managed.set(JAVA_INT, 8, device);
    managed.set(JAVA_INT, 16, 1);
    managed.set(JAVA_BYTE, 20, (byte) code);
    managed.set(JAVA_BYTE, 21, (byte) 32);
    managed.set(JAVA_SHORT, 22, (short) 1);
    managed.set(ADDRESS, 24, arena.allocateFrom(JAVA_LONG, 2));
    managed.set(JAVA_LONG, 40, 8);
    return managed;
  }
}
