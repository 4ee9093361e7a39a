import org.jspecify.annotations.NullMarked;

/** VGG feature networks as data, and the readers of published weight files. */
@NullMarked
module dev.tempera.vgg {
  requires static org.jspecify;
  requires transitive dev.tempera.core;
  requires transitive dev.tempera.weights;
  requires com.fasterxml.jackson.jr.ob;
  requires java.net.http;

  exports dev.tempera.vgg;
  exports dev.tempera.vgg.fetch;
  exports dev.tempera.vgg.format;
  exports dev.tempera.vgg.mapping;
}
