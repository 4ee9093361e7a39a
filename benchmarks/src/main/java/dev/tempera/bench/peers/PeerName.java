package dev.tempera.bench.peers;

import dev.tempera.bench.contest.Contestant;
import dev.tempera.bench.process.JavaCommand;
import dev.tempera.bench.process.PeerException;
import dev.tempera.bench.process.PeerProcess;
import dev.tempera.bench.process.RemoteContestant;
import dev.tempera.bench.python.PythonTorch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The other libraries. */
enum PeerName {
  /** PyTorch in Python. */
  PYTORCH {
    @Override
    Contestant start(PeersOptions options) throws IOException {
      return new PythonTorch(options.python(), options.threads());
    }
  },
  /** libtorch through DJL. */
  LIBTORCH {
    @Override
    Contestant start(PeersOptions options) throws IOException {
      return inJava("dev.tempera.bench.libtorch.Libtorch", options.threads());
    }
  },
  /** ND4J, the arrays below Deeplearning4j. */
  ND4J {
    @Override
    Contestant start(PeersOptions options) throws IOException {
      return inJava("dev.tempera.bench.nd4j.Nd4jContestant", options.threads());
    }
  },
  /** oneDNN, the kernels below PyTorch's convolutions, through JavaCPP. */
  ONEDNN {
    @Override
    Contestant start(PeersOptions options) throws IOException {
      return inJava("dev.tempera.bench.onednn.OneDnn", options.threads());
    }
  };

  private static final String FOLDER_PROPERTY = "tempera.bench.peers";

  /**
   * Starts it.
   *
   * @throws IOException if a program or a folder is missing
   * @throws PeerException if it cannot work here
   */
  abstract Contestant start(PeersOptions options) throws IOException;

  /** Its name in printed lines. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A Java library with natives, which has a folder and a process of its own. */
  Contestant inJava(String contestantClass, int threads) throws IOException {
    String folders = System.getProperty(FOLDER_PROPERTY);
    if (folders == null) {
      throw new IOException("the system property " + FOLDER_PROPERTY + " names no folder");
    }
    Path target = Path.of(folders, label(), "target");
    Path libraries = target.resolve("lib");
    if (!Files.isDirectory(libraries)) {
      throw new IOException("it is not built: there is no " + libraries);
    }
    Map<String, String> environment = new HashMap<>(PeerProcess.REUSE_MEMORY);
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    Path cache = target.resolve("cache");
    JavaCommand command =
        new JavaCommand(
            List.of(
                "-Dtempera.bench.cache=" + cache,
                "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                // Memory outside of Java's heap may be more than the heap.
                "-Dorg.bytedeco.javacpp.maxbytes=0",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"),
            List.of(target.resolve("classes").toString(), libraries + "/*"),
            environment);
    return new RemoteContestant(command, contestantClass, threads);
  }
}
