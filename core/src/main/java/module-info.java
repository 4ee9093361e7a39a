import org.jspecify.annotations.NullMarked;

/** Tensors, automatic differentiation, operations, optimisers, and the backend interface. */
@NullMarked
module dev.tempera.core {
  requires static transitive org.jspecify;

  exports dev.tempera.data;
}
