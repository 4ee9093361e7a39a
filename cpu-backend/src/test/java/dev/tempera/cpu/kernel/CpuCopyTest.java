package dev.tempera.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.Backend;
import dev.tempera.backend.BinaryOp;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.cpu.TestViews;
import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.reference.ReferenceBackend;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CpuCopyTest {
  private final CpuBackend backend = new CpuBackend(new CpuOptions(3));
  private final Backend reference = new ReferenceBackend();

  @AfterEach
  void endTheThreads() {
    backend.close();
  }

  @Test
  void copiesBetweenAnyStrides() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      int[] lengths = random.ints(random.nextInt(5), 1, 14).toArray();
      View source = TestViews.scattered(backend, random, lengths);
      View target = TestViews.scattered(backend, random, lengths);
      backend.assign(target, source);
      assertThat(TestViews.elements(target)).isEqualTo(TestViews.elements(source));
    }
  }

  @Test
  void leavesWhatLiesBetweenTheTargetsElements() {
    Random random = new Random(2);
    View whole = TestViews.dense(backend, random, 40, 70);
    backend.fill(whole, 7);
    View inside = whole.slice(0, 3, 12, 3).slice(1, 5, 30, 2);
    backend.assign(inside, TestViews.dense(backend, random, 30, 12).transposed());
    backend.fill(inside, 7);
    assertThat(TestViews.elements(whole)).containsOnly(7);
  }

  @ParameterizedTest
  @EnumSource(MemoryOrder.class)
  void changesTheMemoryOrderOfLargeImages(MemoryOrder order) {
    Random random = new Random(3);
    for (int channels : new int[] {1, 3, 67}) {
      View rowMajor = TestViews.dense(backend, random, 2, channels, 131, 257);
      View channelsLast = TestViews.channelsLast(backend, random, 2, channels, 131, 257);
      for (View x : List.of(rowMajor, channelsLast)) {
        View copy = backend.contiguous(x, order);
        assertThat(copy.strides()).containsExactly(order.strides(x.shape()));
        assertThat(TestViews.elements(copy)).isEqualTo(TestViews.elements(x));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void convertsLikeTheReference(DType from) {
    Random random = new Random(4);
    View numbers = TestViews.dense(reference, random, 3, 1500);
    View fractions =
        reference.binary(BinaryOp.DIVIDE, numbers, TestViews.dense(reference, random, 3, 1500));
    for (View x : List.of(numbers, fractions)) {
      View source = reference.converted(x, from, MemoryOrder.ROW_MAJOR).transposed();
      for (DType to : DType.values()) {
        View expected = reference.converted(source, to, MemoryOrder.ROW_MAJOR);
        View actual = backend.converted(source, to, MemoryOrder.ROW_MAJOR);
        assertThat(bytes(actual)).as("%s to %s", from, to).isEqualTo(bytes(expected));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void fillsEveryType(DType type) {
    View target = backend.allocate(type, Shape.of(5, 7, 131), MemoryOrder.ROW_MAJOR);
    View expected = reference.allocate(type, target.shape(), MemoryOrder.ROW_MAJOR);
    backend.fill(target, 5.75);
    reference.fill(expected, 5.75);
    View part = target.slice(1, 1, 3, 2).slice(2, 1, 40, 3);
    View expectedPart = expected.slice(1, 1, 3, 2).slice(2, 1, 40, 3);
    backend.fill(part, -1);
    reference.fill(expectedPart, -1);
    assertThat(bytes(target)).isEqualTo(bytes(expected));
  }

  @Test
  void movesElementsToAndFromTheHeap() {
    float[] values = new float[2 * 3 * 5 * 7];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    for (MemoryOrder order : MemoryOrder.values()) {
      View view = backend.allocate(DType.FLOAT32, Shape.of(2, 3, 5, 7), order);
      backend.upload(MemorySegment.ofArray(values), view);
      assertThat(TestViews.elements(view)).containsExactly(values);
      float[] back = new float[values.length];
      backend.download(view, MemorySegment.ofArray(back));
      assertThat(back).containsExactly(values);
    }
  }

  @Test
  void refusesMemoryOfAnotherSize() {
    View view = backend.allocate(DType.FLOAT32, Shape.of(2, 3), MemoryOrder.ROW_MAJOR);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(20);
      assertThatThrownBy(() -> backend.upload(segment, view))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("upload")
          .hasMessageContaining("20 ≠ 6 × 4");
      assertThatThrownBy(() -> backend.download(view, segment))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("download");
    }
  }

  @Test
  void joinsPartsAlongEveryAxisInBothOrders() {
    Random random = new Random(5);
    for (int axis = 0; axis < 4; axis++) {
      for (MemoryOrder order : MemoryOrder.values()) {
        View a = backend.contiguous(TestViews.dense(backend, random, 2, 3, 5, 7), order);
        View b = TestViews.scattered(backend, random, a.shape().with(axis, 4).toArray());
        View joined = backend.concat(List.of(a, b), axis);
        View expected = reference.concat(List.of(a, b), axis);
        assertThat(TestViews.elements(joined)).isEqualTo(TestViews.elements(expected));
      }
    }
  }

  @Test
  void emptyViewsAreCopiedAndFilled() {
    View empty = backend.allocate(DType.FLOAT32, Shape.of(3, 0, 4), MemoryOrder.ROW_MAJOR);
    backend.fill(empty, 1);
    View copy = backend.contiguous(empty, MemoryOrder.ROW_MAJOR);
    assertThat(copy.shape()).isEqualTo(empty.shape());
  }

  private static byte[] bytes(View view) {
    byte[] bytes = new byte[Math.toIntExact(view.shape().size() * view.dtype().byteSize())];
    MemorySegment.copy(
        ((HostStorage) view.storage()).segment(), ValueLayout.JAVA_BYTE, 0, bytes, 0, bytes.length);
    return bytes;
  }
}
