package dev.tempera.bench.process;

import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.contest.Contestant;
import dev.tempera.bench.machine.ResidentMemory;
import dev.tempera.bench.work.Computation;
import dev.tempera.bench.work.ComputationText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A contestant that works in a Java process of its own, in a {@link ContestantServer}. */
public final class RemoteContestant implements Contestant {
  private final ScratchFolder folder = new ScratchFolder();
  private final PeerProcess process;
  private final String name;
  private final String description;

  /**
   * Starts the process.
   *
   * @throws IOException if it cannot be started
   * @throws PeerException if the contestant cannot work here
   */
  public RemoteContestant(JavaCommand command, String contestantClass, int threads)
      throws IOException {
    process =
        new PeerProcess(
            command.running(
                ContestantServer.class.getName(), contestantClass, Integer.toString(threads)),
            command.environment());
    try {
      String greeting = process.answer();
      int space = greeting.indexOf(' ');
      name = greeting.substring(0, space);
      description = greeting.substring(space + 1);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public boolean runs(Computation computation) {
    return Boolean.parseBoolean(process.ask("runs " + ComputationText.format(computation)));
  }

  @Override
  public OptionalLong peakMemory() {
    return ResidentMemory.peak(process.number());
  }

  @Override
  public Attempt prepare(Computation computation) {
    process.ask("prepare " + ComputationText.format(computation));
    Path file = folder.file("result");
    return new Attempt() {
      @Override
      public double run() {
        return Double.parseDouble(process.ask("run"));
      }

      @Override
      public float[] result() {
        process.ask("result " + file);
        return FloatFile.readAndDelete(file);
      }

      @Override
      public void close() {
        process.ask("forget");
      }
    };
  }

  @Override
  public void close() {
    process.close();
    folder.close();
  }
}
