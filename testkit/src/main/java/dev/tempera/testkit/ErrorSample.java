package dev.tempera.testkit;

import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.List;
import java.util.function.Supplier;

/**
 * A use of an operation that must be refused before any kernel starts.
 *
 * @param name says what is wrong with it
 * @param use the use
 * @param type the exception
 * @param fragments what the message contains
 */
public record ErrorSample(
    String name,
    Supplier<Tensor> use,
    Class<? extends RuntimeException> type,
    List<String> fragments) {

  /** A use that must be refused. */
  public static ErrorSample of(
      String name,
      Class<? extends RuntimeException> type,
      Supplier<Tensor> use,
      String... fragments) {
    return new ErrorSample(name, use, type, List.of(fragments));
  }

  /**
   * Tries the use on the current backend.
   *
   * @throws AssertionError if it is not refused, or not with this exception and message
   */
  public void check() {
    RuntimeException refusal;
    try (TensorScope scope = TensorScope.open(name)) {
      Tensor result = use.get();
      throw new AssertionError(name + ": accepted, result " + result + " in " + scope);
    } catch (RuntimeException thrown) {
      refusal = thrown;
    }
    String message = String.valueOf(refusal.getMessage());
    if (!type.isInstance(refusal)) {
      throw new AssertionError(name + ": expected " + type.getName(), refusal);
    }
    for (String fragment : fragments) {
      if (!message.contains(fragment)) {
        throw new AssertionError(
            name + ": the message lacks \"" + fragment + "\"\n" + message, refusal);
      }
    }
  }
}
