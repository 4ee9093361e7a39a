import org.jspecify.annotations.NullMarked;

/** Neural style transfer: losses, recipes, image input and output, and the command line. */
@NullMarked
@SuppressWarnings({
  "module", // The benchmarks' module is not there when this one is compiled.
  "requires-automatic" // The image libraries have no module descriptors.
})
module dev.tempera.style {
  requires static transitive org.jspecify;
  requires transitive dev.tempera.core;
  requires transitive dev.tempera.vgg;
  requires dev.tempera.weights;
  requires com.fasterxml.jackson.core;
  requires info.picocli;
  requires transitive java.desktop;
  requires com.twelvemonkeys.imageio.jpeg;
  requires com.twelvemonkeys.imageio.tiff;
  requires com.twelvemonkeys.imageio.webp;
  requires com.drew.metadata;

  exports dev.tempera.style;
  exports dev.tempera.style.demo to
      dev.tempera.bench;
  exports dev.tempera.style.image;
  exports dev.tempera.style.loss;

  opens dev.tempera.style.cli to
      info.picocli;

  uses dev.tempera.backend.BackendProvider;
}
