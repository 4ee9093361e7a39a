package dev.tempera.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that answers each line with one line. */
public final class PeerProcess implements AutoCloseable {
  /**
   * What lets glibc keep large blocks that a native library frees. By default it gives them back to
   * the system each time, and the page faults then cost more than some kernels.
   */
  public static final Map<String, String> REUSE_MEMORY =
      Map.of(
          "MALLOC_MMAP_THRESHOLD_", Long.toString(1L << 32),
          "MALLOC_TRIM_THRESHOLD_", Long.toString(1L << 32));

  private static final int PATIENCE_SECONDS = 10;

  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  /**
   * Starts it.
   *
   * @param environment beside this process's own
   * @throws IOException if the program cannot be started
   */
  public PeerProcess(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    process = builder.start();
    commands = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Its number. */
  public long number() {
    return process.pid();
  }

  /**
   * The next line that it writes.
   *
   * @throws PeerException if it ends instead, or answers with an error
   */
  public String answer() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new PeerException("the process ended with code " + process.waitFor());
      }
      if (line.startsWith("error ")) {
        throw new PeerException(line.substring("error ".length()));
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PeerException("interrupted");
    }
  }

  /**
   * Sends a command and waits for the answer.
   *
   * @throws PeerException if the process ends, or answers with an error
   */
  public String ask(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answer();
  }

  /** Ends the process: by the end of its input, or by force if that does not help. */
  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException alreadyEnded) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
