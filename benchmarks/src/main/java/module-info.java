import org.jspecify.annotations.NullMarked;

/** Measurements of kernels and of whole steps. */
@NullMarked
module dev.tempera.bench {
  requires static org.jspecify;
  requires dev.tempera.core;
}
