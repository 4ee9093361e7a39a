package dev.tempera.bench.peers;

import dev.tempera.bench.contest.Contestant;
import dev.tempera.bench.python.PeerException;
import dev.tempera.bench.python.PythonTorch;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The libraries that can be timed on this machine. */
final class Peers {
  private Peers() {}

  /** Starts them, and says of each what it is, or why it is not there. */
  static List<Contestant> available(PeersOptions options, PrintWriter out) {
    List<Contestant> peers = new ArrayList<>();
    try {
      peers.add(new PythonTorch(options.python(), options.threads()));
    } catch (IOException | PeerException e) {
      out.println(
          "skipped=pytorch reason=\""
              + options.python()
              + " cannot import torch: "
              + e.getMessage()
              + "\"");
    }
    for (Contestant peer : peers) {
      out.println("peer=" + peer.name() + " description=\"" + peer.description() + "\"");
    }
    out.flush();
    return peers;
  }
}
