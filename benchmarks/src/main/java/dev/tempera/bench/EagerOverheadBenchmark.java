package dev.tempera.bench;

import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.UnaryOp;
import dev.tempera.op.Binary;
import dev.tempera.op.Unary;
import dev.tempera.tensor.BackwardMode;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an operation on few elements costs beside its arithmetic: the time of one operation in a
 * chain of them, alone, recorded, and recorded and differentiated.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 7, time = 1)
public class EagerOverheadBenchmark {
  private static final int LENGTH = 100;

  /** The operation that the chain is made of. */
  @Param({"ADD", "MULTIPLY", "RELU", "TANH"})
  public Link link;

  /** Elements. */
  @Param("64")
  public int elements;

  private TensorScope scope;
  private Tensor start;
  private Tensor tracked;
  private Tensor seed;
  private UnaryOperator<Tensor> operation;

  /** One operation of the chain. */
  public enum Link {
    /** Adds a tensor that needs no gradient. */
    ADD,
    /** Multiplies by a tensor that needs no gradient. */
    MULTIPLY,
    /** The rectifier. */
    RELU,
    /** The hyperbolic tangent. */
    TANH;

    private UnaryOperator<Tensor> with(Tensor other) {
      return switch (this) {
        case ADD -> x -> Binary.apply(BinaryOp.ADD, x, other);
        case MULTIPLY -> x -> Binary.apply(BinaryOp.MULTIPLY, x, other);
        case RELU -> Tensor::relu;
        case TANH -> x -> Unary.apply(UnaryOp.TANH, x);
      };
    }
  }

  /** The fields are set by {@link #prepare}. */
  @SuppressWarnings("NullAway.Init")
  public EagerOverheadBenchmark() {}

  /** Makes the operands. */
  @Setup(Level.Trial)
  public void prepare() {
    scope = TensorScope.open("benchmark");
    start = Tensor.randomNormal(1, elements);
    tracked = start.track();
    seed = start.filledLike(1);
    operation = link.with(start.filledLike(1.01));
  }

  /** Gives the operands back. */
  @TearDown(Level.Trial)
  public void finish() {
    scope.close();
  }

  /** Nothing is recorded. */
  @Benchmark
  @OperationsPerInvocation(LENGTH)
  public Tensor forward() {
    return chain(start);
  }

  /** The chain is recorded. */
  @Benchmark
  @OperationsPerInvocation(LENGTH)
  public Tensor forwardRecorded() {
    return chain(tracked);
  }

  private Tensor chain(Tensor first) {
    try (TensorScope _ = TensorScope.open("chain")) {
      Tensor x = first;
      for (int i = 0; i < LENGTH; i++) {
        x = operation.apply(x);
      }
      return x;
    }
  }

  /** The chain is recorded, and the gradient of its start computed. */
  @Benchmark
  @OperationsPerInvocation(LENGTH)
  public Tensor forwardAndBackward() {
    try (TensorScope _ = TensorScope.open("chain")) {
      Tensor x = tracked;
      for (int i = 0; i < LENGTH; i++) {
        x = operation.apply(x);
      }
      return x.backward(seed, BackwardMode.CONSUME).of(tracked);
    }
  }
}
