package dev.tempera.style.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tempera.style.TestPictures;
import dev.tempera.style.image.PictureWriter;
import dev.tempera.vgg.fetch.WeightManifest;
import dev.tempera.vgg.fetch.WeightSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that list and fetch weights, as a user types them. */
class WeightsCommandTest {
  private static final String HOME = "tempera.home";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void useAFolderOfItsOwn() {
    System.setProperty(HOME, folder.toString());
  }

  @AfterEach
  void forgetTheFolder() {
    System.clearProperty(HOME);
  }

  private int run(Object... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
  }

  private void assertOneLine(String... fragments) {
    assertThat(err.toString().lines().filter(line -> line.startsWith("tempera: ")))
        .as(err.toString())
        .singleElement()
        .asString()
        .contains(fragments);
    assertThat(err.toString()).doesNotContain("\tat ");
  }

  @Test
  void everySourceIsListedInOneLine() throws IOException {
    Path cache = Files.createDirectories(folder.resolve("weights"));
    Files.writeString(cache.resolve("vgg19-d01eb7cb.pth"), "put there by hand");
    Files.write(cache.resolve("vgg16-397923af.pth.part"), new byte[2048]);
    assertThat(run("weights", "list")).isZero();
    assertThat(out.toString().lines())
        .hasSize(WeightManifest.standard().sources().size() + 2)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("vgg19 ")
                    .contains(" torchvision ", " 548.1 MiB ", "SHA-256 dcbb9e9d…", " no "))
        .anySatisfy(line -> assertThat(line).startsWith("vgg19-caffe ").contains(" yes "))
        .anySatisfy(line -> assertThat(line).startsWith("vgg16 ").contains(" 2.0 KiB "));
    assertThat(out.toString()).contains(cache.toString());
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThat(run("weights", "fetch", "vgg20")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    assertOneLine("no weights named 'vgg20'; known are vgg19, ");
  }

  @Test
  void whatAMirrorSaysInsteadOfTheFileIsRefused() throws IOException {
    HttpServer mirror =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    mirror.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 5);
          exchange.getResponseBody().write(new byte[5]);
          exchange.close();
        });
    mirror.start();
    try {
      String address = "http://127.0.0.1:" + mirror.getAddress().getPort() + "/";
      assertThat(run("weights", "fetch", "vgg19", "--mirror", address))
          .isEqualTo(CommandLine.ExitCode.SOFTWARE);
    } finally {
      mirror.stop(0);
    }
    assertOneLine(
        "cannot fetch vgg19: 127.0.0.1 offers a file of 5 bytes",
        "download https://download.pytorch.org/models/vgg19-dcbb9e9d.pth by hand and put it at "
            + folder.resolve("weights").resolve("vgg19-dcbb9e9d.pth"));
    assertThat(err.toString()).contains("/vgg19-dcbb9e9d.pth");
  }

  @Test
  void stylizeSaysHowToFetchWeightsThatAreNotHere() {
    Path picture = folder.resolve("picture.png");
    PictureWriter.standard().write(TestPictures.scene(40, 32), picture);
    WeightSource source = WeightManifest.standard().sources().getFirst();
    int code =
        run(
            "stylize",
            picture,
            picture,
            "-o",
            folder.resolve("out.png"),
            "--weights",
            source.name());
    assertThat(code).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    assertOneLine("weights vgg19 are not here; run: tempera weights fetch vgg19 (or download ");
  }

  @Test
  void theGroupAloneShowsItsCommands() {
    assertThat(run("weights")).isZero();
    assertThat(out.toString()).contains("list", "fetch");
  }
}
