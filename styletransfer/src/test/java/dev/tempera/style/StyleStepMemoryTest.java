package dev.tempera.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tempera.backend.Backends;
import dev.tempera.backend.MemoryStatistics;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.cpu.MemoryUse;
import dev.tempera.tensor.RandomSource;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Vgg;
import dev.tempera.vgg.VggNet;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one evaluation of the losses and their gradient takes, of the pool and of Java's heap. */
class StyleStepMemoryTest {
  private static final int SIDE = 256;
  private static final int WIDTH = 64;

  /** VGG19 with as many channels everywhere as in its first block, so that this block counts. */
  private static final Vgg NET =
      new Vgg(
              Vgg.VGG19.widths().stream()
                  .map(block -> Collections.nCopies(block.size(), WIDTH))
                  .toList(),
              Vgg.VGG19.padding(),
              Vgg.VGG19.ceilPooling(),
              Vgg.VGG19.preprocessing(),
              Vgg.VGG19.pooledEnd())
          .until(Layer.relu(5, 1));

  /** The feature maps of the first block. */
  private static final long MAPS = 4L * WIDTH * SIDE * SIDE;

  private static final long IMAGE = 4L * 3 * SIDE * SIDE;

  /** What kernels work in, matrices, losses. */
  private static final long SMALL = 4L << 20;

  /**
   * Handles, nodes and notes, 0.6 MB; in kernels that count how they are covered, vectors too, ten
   * times as much.
   */
  private static final long MOST_HEAP = 8L << 20;

  /** Vectors are objects until the kernels have been compiled, which takes some seconds. */
  private static final Duration WARM_UP = Duration.ofMinutes(1);

  @ParameterizedTest
  @EnumSource
  void noMoreLargeMapsThanTwoLiveAtOnce(MemoryUse use) {
    try (CpuBackend backend = new CpuBackend(new CpuOptions(2).withMemory(use));
        Backends.Choice _ = Backends.use(backend);
        TensorScope _ = TensorScope.open("test");
        Step step = new Step(SIDE)) {
      step.run();
      MemoryStatistics before = backend.memory();
      step.run();
      MemoryStatistics after = backend.memory();
      assertThat(after.live()).isEqualTo(before.live());
      assertThat(after.systemAllocations()).isEqualTo(before.systemAllocations());
      // The gradient of the first layer is summed up where its features were. Beside it there are,
      // where the first pooling's gradient is computed, that gradient and the pooled one.
      long maps = 2 * MAPS + MAPS / 4;
      long masks = 4 * MAPS / Float.BYTES / Byte.SIZE;
      long positions = MAPS / 4 / Float.BYTES * 4 / 3;
      assertThat(after.peak() - before.live())
          .isLessThan(maps + masks + positions + 4 * IMAGE + SMALL);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStepMakesFewShortLivedObjects(MemoryUse use) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (CpuBackend backend = new CpuBackend(new CpuOptions(2).withMemory(use));
        Backends.Choice _ = Backends.use(backend);
        TensorScope _ = TensorScope.open("test");
        Step step = new Step(32)) {
      long start = System.nanoTime();
      long made = Long.MAX_VALUE;
      while (made > MOST_HEAP && System.nanoTime() - start < WARM_UP.toNanos()) {
        long before = threads.getTotalThreadAllocatedBytes();
        step.run();
        made = threads.getTotalThreadAllocatedBytes() - before;
      }
      assertThat(made).isLessThanOrEqualTo(MOST_HEAP);
    }
  }

  /** The losses of the usual layers at an image. */
  private static final class Step implements AutoCloseable {
    private final VggNet net = VggNet.random(NET, 3);
    private final Tensor image;
    private final StyleObjective objective;

    Step(int side) {
      RandomSource source = new RandomSource(7);
      image = source.uniform(0, 1, 1, 3, side, side);
      Tensor style = source.uniform(0, 1, 1, 3, side, side);
      LayerChoice layers = LayerChoice.usual(net);
      Recipe recipe = Recipe.GATYS;
      StyleTargets targets = StyleTargets.of(net, recipe, layers, image, List.of(style));
      objective = new StyleObjective(net, recipe, layers, targets);
    }

    void run() {
      try (TensorScope _ = TensorScope.open("step")) {
        objective.at(image);
      }
    }

    @Override
    public void close() {
      net.close();
    }
  }
}
