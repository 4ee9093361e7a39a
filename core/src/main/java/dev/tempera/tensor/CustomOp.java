package dev.tempera.tensor;

import dev.tempera.data.View;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An operation with a value and gradient rules of the user's own. The value is computed without
 * being recorded. A rule is written in tensor operations, one for each input that can need a
 * gradient; what it uses of inputs and output must be named, and is kept for it. Gradients of
 * gradients work through the operations of the rules.
 *
 * <pre>{@code
 * CustomOp round =
 *     CustomOp.of("roundStraightThrough", in -> Unary.apply(UnaryOp.ROUND, in.get(0)))
 *         .withGradient(0, (gradient, kept) -> gradient);
 * Tensor y = round.apply(x);
 * }</pre>
 *
 * <p>Immutable. Operations with kernels of their own use {@link Recording} instead.
 */
public final class CustomOp {
  private final String name;
  private final TensorFunction value;
  private final Map<Integer, GradientRule> rules;
  private final Set<Integer> keptInputs;
  private final boolean keepsOutput;

  private CustomOp(
      String name,
      TensorFunction value,
      Map<Integer, GradientRule> rules,
      Set<Integer> keptInputs,
      boolean keepsOutput) {
    this.name = name;
    this.value = value;
    this.rules = rules;
    this.keptInputs = keptInputs;
    this.keepsOutput = keepsOutput;
  }

  /** How the gradient with respect to one input follows from that with respect to the output. */
  @FunctionalInterface
  public interface GradientRule {
    /**
     * The gradient with respect to the input, of its type and shape.
     *
     * @param gradient with respect to the output
     */
    Tensor apply(Tensor gradient, KeptValues kept);
  }

  /** What was kept for the rules. */
  public static final class KeptValues {
    private final String name;
    private final Map<Integer, Saved> inputs;
    private final @Nullable Saved output;

    private KeptValues(String name, Map<Integer, Saved> inputs, @Nullable Saved output) {
      this.name = name;
      this.inputs = inputs;
      this.output = output;
    }

    /**
     * An input.
     *
     * @throws IllegalStateException if it was not named, or has been written over since
     */
    public Tensor input(int index) {
      Saved saved = inputs.get(index);
      if (saved == null) {
        throw new IllegalStateException(
            name + ": input " + index + " was not kept\n  hint    name it with keepingInput");
      }
      return saved.tensor();
    }

    /**
     * The output.
     *
     * @throws IllegalStateException if it was not asked for, or has been written over since
     */
    public Tensor output() {
      if (output == null) {
        throw new IllegalStateException(
            name + ": the output was not kept\n  hint    ask for it with keepingOutput");
      }
      return output.tensor();
    }
  }

  /**
   * An operation without rules.
   *
   * @param name for messages
   * @param value from inputs to output, all on one backend
   */
  public static CustomOp of(String name, TensorFunction value) {
    return new CustomOp(name, value, Map.of(), Set.of(), false);
  }

  /** The same operation with a rule for an input. */
  public CustomOp withGradient(int input, GradientRule rule) {
    Map<Integer, GradientRule> more = new TreeMap<>(rules);
    more.put(input, rule);
    return new CustomOp(name, value, more, keptInputs, keepsOutput);
  }

  /** The same operation, whose rules use an input. */
  public CustomOp keepingInput(int input) {
    Set<Integer> more = new TreeSet<>(keptInputs);
    more.add(input);
    return new CustomOp(name, value, rules, more, keepsOutput);
  }

  /** The same operation, whose rules use the output. */
  public CustomOp keepingOutput() {
    return new CustomOp(name, value, rules, keptInputs, true);
  }

  /**
   * Runs the operation.
   *
   * @param inputs at least one
   * @throws IllegalStateException if an input is closed
   * @throws IllegalArgumentException if an input needs a gradient and there is no rule for it, or
   *     inputs or output live on different backends, or a rule or a kept input names one that is
   *     not there
   */
  public Tensor apply(Tensor... inputs) {
    requireInputs(inputs.length);
    Recording recording = Recording.of(name, inputs);
    for (int i = 0; i < inputs.length; i++) {
      if (recording.needs(i) && !rules.containsKey(i)) {
        throw new IllegalArgumentException(
            name
                + ": input "
                + i
                + " needs a gradient and has no rule\n  input   "
                + inputs[i].dtype()
                + inputs[i].shape()
                + "\n  hint    add one with withGradient, or pass input.detach()");
      }
    }
    View output = value(recording, inputs);
    Map<Integer, Saved> saved = new TreeMap<>();
    for (int input : keptInputs) {
      saved.put(input, recording.save(inputs[input], true));
    }
    Saved savedOutput = keepsOutput ? recording.saveOutput() : null;
    KeptValues kept = new KeptValues(name, saved, savedOutput);
    List<String> forms = Arrays.stream(inputs).map(CustomOp::form).toList();
    return recording.result(
        output,
        (gradient, into) ->
            rules.forEach(
                (input, rule) ->
                    into.add(
                        input,
                        () -> fitting(input, rule.apply(gradient, kept), forms.get(input)))));
  }

  private void requireInputs(int count) {
    IntStream.concat(rules.keySet().stream().mapToInt(i -> i), keptInputs.stream().mapToInt(i -> i))
        .filter(input -> input < 0 || input >= count)
        .findFirst()
        .ifPresent(
            input -> {
              throw new IllegalArgumentException(
                  name
                      + ": there is no input "
                      + input
                      + "\n  rule    rules and kept inputs name one of the "
                      + count
                      + " inputs, from 0");
            });
  }

  /** The output, whose memory the caller holds. */
  @SuppressWarnings("ReferenceEquality") // Backends are compared by identity.
  private View value(Recording recording, Tensor[] inputs) {
    try (NoRecord _ = NoRecord.open();
        TensorScope _ = TensorScope.open(name)) {
      Tensor result = value.apply(List.of(inputs));
      result.requireOpen(name);
      if (result.backend() != recording.backend()) {
        throw new IllegalArgumentException(
            name
                + ": the output lives on another backend\n  rule    one backend for all, here "
                + recording.backend().name()
                + " and "
                + result.backend().name());
      }
      result.view().storage().retain();
      return result.view();
    }
  }

  private static String form(Tensor tensor) {
    return tensor.dtype() + "" + tensor.shape();
  }

  private Tensor fitting(int input, Tensor gradient, String expected) {
    String actual = form(gradient);
    if (!actual.equals(expected)) {
      throw new IllegalStateException(
          name
              + ": the rule for input "
              + input
              + " made a gradient of another type or shape\n  input    "
              + expected
              + "\n  gradient "
              + actual
              + "\n  hint     sum a gradient over axes that were broadcast, as SumTo does");
    }
    return gradient;
  }
}
