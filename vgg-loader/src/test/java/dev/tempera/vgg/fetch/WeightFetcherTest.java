package dev.tempera.vgg.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tempera.vgg.WeightFamily;
import dev.tempera.vgg.fetch.ScriptedServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetching from a server that resumes, cuts, stalls, redirects, corrupts, fails and lies. */
@Timeout(30)
class WeightFetcherTest {
  private static final String TAG = "\"one\"";
  private static final ProxySelector DIRECT = ProxySelector.of(null);
  private static final FetchLimits LIMITS =
      new FetchLimits(
          3, Duration.ofMillis(5), Duration.ofSeconds(5), Duration.ofMillis(300), 3, 1 << 20);

  @TempDir private Path folder;

  private final List<String> told = new ArrayList<>();
  private final byte[] content = new byte[50_000];
  private WeightCache cache;
  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(content);
    cache = new WeightCache(folder.resolve("cache"));
    server = new ScriptedServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private final class Told implements FetchListener {
    @Override
    public void asking(URI address, long bytes) {
      told.add("asking from " + bytes);
    }

    @Override
    public void received(long bytes, OptionalLong whole) {
      assertThat(bytes).isLessThanOrEqualTo(whole.orElse(Long.MAX_VALUE));
    }

    @Override
    public void retrying(String reason, Duration wait) {
      told.add("retrying: " + reason);
    }

    @Override
    public void verifying() {
      told.add("verifying");
    }
  }

  private WeightSource source(OptionalLong bytes, Optional<PublishedHash> hash, URI... addresses) {
    return new WeightSource(
        "tiny",
        WeightFamily.CAFFE,
        "random bytes",
        List.of(addresses),
        "tiny.bin",
        bytes,
        hash,
        "none",
        "here");
  }

  private WeightSource source(URI... addresses) {
    return source(OptionalLong.of(content.length), Optional.of(hash(content)), addresses);
  }

  private WeightSource source() {
    return source(server.address("/tiny.bin"));
  }

  private static PublishedHash hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new PublishedHash("SHA-256", HexFormat.of().formatHex(digest).substring(0, 8));
    } catch (NoSuchAlgorithmException missing) {
      throw new AssertionError(missing);
    }
  }

  private Path fetch(WeightSource source) throws IOException {
    return fetch(source, null, LIMITS);
  }

  private Path fetch(WeightSource source, @Nullable URI mirror, FetchLimits limits)
      throws IOException {
    return new WeightFetcher(cache, limits, new Told(), DIRECT).fetch(source, mirror);
  }

  private void assertFetched(Path file) throws IOException {
    assertThat(file).isEqualTo(cache.file(source())).hasBinaryContent(content);
    try (Stream<Path> files = Files.list(cache.folder())) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("tiny.bin", "tiny.bin.verified", "tiny.bin.lock");
    }
  }

  private void assertRefused(WeightSource source, String... fragments) {
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> fetch(source))
        .satisfies(
            refusal ->
                assertThat(refusal.getMessage())
                    .contains(fragments)
                    .contains("by hand and put it at " + cache.file(source))
                    .doesNotContain("\n"));
    assertThat(cache.file(source)).doesNotExist();
  }

  private Answer corrupted() {
    byte[] wrong = content.clone();
    wrong[30_000] ^= 1;
    return ScriptedServer.file(wrong, TAG);
  }

  @Test
  void aFileIsFetchedCheckedAndPutInItsPlace() throws IOException {
    server.then(ScriptedServer.file(content, TAG));
    assertFetched(fetch(source()));
    assertThat(told).containsExactly("asking from 0", "verifying");
  }

  @Test
  void aFileThatIsThereIsNotFetchedAgain() throws IOException {
    server.then(ScriptedServer.file(content, TAG));
    fetch(source());
    assertFetched(fetch(source()));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void whatWasCutIsResumed() throws IOException {
    server.then(ScriptedServer.cut(content, 20_000, TAG), ScriptedServer.file(content, TAG));
    assertFetched(fetch(source()));
    assertThat(server.requests().get(1).headers())
        .containsEntry("Range", "bytes=20000-")
        .containsEntry("If-Range", TAG);
  }

  @Test
  void aLaterFetchResumesToo() throws IOException {
    FetchLimits once =
        new FetchLimits(1, LIMITS.firstDelay(), LIMITS.connect(), LIMITS.stall(), 3, 9);
    server.then(ScriptedServer.cut(content, 20_000, TAG), ScriptedServer.file(content, TAG));
    assertThatExceptionOfType(FetchException.class).isThrownBy(() -> fetch(source(), null, once));
    assertThat(cache.partBytes(source())).isEqualTo(20_000);
    assertFetched(fetch(source(), null, once));
    assertThat(told).contains("asking from 20000");
  }

  @Test
  void aFileThatChangedMeanwhileIsFetchedFromItsStart() throws IOException {
    server.then(
        ScriptedServer.cut(new byte[content.length], 20_000, "\"old\""),
        ScriptedServer.file(content, TAG));
    assertFetched(fetch(source()));
  }

  @Test
  void aServerThatCannotResumeStartsAgain() throws IOException {
    Answer whole =
        (request, out) -> {
          ScriptedServer.head(out, "200 OK", "Content-Length: " + content.length);
          out.write(content);
        };
    server.then(ScriptedServer.cut(content, 20_000, TAG), whole);
    assertFetched(fetch(source()));
  }

  @Test
  void piecesThatDoNotBelongTogetherAreFetchedAgain() throws IOException {
    Files.createDirectories(cache.folder());
    Files.write(cache.partFile(source()), new byte[10_000]);
    server.then(ScriptedServer.file(content, TAG), ScriptedServer.file(content, TAG));
    assertFetched(fetch(source()));
    assertThat(told).contains("asking from 10000").last().isEqualTo("verifying");
  }

  @Test
  void wholeBytesOfAnEarlierFetchAreOnlyChecked() throws IOException {
    Files.createDirectories(cache.folder());
    Files.write(cache.partFile(source()), content);
    assertFetched(fetch(source()));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void tooLongAnEarlierPieceIsDropped() throws IOException {
    Files.createDirectories(cache.folder());
    Files.write(cache.partFile(source()), new byte[content.length + 5]);
    server.then(
        ScriptedServer.status("416 Range Not Satisfiable"), ScriptedServer.file(content, TAG));
    assertFetched(fetch(source()));
  }

  @Test
  void aSilentServerIsAskedAgain() throws IOException {
    Answer silent =
        (request, out) -> {
          ScriptedServer.cut(content, 20_000, TAG).send(request, out);
          out.flush();
          Thread.sleep(Duration.ofMillis(900));
        };
    server.then(silent, ScriptedServer.file(content, TAG));
    assertFetched(fetch(source()));
    assertThat(told).contains("retrying: the server was silent for 0.3 s", "asking from 20000");
  }

  @Test
  void redirectionsAreFollowed() throws IOException {
    server.then(
        ScriptedServer.status("302 Found", "Location: /elsewhere"),
        ScriptedServer.status("308 Permanent Redirect", "Location: " + server.address("/there")),
        ScriptedServer.file(content, TAG));
    assertFetched(fetch(source()));
    assertThat(server.requests().get(2).line()).isEqualTo("GET /there HTTP/1.1");
  }

  @Test
  void redirectionsWithoutEndAreRefused() {
    for (int i = 0; i < 9; i++) {
      server.then(ScriptedServer.status("302 Found", "Location: /again"));
    }
    assertRefused(source(), "redirects more than 3 times");
    assertThat(server.requests()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://mirror.example/x", "file:///etc/passwd", "ftp://a/b", "http:", " "})
  void redirectionsAwayFromHttpsAreRefused(String location) {
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> Request.target(URI.create("https://publisher.example/x"), location))
        .withMessageStartingWith("https://publisher.example/x redirects to");
  }

  @Test
  void aCorruptedFileIsRefused() throws IOException {
    server.then(corrupted());
    assertRefused(source(), "tiny.bin is not what was published: its SHA-256 is", "expected");
    assertThat(cache.partBytes(source())).isZero();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void anotherAddressIsTriedAfterACorruptedFile() throws IOException {
    server.then(corrupted(), ScriptedServer.file(content, TAG));
    assertFetched(fetch(source(server.address("/bad"), server.address("/good"))));
  }

  @Test
  void aFileOfTheWrongLengthIsRefusedBeforeItIsFetched() throws IOException {
    server.then(ScriptedServer.file(new byte[60_000], TAG));
    assertRefused(source(), "offers a file of 60000 bytes, but tiny.bin was published with 50000");
    assertThat(cache.partBytes(source())).isZero();
  }

  @Test
  void aFileOfUnknownSizeIsBounded() {
    server.then(
        (request, out) -> ScriptedServer.head(out, "200 OK", "Content-Length: " + (2L << 20)));
    assertRefused(
        source(OptionalLong.empty(), Optional.of(hash(content)), server.address("/x")),
        "offers a file of 2097152 bytes, more than the 1048576 that are accepted");
  }

  @Test
  void bytesBeyondThePublishedSizeAreRefused() throws IOException {
    Answer endless =
        (request, out) -> {
          ScriptedServer.head(out, "200 OK");
          out.write(content);
          out.write(content);
        };
    server.then(endless);
    assertRefused(source(), "the server sends more than the 50000 bytes due");
    assertThat(cache.partBytes(source())).isZero();
  }

  @Test
  void fewerBytesThanPromisedAreAskedForAgain() throws IOException {
    Answer shorter =
        (request, out) -> {
          ScriptedServer.head(out, "200 OK");
          out.write(content, 0, 1000);
        };
    server.then(shorter, ScriptedServer.file(content, TAG));
    assertFetched(fetch(source()));
    assertThat(told).contains("retrying: the connection ended after 1000 of 50000 bytes");
  }

  @Test
  void otherBytesThanAskedForAreNotTaken() throws IOException {
    Answer other =
        (request, out) -> {
          ScriptedServer.head(
              out, "206 Partial Content", "Content-Length: 10", "Content-Range: bytes 5-14/50000");
          out.write(content, 5, 10);
        };
    server.then(ScriptedServer.cut(content, 20_000, TAG), other, ScriptedServer.file(content, TAG));
    assertFetched(fetch(source()));
    assertThat(told)
        .contains(
            "retrying: the server sends 'bytes 5-14/50000' where bytes from 20000 on were asked"
                + " for");
  }

  @Test
  void aLengthThatIsNoNumberIsRefused() {
    server.then((request, out) -> ScriptedServer.head(out, "200 OK", "Content-Length: many"));
    assertRefused(source(), "cannot fetch tiny: ");
  }

  @Test
  void whatIsNotThereIsNotAskedForAgain() {
    server.then(ScriptedServer.status("404 Not Found"));
    assertRefused(source(), "cannot fetch tiny: 127.0.0.1 answers 404, not found; download http");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aServerInTroubleIsAskedAgain() throws IOException {
    server.then(
        ScriptedServer.status("500 Internal Server Error"),
        ScriptedServer.status("503 Service Unavailable"),
        ScriptedServer.file(content, TAG));
    assertFetched(fetch(source()));
    assertThat(told).contains("retrying: 127.0.0.1 answers 500", "retrying: 127.0.0.1 answers 503");
  }

  @Test
  void aServerThatStaysInTroubleIsGivenUp() {
    for (int i = 0; i < 9; i++) {
      server.then(ScriptedServer.status("500 Internal Server Error"));
    }
    assertRefused(source(), "127.0.0.1 answers 500");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void withoutANetworkTheUserIsToldWhatToDo() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    assertRefused(
        source(URI.create("http://127.0.0.1:" + port + "/tiny.bin")), "no connection to 127.0.0.1");
    told.clear();
    assertRefused(
        source(URI.create("https://no-such-host.invalid/tiny.bin")),
        "the host no-such-host.invalid cannot be found");
    assertThat(told).containsExactly("asking from 0");
  }

  @Test
  void aMirrorIsAFileOrAFolder() throws IOException {
    server.then(ScriptedServer.status("404 Not Found"), ScriptedServer.file(content, TAG));
    WeightSource elsewhere = source(URI.create("https://no-such-host.invalid/tiny.bin"));
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> fetch(elsewhere, server.address("/other.bin"), LIMITS));
    assertFetched(fetch(elsewhere, server.address("/folder/"), LIMITS));
    assertThat(server.requests())
        .extracting(ScriptedServer.Request::line)
        .containsExactly("GET /other.bin HTTP/1.1", "GET /folder/tiny.bin HTTP/1.1");
  }

  @Test
  void aMirrorIsAWebAddress() {
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> fetch(source(), URI.create("ftp://mirror.example/x"), LIMITS))
        .withMessageContaining("the mirror 'ftp://mirror.example/x' is no web address");
  }

  @Test
  void proxiesAreAskedForTheWholeAddress() throws IOException {
    server.then(ScriptedServer.file(content, TAG));
    ProxySelector proxy =
        ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    WeightSource far = source(URI.create("http://publisher.invalid/tiny.bin"));
    assertFetched(new WeightFetcher(cache, LIMITS, new Told(), proxy).fetch(far, null));
    assertThat(server.requests().getFirst().line())
        .isEqualTo("GET http://publisher.invalid/tiny.bin HTTP/1.1");
  }

  @Test
  void twoFetchesOfOneFileAreKeptApart() throws IOException {
    Files.createDirectories(cache.folder());
    try (CacheLock _ = CacheLock.take(cache.folder().resolve("tiny.bin.lock"))) {
      assertThatExceptionOfType(FetchException.class)
          .isThrownBy(() -> fetch(source()))
          .withMessageContaining("another fetch of this file is under way");
    }
    server.then(ScriptedServer.file(content, TAG));
    assertFetched(fetch(source()));
  }

  @Test
  void whereNoHashIsPublishedTheFileMustHoldTensors() throws IOException {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    byte[] tensors = new byte[8 + header.length() + 4];
    tensors[0] = (byte) header.length();
    System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, tensors, 8, header.length());
    WeightSource unknown =
        source(OptionalLong.empty(), Optional.empty(), server.address("/tiny.bin"));
    byte[] page = "<html>please log in</html>".getBytes(StandardCharsets.US_ASCII);
    server.then(ScriptedServer.file(page, TAG), ScriptedServer.file(tensors, TAG));
    assertRefused(unknown, "cannot fetch tiny: ");
    assertThat(fetch(unknown)).hasBinaryContent(tensors);
  }
}
