package dev.tempera.vgg.format;

import dev.tempera.io.TensorFile;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/**
 * A fuzz target: one reader, which must understand or refuse any bytes within the bounds of {@link
 * DamageCheck}. It counts what became of its inputs, and prints that at the end.
 */
@Tag("fuzz")
public abstract class FuzzTarget {
  private final DamageCheck check;
  private long understood;
  private long refused;
  private DamageCheck.Cost slowest = new DamageCheck.Cost(false, 0, 0, 0);
  private DamageCheck.Cost largest = slowest;

  /** A target for a reader. */
  protected FuzzTarget(TensorFile.Reader reader) {
    this(new DamageCheck(reader));
  }

  /** A target for what a check reads. */
  protected FuzzTarget(DamageCheck check) {
    this.check = check;
  }

  /** Reads an input. */
  protected final void readOrRefuse(byte[] content) {
    DamageCheck.Cost cost = check.readOrRefuse(content);
    if (cost.understood()) {
      understood++;
    } else {
      refused++;
    }
    slowest = cost.nanoseconds() > slowest.nanoseconds() ? cost : slowest;
    largest = cost.memory() > largest.memory() ? cost : largest;
  }

  @AfterEach
  final void printCounts() {
    System.out.printf(
        "%s: %d understood, %d refused; most memory %d bytes, for a file of %d; slowest %d ms%n",
        getClass().getSimpleName(),
        understood,
        refused,
        largest.memory(),
        largest.fileSize(),
        TimeUnit.NANOSECONDS.toMillis(slowest.nanoseconds()));
  }
}
