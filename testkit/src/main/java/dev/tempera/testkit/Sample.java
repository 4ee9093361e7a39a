package dev.tempera.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * One set of operands and parameters that an operation is run with.
 *
 * @param name says what is particular about it
 * @param inputs the operands, in the operation's order
 * @param parameters what else the operation takes
 * @param smooth whether finite differences may be taken around the inputs
 * @param <P> the type of parameters
 */
public record Sample<P>(String name, List<Input> inputs, P parameters, boolean smooth) {
  /** Copies the list of operands. */
  public Sample {
    inputs = List.copyOf(inputs);
  }

  /** A sample around which the operation is smooth. */
  public static <P> Sample<P> of(String name, P parameters, Input... inputs) {
    return new Sample<>(name, List.of(inputs), parameters, true);
  }

  /** The same, but too near to a kink or a pole for finite differences. */
  public Sample<P> notSmooth() {
    return new Sample<>(name, inputs, parameters, false);
  }

  /** An operand. */
  public Input input(int index) {
    return inputs.get(index);
  }

  /** The same with other operands. */
  Sample<P> withInputs(List<Input> others) {
    return new Sample<>(name, others, parameters, smooth);
  }

  /** The same with one other operand. */
  Sample<P> withInput(int index, Input other) {
    List<Input> changed = new ArrayList<>(inputs);
    changed.set(index, other);
    return withInputs(changed);
  }
}
