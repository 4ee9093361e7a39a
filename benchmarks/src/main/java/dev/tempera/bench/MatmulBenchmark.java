package dev.tempera.bench;

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

/** Products of square matrices, plain and with a transposed operand. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatmulBenchmark {
  /** Rows and columns. */
  @Param({"64", "256", "1024"})
  public int side;

  /** Threads of the backend. */
  @Param({"1", "4"})
  public int threads;

  private CpuBackend backend;
  private View a;
  private View b;

  /** The fields are set by {@link #prepare}. */
  @SuppressWarnings("NullAway.Init")
  public MatmulBenchmark() {}

  /** Makes the operands and checks the results. */
  @Setup
  public void prepare() {
    backend = new CpuBackend(new CpuOptions(threads));
    Shape shape = Shape.of(1, side, side);
    a = Tensors.random(backend, 1, MemoryOrder.ROW_MAJOR, shape);
    b = Tensors.random(backend, 2, MemoryOrder.ROW_MAJOR, shape);
    check();
  }

  /** ⟨A·B, A⟩ = ⟨B, Aᵀ·A⟩, and the same with Bᵀ. */
  private void check() {
    View square = backend.matmul(a.transposed(), a);
    for (View right : new View[] {b, b.transposed()}) {
      View product = backend.matmul(a, right);
      ResultCheck.close(
          "product",
          ResultCheck.product(backend, right, square),
          ResultCheck.product(backend, product, a),
          ResultCheck.norm(backend, product) * ResultCheck.norm(backend, a));
      product.storage().release();
    }
    square.storage().release();
  }

  /** Ends the threads. */
  @TearDown
  public void finish() {
    backend.close();
  }

  /** A·B. */
  @Benchmark
  public View plain() {
    return Tensors.released(backend.matmul(a, b));
  }

  /** A·Bᵀ. */
  @Benchmark
  public View transposed() {
    return Tensors.released(backend.matmul(a, b.transposed()));
  }
}
