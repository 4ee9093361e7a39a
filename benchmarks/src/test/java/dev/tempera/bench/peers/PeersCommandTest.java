package dev.tempera.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command line. */
class PeersCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine commandLine = PeersCommand.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "--case=painting, STEP",
    "--size=100, multiple of 16",
    "--size=0x10, --size",
    "--threads=0, --threads",
    "--repeat=0, --repeat",
    "--warm-up=-1, --warm-up",
    "--warm-up=NaN, --warm-up",
    "--peer=abacus, PYTORCH",
    "--wherever, --wherever"
  })
  void aWrongArgumentIsOneLineAndExitCodeTwo(String argument, String named) {
    assertThat(run(argument)).isEqualTo(2);
    assertThat(err.toString()).startsWith("peers: ").contains(named).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("--case", "--peer", "--size", "--threads", "--repeat", "--warm-up", "--python")
        .contains("--out");
  }

  @Test
  void withoutAnyPeerTheRunFailsAndSaysWhy() {
    assertThat(run("--case=gram", "--size=16", "--peer=pytorch", "--python=no-such-python"))
        .isEqualTo(1);
    assertThat(out.toString()).contains("skipped=pytorch").contains("no-such-python");
    assertThat(err.toString()).hasLineCount(1);
  }

  @Test
  void librariesThatAreNotBuiltAreLeftOutWithALineEach() {
    assertThat(run("--case=gram", "--size=16", "--peer=libtorch,nd4j,onednn")).isEqualTo(1);
    for (String peer : new String[] {"libtorch", "nd4j", "onednn"}) {
      assertThat(out.toString()).containsOnlyOnce("skipped=" + peer + " reason=");
    }
  }

  @Test
  void scalingNeedsNoPeer() {
    assertThat(run("--case=scaling", "--size=16", "--repeat=1", "--warm-up=0", "--threads=2"))
        .isZero();
    assertThat(out.toString())
        .containsPattern("case=scaling-threads threads=2 one_thread_ms=\\S+ ours_ms=\\S+ ratio=")
        .contains("small=16x16")
        .contains("large=32x32");
  }
}
