package dev.tempera.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.backend.NormGroups;
import dev.tempera.backend.NormOps;
import dev.tempera.backend.NormParams;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Normalisation made of other primitives against the plain loops, in float32. */
class NormDefaultsTest {
  private static final double TOLERANCE = 1e-5;

  /** A backend that has no kernels for normalisation. */
  private static final class Primitives
      implements NormOps, ReferenceMatmul, ReferenceElementwise, ReferenceReduce {
    private final HostMemory host = new HostMemory();

    @Override
    public HostMemory host() {
      return host;
    }
  }

  private final Random random = new Random(7);
  private final Primitives primitives = new Primitives();
  private final ReferenceBackend reference = new ReferenceBackend();

  /** Normalisations of 6 channels. */
  static Stream<NormGroups> groups() {
    return Stream.of(
        new NormGroups(1, false),
        new NormGroups(3, false),
        new NormGroups(6, false),
        new NormGroups(6, true));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void primitivesGiveWhatLoopsGive(NormGroups groups) {
    check(groups, NormParams.DEFAULT, true);
    check(groups, NormParams.DEFAULT.withUnbiasedVariance().withEpsilonOutsideRoot(), true);
    check(groups, NormParams.DEFAULT, false);
    assertThat(primitives.memory().storages()).isZero();
  }

  private void check(NormGroups groups, NormParams params, boolean isAffine) {
    View x = normal(2, 5, 6).permute(0, 2, 1);
    View gradient = normal(2, 6, 5);
    View scale = isAffine ? normal(1, 6) : null;
    View shift = isAffine ? normal(1, 6) : null;
    NormOps.Moments expected = reference.moments(x, groups, params);
    NormOps.Moments actual = primitives.moments(x, groups, params);
    requireClose(actual.mean(), expected.mean());
    requireClose(actual.variance(), expected.variance());
    requireClose(
        primitives.standardize(x, actual, groups, params, scale, shift),
        reference.standardize(x, expected, groups, params, scale, shift));
    NormOps.NormGradients wanted =
        reference.standardizeGradients(gradient, x, expected, groups, params, scale, true, true);
    NormOps.NormGradients made =
        primitives.standardizeGradients(gradient, x, actual, groups, params, scale, true, true);
    requireClose(made.input(), wanted.input());
    requireClose(made.scale(), wanted.scale());
    requireClose(made.shift(), wanted.shift());
    actual.mean().storage().release();
    actual.variance().storage().release();
  }

  /** Compares views, and gives the first back. */
  private static void requireClose(@Nullable View actual, @Nullable View expected) {
    if (actual == null || expected == null) {
      assertThat(actual).isEqualTo(expected);
      return;
    }
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.dtype()).isEqualTo(expected.dtype());
    if (expected.shape().rank() == 3) {
      assertThat(actual.strides()).isEqualTo(expected.strides());
    }
    Elements is = new Elements(actual);
    Elements should = new Elements(expected);
    Coordinates.forEach(
        expected.shape(),
        at -> assertThat(is.get(at)).isCloseTo(should.get(at), within(TOLERANCE)));
    if (actual.dtype() == DType.FLOAT32) {
      actual.storage().release();
    }
  }

  private View normal(int... lengths) {
    View view = reference.allocate(DType.FLOAT32, Shape.of(lengths), MemoryOrder.ROW_MAJOR);
    Elements elements = new Elements(view);
    Coordinates.forEach(view.shape(), at -> elements.set(random.nextGaussian(), at));
    return view;
  }
}
