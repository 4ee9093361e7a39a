package dev.tempera.vgg.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fetches published weights into the cache: resumes what was cut, tries again what may come right,
 * and checks every file before it takes its place.
 */
public final class WeightFetcher {
  private final WeightCache cache;
  private final FetchLimits limits;
  private final FetchListener listener;
  private final ProxySelector proxies;

  /** A fetcher with the proxies that Java's properties or the environment name. */
  public WeightFetcher(WeightCache cache, FetchLimits limits, FetchListener listener) {
    this(cache, limits, listener, EnvironmentProxies.standard());
  }

  /** A fetcher with such proxies. */
  WeightFetcher(
      WeightCache cache, FetchLimits limits, FetchListener listener, ProxySelector proxies) {
    this.cache = cache;
    this.limits = limits;
    this.listener = listener;
    this.proxies = proxies;
  }

  /**
   * The file of a source, fetched if it is not there yet.
   *
   * @param mirror another address for the same file, or with a slash at the end the folder it lies
   *     in; null for the publisher's own. It may be HTTP, because the file is checked anyway.
   * @throws FetchException if it cannot be had; the message says what to do instead
   * @throws IOException if the cache cannot be written
   */
  public Path fetch(WeightSource source, @Nullable URI mirror) throws IOException {
    Files.createDirectories(cache.folder());
    try (CacheLock _ = CacheLock.take(cache.folder().resolve(source.fileName() + ".lock"))) {
      if (cache.contains(source)) {
        return cache.verified(source);
      }
      download(source, mirror == null ? source.addresses() : List.of(place(source, mirror)));
      return cache.file(source);
    }
  }

  private static URI place(WeightSource source, URI mirror) throws FetchException {
    boolean web = "https".equals(mirror.getScheme()) || "http".equals(mirror.getScheme());
    if (!web || mirror.getHost() == null) {
      throw new FetchException(
          "the mirror '" + mirror + "' is no web address; expected https://host/path");
    }
    return mirror.toString().endsWith("/") ? mirror.resolve(source.fileName()) : mirror;
  }

  private void download(WeightSource source, List<URI> addresses) throws IOException {
    PartFile part = new PartFile(cache.partFile(source));
    List<String> reasons = new ArrayList<>();
    HttpClient client = client();
    try {
      Transfer transfer = new Transfer(new Request(client, limits), limits, listener, source, part);
      for (URI address : addresses) {
        try {
          complete(transfer, address);
          accept(source, part);
          return;
        } catch (InterruptedIOException interrupted) {
          throw interrupted;
        } catch (IOException failure) {
          reasons.add(reason(failure));
        }
      }
    } finally {
      // Closing it would wait for bodies that were given up.
      client.shutdownNow();
    }
    throw new FetchException(
        "cannot fetch %s: %s; %s"
            .formatted(source.name(), String.join("; ", reasons), cache.byHand(source)));
  }

  private HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(limits.connect())
        .proxy(proxies)
        .build();
  }

  /** Tries one address until the part file is whole and right. */
  private void complete(Transfer transfer, URI address) throws IOException {
    for (int failures = 1; ; failures++) {
      try {
        boolean resumed = transfer.run(address);
        verify(transfer.source(), transfer.part(), resumed);
        return;
      } catch (FetchException | InterruptedIOException lasting) {
        throw lasting;
      } catch (IOException passing) {
        if (failures == limits.attempts()) {
          throw passing;
        }
        Duration wait = limits.delay(failures);
        listener.retrying(reason(passing), wait);
        sleep(wait);
      }
    }
  }

  /** Checks a whole part file; a wrong one goes, and may come right only if it was pieced. */
  private void verify(WeightSource source, PartFile part, boolean resumed) throws IOException {
    listener.verifying();
    try {
      Verification.check(source, part.path());
    } catch (FetchException wrong) {
      part.discard();
      if (resumed) {
        throw new IOException(wrong.getMessage(), wrong);
      }
      throw wrong;
    }
  }

  private void accept(WeightSource source, PartFile part) throws IOException {
    Files.move(part.path(), cache.file(source), StandardCopyOption.ATOMIC_MOVE);
    part.forgetOrigin();
    cache.note(source);
  }

  private static String reason(IOException failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static void sleep(Duration wait) throws InterruptedIOException {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
