package dev.tempera.bench.nd4j;

import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.contest.Contestant;
import dev.tempera.bench.machine.ResidentMemory;
import dev.tempera.bench.work.Computation;
import dev.tempera.bench.work.Convolution;
import dev.tempera.bench.work.GramProduct;
import dev.tempera.bench.work.StyleStep;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Properties;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J on this processor, channels-last. Steps of style transfer it leaves to other libraries. */
public final class Nd4jContestant implements Contestant {
  private static final String DESCRIBED = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";

  /** Loads the natives. */
  public Nd4jContestant(int threads) {
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
  }

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public String description() {
    return "ND4J " + version() + " with its oneDNN and OpenBLAS, channels-last";
  }

  /** As its jar says. */
  private static String version() {
    Properties properties = new Properties();
    try (InputStream described = Nd4j.class.getResourceAsStream(DESCRIBED)) {
      properties.load(Objects.requireNonNull(described, DESCRIBED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
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
    Arrays arrays = new Arrays(computation);
    return switch (computation) {
      case Convolution convolution -> ConvolutionOps.attempt(convolution, arrays);
      case GramProduct gram -> new GramAttempt(gram, arrays);
      case StyleStep _ -> throw new IllegalArgumentException("ND4J has no nets");
    };
  }

  @Override
  public void close() {}
}
