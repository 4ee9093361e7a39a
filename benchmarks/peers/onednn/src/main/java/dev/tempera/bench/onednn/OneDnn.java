package dev.tempera.bench.onednn;

import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.contest.Contestant;
import dev.tempera.bench.machine.ResidentMemory;
import dev.tempera.bench.work.Computation;
import dev.tempera.bench.work.Convolution;
import dev.tempera.bench.work.GramProduct;
import dev.tempera.bench.work.StyleStep;
import java.util.OptionalLong;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.PointerScope;

/** oneDNN on this processor, channels-last. It has no nets, so it takes no steps. */
public final class OneDnn implements Contestant {
  private final Processor processor;

  /**
   * Loads the natives.
   *
   * @param threads that are to work; OpenMP takes their number from the environment
   * @throws IllegalArgumentException if the environment has another number
   */
  public OneDnn(int threads) {
    String given = System.getenv("OMP_NUM_THREADS");
    if (!Integer.toString(threads).equals(given)) {
      throw new IllegalArgumentException(
          threads + " threads are wanted, but OMP_NUM_THREADS is " + given);
    }
    processor = new Processor();
  }

  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public String description() {
    var version = dnnl.version();
    return "oneDNN %d.%d.%d through JavaCPP, channels-last, %s"
        .formatted(
            version.major(),
            version.minor(),
            version.patch(),
            dnnl.get_effective_cpu_isa().intern());
  }

  @Override
  public boolean runs(Computation computation) {
    return switch (computation) {
      case Convolution _, GramProduct _ -> true;
      case StyleStep _ -> false;
    };
  }

  @Override
  public OptionalLong peakMemory() {
    return ResidentMemory.peak(ProcessHandle.current().pid());
  }

  @Override
  public Attempt prepare(Computation computation) {
    PointerScope scope = new PointerScope();
    try {
      Operands operands = new Operands(processor, computation);
      Program program =
          switch (computation) {
            case Convolution convolution ->
                new ConvolutionPrimitives(convolution, operands, processor).program();
            case GramProduct gram -> GramPrimitives.program(gram, operands, processor);
            case StyleStep _ -> throw new IllegalArgumentException("oneDNN has no nets");
          };
      return new ProgramAttempt(program, processor, scope);
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  @Override
  public void close() {
    processor.close();
  }
}
