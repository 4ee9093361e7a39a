import org.jspecify.annotations.NullMarked;

/** Neural style transfer: losses, recipes, image input and output, and the command line. */
@NullMarked
module dev.tempera.style {
  requires static org.jspecify;
  requires transitive dev.tempera.core;
  requires dev.tempera.vgg;
  requires dev.tempera.weights;
  requires info.picocli;
  requires java.desktop;

  opens dev.tempera.style.cli to
      info.picocli;
}
