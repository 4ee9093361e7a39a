package dev.tempera.bench.ours;

import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.contest.Contestant;
import dev.tempera.bench.machine.ResidentMemory;
import dev.tempera.bench.work.Computation;
import dev.tempera.bench.work.Convolution;
import dev.tempera.bench.work.GramProduct;
import dev.tempera.bench.work.StyleStep;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import java.util.OptionalLong;

/** This project's CPU backend. */
public final class Tempera implements Contestant {
  private final CpuBackend backend;

  /** Starts a backend of its own with so many threads. */
  public Tempera(int threads) {
    this.backend = new CpuBackend(CpuOptions.fromSystemProperties().withThreads(threads));
  }

  @Override
  public String name() {
    return "tempera";
  }

  @Override
  public String description() {
    return backend.description();
  }

  @Override
  public boolean runs(Computation computation) {
    return true;
  }

  @Override
  public Attempt prepare(Computation computation) {
    Operands operands = new Operands(backend, computation);
    return switch (computation) {
      case Convolution convolution -> KernelAttempt.of(backend, convolution, operands);
      case GramProduct gram -> KernelAttempt.of(backend, gram, operands);
      case StyleStep step -> new StyleStepAttempt(backend, step, operands);
    };
  }

  @Override
  public OptionalLong peakMemory() {
    return ResidentMemory.peak(ProcessHandle.current().pid());
  }

  @Override
  public void close() {
    backend.close();
  }
}
