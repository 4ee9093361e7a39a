package dev.tempera.nn;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.tensor.RandomSource;
import dev.tempera.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Part of a net: parameters, buffers and further blocks, each under a name.
 *
 * <p>Subclasses make them in their constructor with {@link #parameter}, {@link #buffer} and {@link
 * #child}. A block owns what it has: tensors live until it is closed, children are closed with it.
 * Full names join the names on the way from the outermost block with dots: {@code
 * features.0.weight}.
 */
public abstract class Block implements AutoCloseable {
  private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
  private final SequencedMap<String, Buffer> buffers = new LinkedHashMap<>();
  private final SequencedMap<String, Block> children = new LinkedHashMap<>();
  private boolean hasParent;
  private boolean training = true;

  /** A block without parameters, buffers or children. */
  protected Block() {}

  // ---- what subclasses are made of -------------------------------------------------------------

  /**
   * A new parameter of this block, tracked.
   *
   * @param name without dots
   * @throws IllegalArgumentException if the name is empty, has dots, or is in use
   */
  protected final Parameter parameter(
      String name, Shape shape, Initialiser initialiser, RandomSource random) {
    return parameter(name, () -> initialiser.create(shape, random.next()));
  }

  /**
   * A new parameter of this block, tracked.
   *
   * @param name without dots
   * @param initial makes the first value, a tensor of its own
   * @throws IllegalArgumentException if the name is empty, has dots, or is in use
   */
  protected final Parameter parameter(String name, Supplier<Tensor> initial) {
    requireFree(name);
    Parameter parameter = madeOrClosed(() -> Parameter.of(initial));
    parameters.put(name, parameter);
    return parameter;
  }

  /**
   * A new buffer of this block: a tensor that is saved with the parameters, but not trained.
   *
   * @param name without dots
   * @param initial makes the first value, a tensor of its own
   * @throws IllegalArgumentException if the name is empty, has dots, or is in use
   */
  protected final Buffer buffer(String name, Supplier<Tensor> initial) {
    requireFree(name);
    Buffer buffer = madeOrClosed(() -> Buffer.of(initial));
    buffers.put(name, buffer);
    return buffer;
  }

  /**
   * Makes a block part of this one.
   *
   * @param name without dots
   * @return the child
   * @throws IllegalArgumentException if the name is empty, has dots, or is in use, or the child is
   *     part of a block already
   */
  protected final <B extends Block> B child(String name, B child) {
    requireFree(name);
    Block block = child;
    if (block.hasParent) {
      throw new IllegalArgumentException(
          "block: a block has one parent\n  parent  "
              + kind()
              + "\n  child   "
              + name
              + ", "
              + block.kind()
              + "\n  rule    it is not part of another block yet"
              + "\n  hint    to share weights, make it a child once and apply it twice");
    }
    block.hasParent = true;
    children.put(name, child);
    return child;
  }

  /** Makes a part, or closes this block, whose constructor then fails. */
  private <P> P madeOrClosed(Supplier<P> maker) {
    try {
      return maker.get();
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  private void requireFree(String name) {
    boolean taken =
        parameters.containsKey(name) || buffers.containsKey(name) || children.containsKey(name);
    if (taken || name.isEmpty() || name.indexOf('.') >= 0) {
      throw new IllegalArgumentException(
          "block: the name '"
              + name
              + (taken ? "' is in use" : "' does not name a part")
              + "\n  block   "
              + kind()
              + "\n  rule    each parameter, buffer and child has a name of its own, not empty and"
              + " without dots");
    }
  }

  // ---- what is in it ---------------------------------------------------------------------------

  /** Every parameter of this block and those in it by full name; its own first. */
  public final SequencedMap<String, Tensor> parameters() {
    SequencedMap<String, Tensor> found = new LinkedHashMap<>();
    forEachBlock(
        "",
        (prefix, block) ->
            block.parameters.forEach((name, own) -> found.put(prefix + name, own.value())));
    return found;
  }

  /** The parameters that gradients are wanted for: all but the frozen ones. */
  public final SequencedMap<String, Tensor> trainableParameters() {
    SequencedMap<String, Tensor> found = parameters();
    found.values().removeIf(parameter -> !parameter.isTracked());
    return found;
  }

  /** Every buffer of this block and those in it by full name; its own first. */
  public final SequencedMap<String, Tensor> buffers() {
    SequencedMap<String, Tensor> found = new LinkedHashMap<>();
    forEachBlock(
        "",
        (prefix, block) ->
            block.buffers.forEach((name, own) -> found.put(prefix + name, own.value())));
    return found;
  }

  /** What a state file holds: every parameter and buffer by full name, block after block. */
  public final SequencedMap<String, Tensor> state() {
    SequencedMap<String, Tensor> found = new LinkedHashMap<>();
    forEachBlock(
        "",
        (prefix, block) -> {
          block.parameters.forEach((name, own) -> found.put(prefix + name, own.value()));
          block.buffers.forEach((name, own) -> found.put(prefix + name, own.value()));
        });
    return found;
  }

  /** The blocks directly inside this one by name. */
  public final SequencedMap<String, Block> children() {
    return Collections.unmodifiableSequencedMap(children);
  }

  /** How many numbers the parameters hold. */
  public final long parameterCount() {
    return parameters().values().stream().mapToLong(each -> each.shape().size()).sum();
  }

  /** How many numbers the parameters that are not frozen hold. */
  public final long trainableParameterCount() {
    return trainableParameters().values().stream().mapToLong(each -> each.shape().size()).sum();
  }

  /** How many numbers this block's own parameters hold, without those of its children. */
  final long ownParameterCount() {
    return parameters.values().stream().mapToLong(own -> own.value().shape().size()).sum();
  }

  /**
   * Calls back for this block and each in it, parents first, with what full names of its own parts
   * start with: nothing or a path that ends in a dot.
   */
  final void forEachBlock(String prefix, BiConsumer<String, Block> consumer) {
    consumer.accept(prefix, this);
    children.forEach((name, child) -> child.forEachBlock(prefix + name + ".", consumer));
  }

  // ---- modes -----------------------------------------------------------------------------------

  /** Puts this block and those in it in training mode, in which they start. */
  public final void train() {
    forEachBlock("", (prefix, block) -> block.training = true);
  }

  /**
   * Puts this block and those in it in evaluation mode: dropout passes everything, batch
   * normalisation uses its running statistics.
   */
  public final void eval() {
    forEachBlock("", (prefix, block) -> block.training = false);
  }

  /** Whether this block is in training mode. */
  public final boolean isTraining() {
    return training;
  }

  /** Puts this block alone back in training mode. */
  final void resumeTraining() {
    training = true;
  }

  /**
   * Excludes the parameters of this block and those in it from training: they are no longer
   * tracked, convolutions keep no inputs for their gradients, and backends keep packed forms of
   * them. Optimisers that have them must be made anew.
   */
  public final void freeze() {
    forEachBlock("", (prefix, block) -> block.parameters.values().forEach(Parameter::freeze));
  }

  /** Includes frozen parameters in training again, as copies that can be written to. */
  public final void unfreeze() {
    forEachBlock("", (prefix, block) -> block.parameters.values().forEach(Parameter::unfreeze));
  }

  /**
   * Converts parameters and buffers of this block and those in it to another element type; those of
   * whole numbers stay. Optimisers that have them must be made anew.
   *
   * @param dtype float32 or float64
   * @throws IllegalArgumentException if it is not a type that is computed in
   */
  public final void convert(DType dtype) {
    if (!dtype.isComputable()) {
      throw new IllegalArgumentException(
          "block: parameters cannot be " + dtype + "\n  rule    float32 or float64");
    }
    forEachBlock(
        "",
        (prefix, block) -> {
          block.parameters.values().forEach(own -> own.convert(dtype));
          block.buffers.values().forEach(own -> own.convert(dtype));
        });
  }

  /**
   * Writes values over parameters and buffers; frozen parameters stay frozen, and get memory of
   * their own.
   *
   * @param values by full name, each of the shape of what it replaces
   * @throws IllegalArgumentException if there is no parameter or buffer of a name
   */
  final void assign(Map<String, Tensor> values) {
    Map<String, Tensor> left = new LinkedHashMap<>(values);
    forEachBlock(
        "",
        (prefix, block) -> {
          block.parameters.forEach(
              (name, own) -> {
                Tensor value = left.remove(prefix + name);
                if (value != null) {
                  own.assign(value);
                }
              });
          block.buffers.forEach(
              (name, own) -> {
                Tensor value = left.remove(prefix + name);
                if (value != null) {
                  own.value().assign(value);
                }
              });
        });
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "block: it has no parameter or buffer named " + String.join(", ", left.keySet()));
    }
  }

  // ---- lifetime and description ----------------------------------------------------------------

  /** Gives back every parameter and buffer of this block and those in it. */
  @Override
  public final void close() {
    forEachBlock(
        "",
        (prefix, block) -> {
          block.parameters.values().forEach(Parameter::close);
          block.buffers.values().forEach(own -> own.value().close());
        });
  }

  /** What kind of block this is and how it is set, such as {@code LinearLayer(400 → 120)}. */
  protected String kind() {
    return getClass().getSimpleName();
  }

  /** The block with those in it, one a line, indented. */
  @Override
  public final String toString() {
    StringBuilder text = new StringBuilder(kind());
    children.forEach(
        (name, child) ->
            text.append("\n  ")
                .append(name)
                .append(": ")
                .append(child.toString().replace("\n", "\n  ")));
    return text.toString();
  }
}
