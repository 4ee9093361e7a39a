import org.jspecify.annotations.NullMarked;

/** One specification per operation, and the harnesses that run it. */
@NullMarked
module dev.tempera.testkit {
  requires static org.jspecify;
  requires transitive dev.tempera.core;
  requires transitive org.junit.jupiter.api;

  exports dev.tempera.testkit;
  exports dev.tempera.testkit.spec;
}
