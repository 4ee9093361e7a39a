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
import java.util.List;
import java.util.Locale;

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
    JavaCommand command =
        new JavaCommand(
            List.of("-Dtempera.bench.cache=" + target.resolve("cache")),
            List.of(target.resolve("classes").toString(), libraries + "/*"),
            PeerProcess.REUSE_MEMORY);
    return new RemoteContestant(command, contestantClass, threads);
  }
}
