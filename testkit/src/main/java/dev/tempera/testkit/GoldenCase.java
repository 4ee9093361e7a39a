package dev.tempera.testkit;

import java.util.List;

/**
 * One case of a golden file.
 *
 * @param name says what is particular about it
 * @param parameters as text, in the order that the file's header gives
 * @param inputs the operands
 * @param seed the gradient passed back; of no elements if there was none
 * @param value the result, in double
 * @param gradients with respect to the operands, in double; none if there was no seed
 */
public record GoldenCase(
    String name,
    List<String> parameters,
    List<Input> inputs,
    Input seed,
    Numbers value,
    List<Numbers> gradients) {
  /** Copies the lists. */
  public GoldenCase {
    parameters = List.copyOf(parameters);
    inputs = List.copyOf(inputs);
    gradients = List.copyOf(gradients);
  }

  /** A parameter that is a whole number. */
  public int integer(int index) {
    return Integer.parseInt(parameters.get(index));
  }

  /** A parameter that is {@code true} or {@code false}. */
  public boolean flag(int index) {
    return Boolean.parseBoolean(parameters.get(index));
  }

  /** A parameter that is a real number. */
  public double real(int index) {
    return Double.parseDouble(parameters.get(index));
  }
}
