package dev.tempera.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorEntryTest {

  @ParameterizedTest
  @EnumSource(DType.class)
  void convertsEveryType(DType dtype) throws TensorFileException {
    TensorEntry entry = TensorEntry.dense("t", dtype, Shape.of(3), bytesOf(dtype));
    float[] expected =
        switch (dtype) {
          case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> new float[] {1.5f, -2, 0};
          case INT8, INT16, INT32, INT64 -> new float[] {1, -2, 127};
          case UINT8 -> new float[] {1, 254, 127};
          case BOOL -> new float[] {1, 0, 1};
        };
    assertThat(entry.toFloats()).containsExactly(expected);
  }

  private static MemorySegment bytesOf(DType dtype) {
    ByteBuffer bytes = ByteBuffer.allocate(3 * dtype.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
    switch (dtype) {
      case FLOAT32 -> bytes.putFloat(1.5f).putFloat(-2).putFloat(0);
      case FLOAT64 -> bytes.putDouble(1.5).putDouble(-2).putDouble(0);
      case FLOAT16 -> bytes.putShort((short) 0x3E00).putShort((short) 0xC000).putShort((short) 0);
      case BFLOAT16 -> bytes.putShort((short) 0x3FC0).putShort((short) 0xC000).putShort((short) 0);
      case INT8, UINT8 -> bytes.put((byte) 1).put((byte) -2).put((byte) 127);
      case INT16 -> bytes.putShort((short) 1).putShort((short) -2).putShort((short) 127);
      case INT32 -> bytes.putInt(1).putInt(-2).putInt(127);
      case INT64 -> bytes.putLong(1).putLong(-2).putLong(127);
      case BOOL -> bytes.put((byte) 1).put((byte) 0).put((byte) 1);
    }
    return MemorySegment.ofBuffer(bytes.flip());
  }

  @Test
  void keepsNaNPayloadsInfinitiesAndMinusZero() throws TensorFileException {
    int[] bits = {0x7FC00001, 0xFF800000, 0x80000000, 0x00000001};
    MemorySegment bytes = MemorySegment.ofArray(new byte[16]);
    for (int i = 0; i < 4; i++) {
      bytes.set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), i * 4L, bits[i]);
    }
    float[] dense = TensorEntry.dense("t", DType.FLOAT32, Shape.of(4), bytes).toFloats();
    TensorEntry backwards =
        new TensorEntry("t", DType.FLOAT32, Shape.of(2, 2), new long[] {1, 2}, 0, () -> bytes);
    float[] transposed = backwards.toFloats();
    assertThat(Float.floatToRawIntBits(dense[0])).isEqualTo(bits[0]);
    assertThat(Float.floatToRawIntBits(dense[2])).isEqualTo(bits[2]);
    assertThat(Float.floatToRawIntBits(transposed[1])).isEqualTo(bits[2]);
    assertThat(Float.floatToRawIntBits(transposed[2])).isEqualTo(bits[1]);
  }

  @Test
  void readsAStridedViewInRowMajorOrder() throws TensorFileException {
    byte[] stored = new byte[24];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = (byte) i;
    }
    TensorEntry view =
        new TensorEntry(
            "t",
            DType.INT8,
            Shape.of(2, 3, 4),
            new long[] {1, 2, 6},
            0,
            () -> MemorySegment.ofArray(stored));
    float[] values = view.toFloats();
    int at = 0;
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 4; k++) {
          assertThat(values[at++]).isEqualTo(i + 2 * j + 6 * k);
        }
      }
    }
    assertThat(view.isDense()).isFalse();
    assertThat(view.spanBytes()).isEqualTo(24);
    try (Arena arena = Arena.ofConfined()) {
      byte[] rowMajor = view.toRowMajor(arena).toArray(ValueLayout.JAVA_BYTE);
      for (int i = 0; i < rowMajor.length; i++) {
        assertThat((float) rowMajor[i]).isEqualTo(values[i]);
      }
    }
  }

  @Test
  void repeatsTheElementOfAnExpandedAxis() throws TensorFileException {
    MemorySegment bytes = MemorySegment.ofArray(new byte[] {7, 9});
    TensorEntry expanded =
        new TensorEntry("t", DType.INT8, Shape.of(2, 3), new long[] {1, 0}, 0, () -> bytes);
    assertThat(expanded.toFloats()).containsExactly(7, 7, 7, 9, 9, 9);
  }

  @Test
  void hasNoElementsWhereAnAxisIsEmpty() throws TensorFileException {
    TensorEntry empty =
        new TensorEntry(
            "t",
            DType.FLOAT32,
            Shape.of(2, 0, 3),
            new long[] {9, 9, 9},
            0,
            () -> MemorySegment.NULL);
    assertThat(empty.toFloats()).isEmpty();
    assertThat(empty.isDense()).isTrue();
    assertThat(empty.bytes().byteSize()).isZero();
  }

  @Test
  void ignoresTheStrideOfAnAxisOfLengthOne() {
    TensorEntry entry =
        new TensorEntry(
            "t",
            DType.INT8,
            Shape.of(3, 1, 2),
            new long[] {2, 77, 1},
            0,
            () -> MemorySegment.ofArray(new byte[6]));
    assertThat(entry.isDense()).isTrue();
    assertThat(entry.spanBytes()).isEqualTo(6);
  }

  @Test
  void givesAlignedFloatsInAnArena() throws TensorFileException {
    MemorySegment bytes = MemorySegment.ofArray(new byte[] {3, 4, 5});
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment floats =
          TensorEntry.dense("t", DType.UINT8, Shape.of(3), bytes).toFloat32(arena);
      assertThat(floats.address() % 64).isZero();
      assertThat(floats.toArray(ValueLayout.JAVA_FLOAT)).containsExactly(3, 4, 5);
    }
  }

  @Test
  void refusesBytesThatDoNotFitTheShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                TensorEntry.dense(
                    "w", DType.FLOAT32, Shape.of(2, 2), MemorySegment.ofArray(new byte[15])))
        .withMessage("tensor 'w': float32 [2, 2] takes 16 bytes, 15 are given");
  }

  @Test
  void producesCachedContentOnce() throws TensorFileException {
    int[] produced = {0};
    TensorEntry.Content content =
        () -> {
          produced[0]++;
          return MemorySegment.ofArray(new byte[4]);
        };
    TensorEntry.Content cached = content.cached();
    assertThat(cached.read()).isSameAs(cached.read());
    assertThat(produced[0]).isEqualTo(1);
  }

  @Test
  void permutedAxesAreAViewOfTheSameBytes() throws TensorFileException {
    TensorEntry entry =
        TensorEntry.dense(
            "t", DType.INT8, Shape.of(2, 3), MemorySegment.ofArray(new byte[] {1, 2, 3, 4, 5, 6}));
    TensorEntry transposed = entry.permuted(1, 0);
    assertThat(transposed.shape()).isEqualTo(Shape.of(3, 2));
    assertThat(transposed.toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> entry.permuted(0, 0))
        .withMessage("tensor 't': [0, 0] does not permute [2, 3]");
  }

  @Test
  void anAxisSplitsIntoSeveral() throws TensorFileException {
    TensorEntry entry =
        TensorEntry.dense(
            "t",
            DType.INT8,
            Shape.of(4, 2),
            MemorySegment.ofArray(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
    TensorEntry split = entry.permuted(1, 0).split(1, 2, 2);
    assertThat(split.shape()).isEqualTo(Shape.of(2, 2, 2));
    assertThat(split.toFloats()).containsExactly(1, 3, 5, 7, 2, 4, 6, 8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> entry.split(0, 3))
        .withMessage("tensor 't': axis 0 of [4, 2] does not split into [3]");
  }
}
