package dev.tempera.cpu;

import dev.tempera.backend.Activated;
import dev.tempera.backend.Backend;
import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.Conv2dEpilogue;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Padding;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.backend.PoolOps;
import dev.tempera.backend.ReduceOp;
import dev.tempera.backend.UnaryOp;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.Storage;
import dev.tempera.data.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs two layers of a convolutional net, forward and backward, on a little image until Java has
 * compiled the kernels. Interpreted, vector code is about a thousand times slower; on a little
 * image that is over soon, and the threads that compile have work while the program still reads its
 * files.
 *
 * <p>Everything goes through the backend's operations, on a backend of one thread and memory of its
 * own, so whatever kernels these choose are the ones compiled, and nothing here meets the program's
 * own tensors.
 */
final class CpuWarmUp {
  private static final AtomicBoolean BEGUN = new AtomicBoolean();
  private static final int ROUNDS = 100;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final Shape IMAGE = Shape.of(1, 3, 16, 16);
  private static final int CHANNELS = 64;
  private static final Shape PIXELS = Shape.of(1, CHANNELS, 16 * 16);
  private static final Conv2dParams SAME = Conv2dParams.DEFAULT.withPadding(Padding.zero(1));
  private static final Pool2dParams HALVES = Pool2dParams.of(2);

  private final Backend backend;
  private final List<Storage> made = new ArrayList<>();

  private CpuWarmUp(Backend backend) {
    this.backend = backend;
  }

  /** Begins in a thread of its own, the first time that this process asks for it. */
  static void begin(CpuOptions options) {
    if (BEGUN.compareAndSet(false, true)) {
      CpuOptions alone = new CpuOptions(1, options.memory(), options.convolution());
      Thread.ofPlatform()
          .daemon()
          .name("tempera-cpu-warm-up")
          .start(
              () -> {
                try (CpuBackend backend = new CpuBackend(alone)) {
                  on(backend, ROUNDS);
                }
              });
    }
  }

  /** Runs on this backend, so many times unless that takes too long, and leaves nothing there. */
  static void on(Backend backend, int rounds) {
    CpuWarmUp lasting = new CpuWarmUp(backend);
    View image = lasting.made(backend.filled(DType.FLOAT32, IMAGE, 0.5));
    View first = lasting.kernel(IMAGE.dim(1));
    View second = lasting.kernel(CHANNELS);
    View bias = lasting.made(backend.filled(DType.FLOAT32, Shape.of(CHANNELS), 0));
    long began = System.nanoTime();
    for (int i = 0; i < rounds && System.nanoTime() - began < LONGEST_NANOS; i++) {
      CpuWarmUp round = new CpuWarmUp(backend);
      round.evaluate(image, first, second, bias);
      round.release();
    }
    lasting.release();
  }

  private View kernel(int inputChannels) {
    View kernel =
        made(backend.filled(DType.FLOAT32, Shape.of(CHANNELS, inputChannels, 3, 3), 0.01));
    kernel.storage().freeze();
    return kernel;
  }

  /** What one evaluation of style and content losses does, in little. */
  private void evaluate(View image, View first, View second, View bias) {
    Conv2dEpilogue rectified = new Conv2dEpilogue(bias, true, true);
    Activated shallow = made(backend.conv2d(image, first, SAME, rectified));
    Activated deep = made(backend.conv2d(shallow.value(), second, SAME, rectified));
    Shape features = deep.value().shape();
    PoolOps.Pooled pooled = backend.maxPool2d(deep.value(), HALVES);
    made(pooled.value());
    made(pooled.position());
    View pixels = Objects.requireNonNull(deep.value().reshape(PIXELS));
    made(backend.reduce(ReduceOp.MEAN, pixels, new int[] {2}));
    View gram = made(backend.gram(pixels));
    View squares = made(backend.unary(UnaryOp.SQUARE, gram, 0, 0));
    made(backend.reduce(ReduceOp.SUM, squares, new int[] {0, 1, 2}));
    View style = made(backend.matmul(gram, pixels));
    View ofStyle = Objects.requireNonNull(style.reshape(features));
    View ofContent =
        made(backend.maxPool2dGrad(pooled.value(), pooled.position(), HALVES, features));
    View sum = made(backend.binary(BinaryOp.ADD, ofStyle, ofContent));
    View toShallow = made(backend.conv2dGradInput(sum, deep.mask(), second, SAME, features));
    View toImage = made(backend.conv2dGradInput(toShallow, shallow.mask(), first, SAME, IMAGE));
    backend.dot(toImage, image);
  }

  private View made(View view) {
    made.add(view.storage());
    return view;
  }

  private Activated made(Activated activated) {
    made(activated.value());
    made.add(Objects.requireNonNull(activated.mask()).storage());
    return activated;
  }

  private void release() {
    made.forEach(Storage::release);
  }
}
