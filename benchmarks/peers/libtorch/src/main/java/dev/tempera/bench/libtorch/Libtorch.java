package dev.tempera.bench.libtorch;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.contest.Contestant;
import dev.tempera.bench.machine.ResidentMemory;
import dev.tempera.bench.work.Computation;
import dev.tempera.bench.work.Convolution;
import dev.tempera.bench.work.GramProduct;
import dev.tempera.bench.work.StyleStep;
import java.util.OptionalLong;

/** libtorch on this processor, channels-last. */
public final class Libtorch implements Contestant {
  private final PtNDManager manager;

  /** Loads the natives, from the class path alone. */
  public Libtorch(int threads) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("DJL_CACHE_DIR", System.getProperty("tempera.bench.cache", "target/cache"));
    manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager();
    JniUtils.setNumThreads(threads);
  }

  @Override
  public String name() {
    return "libtorch";
  }

  @Override
  public String description() {
    return "libtorch " + Engine.getEngine("PyTorch").getVersion() + " through DJL, channels-last";
  }

  @Override
  public boolean runs(Computation computation) {
    return true;
  }

  @Override
  public OptionalLong peakMemory() {
    return ResidentMemory.peak(ProcessHandle.current().pid());
  }

  @Override
  public Attempt prepare(Computation computation) {
    LibtorchOperands operands = new LibtorchOperands(manager, computation);
    return switch (computation) {
      case Convolution convolution ->
          convolution.direction() == Convolution.Direction.FORWARD
              ? new ConvolutionAttempt(convolution, operands)
              : new ConvolutionGradientAttempt(convolution, operands);
      case GramProduct gram -> new GramAttempt(gram, operands);
      case StyleStep _ -> new StepAttempt(operands);
    };
  }

  @Override
  public void close() {
    manager.close();
  }
}
