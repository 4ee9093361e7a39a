import org.jspecify.annotations.NullMarked;

/** Sources of network weights: manifest, cache, verification, and filters learned from pictures. */
@NullMarked
@SuppressWarnings("requires-automatic") // EJML has no module descriptors.
module dev.tempera.weights {
  requires static org.jspecify;
  requires transitive dev.tempera.core;
  requires ejml.core;
  requires ejml.ddense;

  exports dev.tempera.weights;
}
