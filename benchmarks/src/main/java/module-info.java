import org.jspecify.annotations.NullMarked;

/** Measurements of kernels and of whole steps. */
@NullMarked
@SuppressWarnings("requires-automatic") // JMH and the peers have no module descriptors.
module dev.tempera.bench {
  requires static org.jspecify;
  requires dev.tempera.core;
  requires dev.tempera.cpu;
  requires dev.tempera.style;
  requires dev.tempera.testkit;
  requires dev.tempera.vgg;
  requires info.picocli;
  requires java.desktop;
  requires java.management;
  requires jmh.core;
  requires xchart;

  opens dev.tempera.bench.peers to
      info.picocli;
}
