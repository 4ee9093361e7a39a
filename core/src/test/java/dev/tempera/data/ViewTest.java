package dev.tempera.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ViewTest {
  private static View dense(int... lengths) {
    Shape shape = Shape.of(lengths);
    byte[] bytes = new byte[Math.toIntExact(shape.size()) * Float.BYTES];
    HostStorage storage = new HostStorage(MemorySegment.ofArray(bytes), () -> {});
    return View.dense(storage, DType.FLOAT32, shape, MemoryOrder.ROW_MAJOR);
  }

  /** The storage indices of all elements in row-major order. */
  private static long[] indices(View view) {
    long[] result = new long[Math.toIntExact(view.shape().size())];
    int[] at = new int[view.shape().rank()];
    for (int i = 0; i < result.length; i++) {
      result[i] = view.indexOf(at);
      for (int axis = at.length - 1; axis >= 0 && ++at[axis] == view.shape().dim(axis); axis--) {
        at[axis] = 0;
      }
    }
    return result;
  }

  @Test
  void elementsStayInsideTheStorage() {
    View view = dense(2, 3);
    assertThatThrownBy(
            () -> View.of(view.storage(), DType.FLOAT32, Shape.of(2, 3), new long[] {4, 1}, 0))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("elements outside the storage")
        .hasMessageContaining("last element 6 < 6 elements of storage");
    assertThatThrownBy(
            () -> View.of(view.storage(), DType.FLOAT32, Shape.of(2, 3), new long[] {3, 1}, -1))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(
            () -> View.of(view.storage(), DType.FLOAT32, Shape.of(2), new long[] {-1}, 1))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("negative stride");
    assertThatThrownBy(
            () -> View.of(view.storage(), DType.FLOAT32, Shape.of(2), new long[] {1, 1}, 0))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("2 strides for 1 axes");
    assertThatThrownBy(
            () ->
                View.of(
                    view.storage(),
                    DType.FLOAT32,
                    Shape.of(3, 3),
                    new long[] {Long.MAX_VALUE, 1},
                    0))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void viewsAddressWhatTheyName() {
    View view = dense(4, 6);
    assertThat(indices(view.transposed().slice(0, 1, 3, 2).slice(1, 2, 2, 1)))
        .containsExactly(13, 19, 15, 21, 17, 23);
    assertThat(indices(dense(3, 1).expand(Shape.of(2, 3, 2))))
        .containsExactly(0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2);
    assertThat(view.permute(1, 0).shape()).isEqualTo(Shape.of(6, 4));
  }

  @Test
  void expandRefusesWhatDoesNotStretch() {
    assertThatThrownBy(() -> dense(2, 3).expand(Shape.of(4, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("expand: [2, 3] does not stretch to [4, 3]");
    assertThatThrownBy(() -> dense(2, 3).expand(Shape.of(3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("expand: [2, 3] has more axes than [3]");
  }

  @Test
  void memoryOrdersAreRecognised() {
    View rows = dense(2, 3, 4, 5);
    assertThat(rows.isRowMajor()).isTrue();
    assertThat(rows.isChannelsLast()).isFalse();
    View pixels = dense(2, 4, 5, 3).permute(0, 3, 1, 2);
    assertThat(pixels.isChannelsLast()).isTrue();
    assertThat(pixels.isRowMajor()).isFalse();
    assertThat(pixels.isDense()).isTrue();
    assertThat(dense(2, 1, 4, 1).isChannelsLast()).isTrue();
  }

  @Test
  void denseMeansEveryElementOnceWithoutGaps() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 2000; round++) {
      View view = random(random);
      long[] sorted = indices(view);
      Arrays.sort(sorted);
      boolean gapFree = true;
      for (int i = 0; i < sorted.length; i++) {
        gapFree &= sorted[i] == sorted[0] + i;
      }
      assertThat(view.isDense()).as("%s", view).isEqualTo(gapFree);
    }
  }

  @Test
  void denseStridesKeepTheOrderOfAxes() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 500; round++) {
      View view = random(random);
      HostStorage storage =
          new HostStorage(
              MemorySegment.ofArray(new byte[Math.toIntExact(view.shape().size()) * 4]), () -> {});
      View like = View.of(storage, DType.FLOAT32, view.shape(), view.denseStridesLikeThis(), 0);
      assertThat(like.isDense()).isTrue();
      if (view.isDense()) {
        long first = view.offset();
        assertThat(indices(like))
            .containsExactly(Arrays.stream(indices(view)).map(i -> i - first).toArray());
      }
    }
  }

  @Test
  void reshapeSharesMemoryExactlyWhereStridesCanSayIt() {
    SplittableRandom random = new SplittableRandom(3);
    int shared = 0;
    int copied = 0;
    for (int round = 0; round < 5000; round++) {
      View view = random(random);
      Shape target = randomShape(random, view.shape().size());
      View reshaped = view.reshape(target);
      long[] expected = indices(view);
      if (reshaped != null) {
        shared++;
        assertThat(reshaped.shape()).isEqualTo(target);
        assertThat(indices(reshaped)).as("%s to %s", view, target).containsExactly(expected);
      } else {
        copied++;
        assertThat(isStrided(expected, target)).as("%s to %s", view, target).isFalse();
      }
    }
    assertThat(shared).isGreaterThan(500);
    assertThat(copied).isGreaterThan(500);
  }

  /** Whether indices in row-major order are linear in the coordinates of a shape. */
  private static boolean isStrided(long[] indices, Shape shape) {
    long[] rowMajor = shape.rowMajorStrides();
    for (int i = 0; i < indices.length; i++) {
      long linear = indices[0];
      for (int axis = 0; axis < shape.rank(); axis++) {
        long along = i / rowMajor[axis] % shape.dim(axis);
        long stride =
            shape.dim(axis) == 1 ? 0 : indices[Math.toIntExact(rowMajor[axis])] - indices[0];
        linear += along * stride;
      }
      if (linear != indices[i] || linear < indices[0]) {
        return false;
      }
    }
    return true;
  }

  @Test
  void reshapeRefusesAnotherNumberOfElements() {
    assertThatThrownBy(() -> dense(2, 3).reshape(Shape.of(7)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("reshape: [2, 3] has 6 elements, [7] has 7");
  }

  /** A view of a dense block, its axes permuted, perhaps sliced and stretched. */
  private static View random(SplittableRandom random) {
    int rank = random.nextInt(1, 5);
    int[] lengths = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      lengths[axis] = random.nextInt(1, 5);
    }
    View view = dense(lengths);
    if (random.nextBoolean()) {
      int axis = random.nextInt(rank);
      int step = random.nextInt(1, 3);
      int start = random.nextInt(lengths[axis]);
      int most = (lengths[axis] - start - 1) / step + 1;
      view = view.slice(axis, start, random.nextInt(1, most + 1), step);
    }
    if (random.nextBoolean()) {
      int[] order = new int[rank];
      for (int i = 0; i < rank; i++) {
        int j = random.nextInt(i + 1);
        order[i] = order[j];
        order[j] = i;
      }
      view = view.permute(order);
    }
    int axis = random.nextInt(rank);
    if (random.nextBoolean() && view.shape().dim(axis) == 1) {
      view = view.expand(view.shape().with(axis, random.nextInt(1, 5)));
    }
    return view;
  }

  /** A shape with this many elements. */
  private static Shape randomShape(SplittableRandom random, long size) {
    List<Integer> lengths = new ArrayList<>();
    long left = size;
    while (left > 1) {
      int factor = random.nextInt(1, Math.toIntExact(left) + 1);
      if (left % factor == 0) {
        lengths.add(factor);
        left /= factor;
      }
    }
    return Shape.of(lengths.stream().mapToInt(Integer::intValue).toArray());
  }
}
