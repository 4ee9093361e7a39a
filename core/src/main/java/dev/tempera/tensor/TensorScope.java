package dev.tempera.tensor;

import org.jspecify.annotations.Nullable;

/**
 * The lifetime of tensors. A tensor made while a scope is open belongs to the innermost one of its
 * thread and is closed with it, unless {@link #keep} moves it to the enclosing scope.
 *
 * <pre>{@code
 * try (TensorScope step = TensorScope.open("step")) {
 *   Tensor loss = content.add(style);
 *   return step.keep(loss);
 * }
 * }</pre>
 */
public final class TensorScope implements AutoCloseable {
  private static final ThreadLocal<@Nullable TensorScope> INNERMOST = new ThreadLocal<>();

  private final String name;
  private final @Nullable TensorScope parent;
  private final Thread owner = Thread.currentThread();
  private final @Nullable ScopeLimit limit;
  private @Nullable Tensor first;
  private boolean capped;
  private boolean closed;

  private TensorScope(String name, @Nullable TensorScope parent, @Nullable ScopeLimit limit) {
    this.name = name;
    this.parent = parent;
    this.limit = limit;
    INNERMOST.set(this);
  }

  /**
   * Opens a scope inside the current one.
   *
   * @param name says in messages what the scope is for
   */
  public static TensorScope open(String name) {
    TensorScope parent = INNERMOST.get();
    return new TensorScope(name, parent, parent == null ? null : parent.limit);
  }

  /**
   * Opens a scope whose tensors, and those of scopes opened inside it, may hold this many bytes
   * together; one more is refused, with an error that lists what each operation made, the largest
   * first. Memory that only a record for gradients still holds does not count.
   *
   * @param name says in messages what the scope is for
   */
  public static TensorScope open(String name, long byteLimit) {
    TensorScope parent = INNERMOST.get();
    ScopeLimit outer = parent == null ? null : parent.limit;
    return new TensorScope(name, parent, new ScopeLimit(name, byteLimit, outer));
  }

  /** The innermost open scope of this thread; null if none is open. */
  static @Nullable TensorScope current() {
    return INNERMOST.get();
  }

  /**
   * Moves a tensor of this scope to the enclosing one, so that it outlives this.
   *
   * @return the same tensor
   * @throws IllegalArgumentException if the tensor belongs to another scope
   * @throws IllegalStateException if the enclosing scope refuses it; the tensor is then closed
   */
  public Tensor keep(Tensor tensor) {
    if (tensor.scope() != this) {
      throw new IllegalArgumentException(
          "scope " + name + ": cannot keep a tensor that belongs to another scope");
    }
    remove(tensor);
    try {
      ForgottenTensors.adopt(tensor, parent);
    } catch (IllegalStateException refused) {
      tensor.close();
      throw refused;
    }
    return tensor;
  }

  /**
   * Takes a tensor out of every scope: it lives until it is closed by hand, or late, by the garbage
   * collector.
   *
   * @return the same tensor
   * @throws IllegalArgumentException if the tensor belongs to another scope
   */
  public Tensor release(Tensor tensor) {
    if (tensor.scope() != this) {
      throw new IllegalArgumentException(
          "scope " + name + ": cannot release a tensor that belongs to another scope");
    }
    remove(tensor);
    ForgottenTensors.adopt(tensor, null);
    return tensor;
  }

  /**
   * Refuses new tensors from now on: a scope of weights catches activations that would stay
   * forever.
   */
  public void cap() {
    capped = true;
  }

  /** Adds a tensor that belongs to no scope. */
  synchronized void add(Tensor tensor) {
    if (closed || capped) {
      throw new IllegalStateException(
          "scope "
              + name
              + (closed ? " is closed" : " is capped: it takes no more tensors")
              + "\n  tensor  "
              + tensor.dtype()
              + tensor.shape()
              + "\n  hint    open a scope for each step and keep only results");
    }
    if (limit != null) {
      limit.add(tensor);
    }
    tensor.linkBefore(first);
    first = tensor;
    tensor.setScope(this);
  }

  /** Takes a tensor out; it then belongs to no scope. */
  synchronized void remove(Tensor tensor) {
    if (first == tensor) {
      first = tensor.next();
    }
    tensor.unlink();
    tensor.setScope(null);
    if (limit != null) {
      limit.remove(tensor);
    }
  }

  /**
   * Closes every tensor that still belongs to this scope.
   *
   * @throws IllegalStateException if a scope opened later is still open, or another thread closes
   *     it
   */
  @Override
  @SuppressWarnings("ReferenceEquality") // Scopes and threads are compared by identity.
  public void close() {
    if (closed) {
      return;
    }
    if (INNERMOST.get() != this || Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "scope " + name + ": scopes are closed by their own thread, the innermost first");
    }
    INNERMOST.set(parent);
    while (first != null) {
      first.close();
    }
    closed = true;
  }

  /** The name, for messages. */
  @Override
  public String toString() {
    return "scope " + name;
  }
}
