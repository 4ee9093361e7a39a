package dev.tempera.vgg.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;

/**
 * Asks an address for a file, or for what of it is missing, and follows redirections: a bounded
 * number, and none from HTTPS to HTTP.
 *
 * @param client what connects
 * @param limits how patient to be
 */
record Request(HttpClient client, FetchLimits limits) {
  private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);

  /**
   * The head of the answer, with its body not yet read.
   *
   * @param from the first byte to ask for
   * @param validator what the file must still be for that, if it is known
   * @throws FetchException if a redirection is refused, or the host is unknown here
   * @throws IOException if there is no answer
   */
  HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(
      URI address, long from, Optional<String> validator) throws IOException {
    URI place = address;
    for (int followed = 0; ; followed++) {
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
          answer(request(place, from, validator));
      if (!REDIRECTIONS.contains(response.statusCode())) {
        return response;
      }
      BodyReader.of(response.body()).close();
      if (followed == limits.redirects()) {
        throw new FetchException(address + " redirects more than " + followed + " times");
      }
      place = target(place, response.headers().firstValue("Location").orElse(""));
    }
  }

  private HttpRequest request(URI place, long from, Optional<String> validator) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(place)
            .timeout(limits.connect())
            .header("User-Agent", "tempera")
            .header("Accept-Encoding", "identity");
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
      validator.ifPresent(value -> request.header("If-Range", value));
    }
    return request.build();
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer(HttpRequest request)
      throws IOException {
    try {
      return client.send(request, BodyHandlers.ofPublisher());
    } catch (ConnectException failure) {
      String host = request.uri().getAuthority();
      if (isUnresolved(failure)) {
        throw new FetchException("the host " + host + " cannot be found", failure);
      }
      throw new IOException("no connection to " + host, failure);
    } catch (IllegalArgumentException proxy) {
      throw new FetchException(String.valueOf(proxy.getMessage()), proxy);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static boolean isUnresolved(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof UnresolvedAddressException || (cause != null && isUnresolved(cause));
  }

  /**
   * Where a redirection leads.
   *
   * @throws FetchException if that is no web address, or not encrypted where the first one was
   */
  static URI target(URI place, String location) throws FetchException {
    URI target;
    try {
      target = place.resolve(location);
    } catch (IllegalArgumentException malformed) {
      throw new FetchException(place + " redirects to no address: '" + location + "'", malformed);
    }
    boolean http = "http".equals(target.getScheme());
    if (target.getHost() == null || !(http || "https".equals(target.getScheme()))) {
      throw new FetchException(place + " redirects to no web address: '" + location + "'");
    }
    if (http && "https".equals(place.getScheme())) {
      throw new FetchException(place + " redirects to " + target + ", which is not encrypted");
    }
    return target;
  }
}
