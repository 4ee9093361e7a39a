package dev.tempera.bench;

import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.spec.Specs;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Every operation that has a specification, on the first large sample of it: the value alone, and
 * the value recorded with the gradients of all operands.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OpBenchmark {
  /** The operation, by the name of its specification. */
  @Param({"conv2d"})
  public String op;

  private OpCase<?> operation;

  /** The fields are set by JMH and {@link #prepare}. */
  @SuppressWarnings("NullAway.Init")
  public OpBenchmark() {}

  /**
   * Runs the benchmark for some operations.
   *
   * @param arguments regular expressions that are found in the names of operations; none means all
   */
  public static void main(String[] arguments) throws RunnerException {
    List<String> chosen =
        Specs.all().stream().map(OpSpec::name).filter(name -> matches(name, arguments)).toList();
    if (chosen.isEmpty()) {
      System.err.println("no operation is named like that; there are:");
      Specs.all().forEach(spec -> System.err.println("  " + spec.name()));
      System.exit(2);
    }
    new Runner(
            new OptionsBuilder()
                .include(OpBenchmark.class.getName())
                .param("op", chosen.toArray(String[]::new))
                .build())
        .run();
  }

  private static boolean matches(String name, String[] patterns) {
    boolean found = patterns.length == 0;
    for (String pattern : patterns) {
      found |= Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(name).find();
    }
    return found;
  }

  /** Makes the operands. */
  @Setup
  public void prepare() {
    operation = OpCase.named(op);
  }

  /** Gives the operands back. */
  @TearDown
  public void finish() {
    operation.close();
  }

  /** The value. */
  @Benchmark
  public void forward() {
    operation.forward();
  }

  /** The value, recorded, and the gradients. */
  @Benchmark
  public void forwardAndBackward() {
    operation.forwardAndBackward();
  }
}
