package dev.tempera.cpu.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.backend.PoolOps.Pooled;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.GuardedBackend;
import dev.tempera.cpu.TestViews;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.reference.ReferenceBackend;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small whole numbers, so that windows have many equal elements and sums are exact. */
class CpuPool2dTest {
  private static final Pool2dParams HALVING = Pool2dParams.of(2);

  private final CpuBackend backend = GuardedBackend.withThreads(3);

  @AfterEach
  void endTheThreads() {
    backend.close();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 2, 2",
    "2, 16, 4, 6",
    "1, 20, 6, 4",
    "1, 48, 7, 8",
    "2, 64, 8, 9",
    "1, 256, 2, 34",
    "1, 4, 6, 10",
    "1, 2080, 4, 4"
  })
  void halvingAgreesWithTheReference(int images, int channels, int height, int width) {
    Random random = new Random(channels);
    Shape shape = Shape.of(images, channels, height, width);
    agrees(TestViews.channelsLast(backend, random, shape.toArray()));
    agrees(TestViews.dense(backend, random, shape.toArray()));
    agrees(TestViews.scattered(backend, random, shape.toArray()));
  }

  private void agrees(View x) {
    Backend reference = new ReferenceBackend();
    Pooled expected = reference.maxPool2d(x, HALVING);
    Pooled pooled = backend.maxPool2d(x, HALVING);
    assertThat(TestViews.elements(pooled.value())).isEqualTo(TestViews.elements(expected.value()));
    View gradient = backend.avgPool2d(x, HALVING);
    assertThat(TestViews.elements(gradient))
        .isEqualTo(TestViews.elements(reference.avgPool2d(x, HALVING)));
    assertThat(
            TestViews.elements(
                backend.maxPool2dGrad(gradient, pooled.position(), HALVING, x.shape())))
        .isEqualTo(
            TestViews.elements(
                reference.maxPool2dGrad(gradient, expected.position(), HALVING, x.shape())));
    assertThat(TestViews.elements(backend.avgPool2dGrad(gradient, HALVING, x.shape())))
        .isEqualTo(TestViews.elements(reference.avgPool2dGrad(gradient, HALVING, x.shape())));
  }

  @Test
  void gradientsOfPixelsWithGapsAgreeWithTheReference() {
    Random random = new Random(1);
    Backend reference = new ReferenceBackend();
    View x = TestViews.channelsLast(backend, random, 2, 32, 6, 8);
    View gradient = TestViews.channelsLast(backend, random, 2, 40, 3, 4).slice(1, 5, 32, 1);
    View position = backend.maxPool2d(x, HALVING).position();
    View expected = reference.maxPool2d(x, HALVING).position();
    assertThat(TestViews.elements(backend.maxPool2dGrad(gradient, position, HALVING, x.shape())))
        .isEqualTo(
            TestViews.elements(reference.maxPool2dGrad(gradient, expected, HALVING, x.shape())));
    assertThat(TestViews.elements(backend.avgPool2dGrad(gradient, HALVING, x.shape())))
        .isEqualTo(TestViews.elements(reference.avgPool2dGrad(gradient, HALVING, x.shape())));
  }
}
