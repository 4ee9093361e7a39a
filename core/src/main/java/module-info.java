import org.jspecify.annotations.NullMarked;

/** Tensors, automatic differentiation, operations, optimisers, and the backend interface. */
@NullMarked
@SuppressWarnings(
    "module") // The modules that the reference backend is exported to are built later.
module dev.tempera.core {
  requires static transitive org.jspecify;
  requires jdk.management;

  exports dev.tempera.data;
  exports dev.tempera.backend;
  exports dev.tempera.autograd;
  exports dev.tempera.forecast;
  exports dev.tempera.tensor;
  exports dev.tempera.op;
  exports dev.tempera.interop;
  exports dev.tempera.io;
  exports dev.tempera.io.npy;
  exports dev.tempera.io.zip;
  exports dev.tempera.nn;
  exports dev.tempera.optim;
  exports dev.tempera.reference to
      dev.tempera.cpu,
      dev.tempera.testkit;

  uses dev.tempera.backend.BackendProvider;

  provides dev.tempera.backend.BackendProvider with
      dev.tempera.reference.ReferenceProvider;
}
