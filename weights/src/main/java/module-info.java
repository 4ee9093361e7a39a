import org.jspecify.annotations.NullMarked;

/** Sources of network weights: manifest, cache, verification, and filters learned from pictures. */
@NullMarked
module dev.tempera.weights {
  requires static org.jspecify;
  requires transitive dev.tempera.core;
}
