package dev.tempera.bench.process;

import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.contest.Contestant;
import dev.tempera.bench.work.Computation;
import dev.tempera.bench.work.ComputationText;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The program of a Java process in which one contestant works. It answers each line on standard
 * input with one line on standard output; {@link RemoteContestant} is the other side.
 *
 * <p>Arguments: the name of the contestant's class, which has a public constructor for a number of
 * threads, and that number. The first answer, before any command, is {@code NAME DESCRIPTION}. The
 * commands are {@code runs COMPUTATION}, {@code prepare COMPUTATION}, {@code run}, answered with
 * milliseconds, {@code result PATH} and {@code forget}. What fails is answered by {@code error} and
 * why.
 */
public final class ContestantServer {
  private final Contestant contestant;
  private @Nullable Attempt attempt;

  private ContestantServer(Contestant contestant) {
    this.contestant = contestant;
  }

  /** Serves until the input ends. */
  public static void main(String[] arguments) throws IOException {
    // Libraries print what they like on standard output, which belongs to the answers.
    PrintStream answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    try (Contestant contestant = contestant(arguments[0], Integer.parseInt(arguments[1]))) {
      answers.println(contestant.name() + " " + contestant.description());
      ContestantServer server = new ContestantServer(contestant);
      BufferedReader commands =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        answers.println(server.answer(line));
      }
      server.forget();
    } catch (ReflectiveOperationException | LinkageError e) {
      answers.println(error(e.getCause() == null ? e : e.getCause()));
    }
  }

  private static Contestant contestant(String className, int threads)
      throws ReflectiveOperationException {
    return Class.forName(className)
        .asSubclass(Contestant.class)
        .getConstructor(int.class)
        .newInstance(threads);
  }

  private static String error(Throwable failure) {
    return "error " + failure.toString().strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  private String answer(String line) {
    int space = line.indexOf(' ');
    String command = space < 0 ? line : line.substring(0, space);
    String rest = line.substring(space + 1);
    try {
      switch (command) {
        case "runs" -> {
          return Boolean.toString(contestant.runs(ComputationText.parse(rest)));
        }
        case "prepare" -> prepare(ComputationText.parse(rest));
        case "run" -> {
          return Double.toString(prepared().run());
        }
        case "result" -> FloatFile.write(Path.of(rest), prepared().result());
        case "forget" -> forget();
        default -> throw new IllegalArgumentException("unknown command " + command);
      }
      return "ok";
    } catch (RuntimeException | LinkageError e) {
      return error(e);
    }
  }

  private void prepare(Computation computation) {
    forget();
    attempt = contestant.prepare(computation);
  }

  private Attempt prepared() {
    if (attempt == null) {
      throw new IllegalStateException("nothing is prepared");
    }
    return attempt;
  }

  private void forget() {
    if (attempt != null) {
      attempt.close();
      attempt = null;
    }
  }
}
