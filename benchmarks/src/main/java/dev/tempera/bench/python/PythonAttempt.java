package dev.tempera.bench.python;

import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.process.FloatFile;
import dev.tempera.bench.process.PeerProcess;
import dev.tempera.data.MemoryOrder;
import java.nio.file.Path;
import java.util.Locale;

/** What is prepared in the Python process. */
final class PythonAttempt implements Attempt {
  private final PeerProcess process;
  private final MemoryOrder resultOrder;
  private final Path resultFile;

  PythonAttempt(PeerProcess process, MemoryOrder resultOrder, Path resultFile) {
    this.process = process;
    this.resultOrder = resultOrder;
    this.resultFile = resultFile;
  }

  @Override
  public double run() {
    return Double.parseDouble(process.ask("run"));
  }

  @Override
  public float[] result() {
    process.ask("result " + resultOrder.name().toLowerCase(Locale.ROOT) + " " + resultFile);
    return FloatFile.readAndDelete(resultFile);
  }

  @Override
  public void close() {
    process.ask("forget");
  }
}
