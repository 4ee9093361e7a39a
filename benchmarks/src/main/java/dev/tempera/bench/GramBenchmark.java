package dev.tempera.bench;

import dev.tempera.backend.BinaryOp;
import dev.tempera.bench.work.GramProduct;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Gram matrices of the style layers of VGG19, and their gradients. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class GramBenchmark {
  /** The block of the net whose first convolution's features they are. */
  @Param({"1", "2", "3", "4", "5"})
  public int block;

  /** Side of the image that the net reads. */
  @Param("512")
  public int size;

  /** Threads of the backend. */
  @Param({"1", "4"})
  public int threads;

  private CpuBackend backend;
  private View features;
  private View gradient;

  /** The fields are set by {@link #prepare}. */
  @SuppressWarnings("NullAway.Init")
  public GramBenchmark() {}

  /** Makes the operands and checks the results. */
  @Setup
  public void prepare() {
    GramProduct gram = GramProduct.ofBlock(block, size, false);
    backend = new CpuBackend(new CpuOptions(threads));
    int pixels = gram.side() * gram.side();
    features =
        Tensors.random(backend, 1, MemoryOrder.ROW_MAJOR, Shape.of(1, pixels, gram.channels()))
            .transposed();
    gradient =
        Tensors.random(
            backend, 2, MemoryOrder.ROW_MAJOR, Shape.of(1, gram.channels(), gram.channels()));
    check();
  }

  /** ⟨F·Fᵀ, S + Sᵀ⟩ = ⟨F, (S + Sᵀ)·F⟩. */
  private void check() {
    View matrix = backend.gram(features);
    View symmetric = backend.binary(BinaryOp.ADD, gradient, gradient.transposed());
    View toFeatures = gradient();
    ResultCheck.close(
        "Gram matrix or its gradient",
        ResultCheck.product(backend, matrix, symmetric),
        ResultCheck.product(backend, features, toFeatures.transposed()),
        ResultCheck.norm(backend, matrix) * ResultCheck.norm(backend, symmetric));
    for (View view : new View[] {matrix, symmetric, toFeatures}) {
      view.storage().release();
    }
  }

  /** (S + Sᵀ)·F, pixels × channels. */
  private View gradient() {
    View symmetric = backend.binary(BinaryOp.ADD, gradient, gradient.transposed());
    View result = backend.matmul(features.transposed(), symmetric);
    symmetric.storage().release();
    return result;
  }

  /** Ends the threads. */
  @TearDown
  public void finish() {
    backend.close();
  }

  /** The matrix. */
  @Benchmark
  public View forward() {
    return Tensors.released(backend.gram(features));
  }

  /** The gradient with respect to the features. */
  @Benchmark
  public View backward() {
    return Tensors.released(gradient());
  }
}
