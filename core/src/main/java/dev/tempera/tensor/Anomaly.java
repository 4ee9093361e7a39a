package dev.tempera.tensor;

import dev.tempera.autograd.Node;
import dev.tempera.backend.Backend;
import dev.tempera.backend.ReduceOp;
import dev.tempera.data.View;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A section of one thread in which NaN does not go unnoticed: the operation that makes one from
 * operands without any fails at once, and so does the gradient rule that makes a NaN or an infinity
 * from a finite gradient; the message names it and where the operation was called. Infinities in
 * values are let pass, since masks are made of them. The system property {@code tempera.anomaly}
 * set to {@code true} does the same for the whole process.
 *
 * <pre>{@code
 * try (Anomaly _ = Anomaly.open()) {
 *   loss(x).backward();
 * }
 * }</pre>
 *
 * <p>Every result is read once more and every recorded operation notes its stack, so this is for
 * finding faults.
 */
public final class Anomaly implements AutoCloseable {
  private static final boolean EVERYWHERE = Boolean.getBoolean("tempera.anomaly");
  private static final AtomicInteger SECTIONS = new AtomicInteger();
  private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

  private Anomaly() {
    SECTIONS.incrementAndGet();
    DEPTH.set(DEPTH.get() + 1);
  }

  /** Opens a section. */
  public static Anomaly open() {
    return new Anomaly();
  }

  @Override
  public void close() {
    SECTIONS.decrementAndGet();
    DEPTH.set(DEPTH.get() - 1);
  }

  /** Whether this thread looks for NaN now. */
  static boolean isOn() {
    return EVERYWHERE || (SECTIONS.get() > 0 && DEPTH.get() > 0);
  }

  /**
   * Checks the result of an operation.
   *
   * @throws AnomalyException if it has a NaN and no input has; the result is then closed
   */
  static void check(String op, Tensor[] inputs, Tensor result) {
    Census found = Census.of(result);
    if (found.nans == 0 || Arrays.stream(inputs).anyMatch(input -> Census.of(input).nans > 0)) {
      return;
    }
    String operands =
        IntStream.range(0, inputs.length)
            .mapToObj(i -> "\n  input " + i + " " + Census.of(inputs[i]))
            .collect(Collectors.joining());
    result.close();
    throw new AnomalyException(
        "anomaly: "
            + op
            + " made NaN\n  result  "
            + found
            + operands
            + "\n  rule    no NaN from operands that have none",
        null);
  }

  /**
   * Checks the gradient that a walk begins with, if this thread looks for NaN.
   *
   * @throws AnomalyException if it is not finite
   */
  static void checkSeed(Tensor seed) {
    if (!isOn()) {
      return;
    }
    Census found = Census.of(seed);
    if (!found.isFinite()) {
      throw new AnomalyException(
          "anomaly: the gradient passed to backward is not finite\n  seed    " + found, null);
    }
  }

  /**
   * Checks what a rule contributed to the gradient of an input.
   *
   * @throws AnomalyException if it is not finite
   */
  static void checkGradient(Node<Tensor> node, int input, Tensor gradient) {
    Census found = Census.of(gradient);
    if (!found.isFinite()) {
      throw fromRule(node, input, "gradient " + found);
    }
  }

  /**
   * The failure of a rule.
   *
   * @param detail what was found
   */
  static AnomalyException fromRule(Node<Tensor> node, int input, String detail) {
    Throwable origin = node.origin();
    return new AnomalyException(
        "anomaly: the gradient rule of "
            + node.name()
            + " made a gradient that is not finite"
            + "\n  op      "
            + node.name()
            + ", result "
            + node.dtype()
            + node.shape()
            + "\n  input   "
            + input
            + "\n  found   "
            + detail
            + "\n  called  "
            + (origin == null ? "outside of Anomaly: open it around the whole" : place(origin))
            + "\n  hint    keep its operands away from where its slope is not finite, such as 0"
            + " for a root or a logarithm",
        origin);
  }

  private static String place(Throwable origin) {
    return Arrays.stream(origin.getStackTrace())
        .filter(frame -> !isOfTheLibrary(frame.getClassName()))
        .findFirst()
        .map(StackTraceElement::toString)
        .orElse("from a place that is not known");
  }

  private static boolean isOfTheLibrary(String className) {
    return className.startsWith("dev.tempera.tensor.")
        || className.startsWith("dev.tempera.op.")
        || className.startsWith("dev.tempera.nn.");
  }

  /**
   * How many elements of a tensor are not finite.
   *
   * @param kind the tensor's type and shape
   * @param first the index of the first of them in row-major order, or −1
   */
  private record Census(String kind, long nans, long infinities, int first) {
    static Census of(Tensor tensor) {
      String kind = tensor.dtype() + "" + tensor.shape();
      if (!tensor.dtype().isComputable() || hasFiniteSum(tensor)) {
        return new Census(kind, 0, 0, -1);
      }
      double[] values = tensor.toDoubles();
      long nans = Arrays.stream(values).filter(Double::isNaN).count();
      long infinities = Arrays.stream(values).filter(Double::isInfinite).count();
      int first =
          IntStream.range(0, values.length)
              .filter(i -> !Double.isFinite(values[i]))
              .findFirst()
              .orElse(-1);
      return new Census(kind, nans, infinities, first);
    }

    /** A sum is finite only if every element is. */
    private static boolean hasFiniteSum(Tensor tensor) {
      Backend backend = tensor.backend();
      int[] axes = IntStream.range(0, tensor.shape().rank()).toArray();
      View sum = backend.reduce(ReduceOp.SUM, tensor.view(), axes);
      try (Tensor held = Tensor.unmanaged("anomaly", backend, sum, null)) {
        return Double.isFinite(held.toDoubles()[0]);
      }
    }

    boolean isFinite() {
      return nans == 0 && infinities == 0;
    }

    @Override
    public String toString() {
      return isFinite()
          ? kind + ", all finite"
          : kind + ", NaN " + nans + ", infinite " + infinities + ", the first at element " + first;
    }
  }
}
