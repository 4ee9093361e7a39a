import org.jspecify.annotations.NullMarked;

/** Programs that show the library at work, with the data that they make themselves. */
@NullMarked
module dev.tempera.examples {
  requires static transitive org.jspecify;
  requires transitive dev.tempera.core;
  requires transitive java.desktop;

  exports dev.tempera.examples.digits;
  exports dev.tempera.examples.lenet;
}
