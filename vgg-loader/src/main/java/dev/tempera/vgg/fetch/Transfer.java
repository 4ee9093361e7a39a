package dev.tempera.vgg.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One attempt to complete a part file from one address. A {@link FetchException} says that trying
 * again is no use, any other {@link IOException} that it may be.
 *
 * @param request what asks
 * @param limits how patient to be
 * @param listener who is told
 * @param source what is being fetched
 * @param part where the bytes go
 */
record Transfer(
    Request request,
    FetchLimits limits,
    FetchListener listener,
    WeightSource source,
    PartFile part) {
  private static final Pattern RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

  /**
   * Makes the attempt.
   *
   * @return whether bytes of an earlier attempt were kept
   */
  boolean run(URI address) throws IOException {
    Optional<String> validator = part.validator(address);
    // Without a validator only a hash tells whether the pieces belong together.
    boolean resumable = validator.isPresent() || source.hash().isPresent();
    long from = resumable ? part.bytes() : 0;
    listener.asking(address, from);
    if (from > 0 && OptionalLong.of(from).equals(source.bytes())) {
      return true;
    }
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
        request.send(address, from, validator);
    try (BodyReader body = BodyReader.of(response.body())) {
      boolean resumed = from > 0 && response.statusCode() == 206;
      requireSuccess(address, response, resumed);
      long begin = resumed ? from : 0;
      OptionalLong whole = resumed ? wholeOfRange(response, from) : contentLength(response);
      requireLength(address, whole);
      if (!resumed) {
        part.restart(address, validatorOf(response));
      }
      copy(body, begin, whole);
      return resumed;
    }
  }

  private void requireSuccess(URI address, HttpResponse<?> response, boolean resumed)
      throws IOException {
    int status = response.statusCode();
    if (status == 200 || resumed) {
      return;
    }
    String answer = address.getHost() + " answers " + status;
    if (status == 416) {
      part.discard();
      throw new IOException(answer + " to a request for the rest of the file");
    }
    if (status >= 500 || status == 408 || status == 429) {
      throw new IOException(answer);
    }
    throw new FetchException(answer + (status == 404 ? ", not found" : ""));
  }

  private static OptionalLong contentLength(HttpResponse<?> response) throws IOException {
    Optional<String> length = response.headers().firstValue("Content-Length");
    if (length.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!length.get().matches("\\d{1,18}")) {
      throw new FetchException("the server gives the length '" + length.get() + "'");
    }
    return OptionalLong.of(Long.parseLong(length.get()));
  }

  private OptionalLong wholeOfRange(HttpResponse<?> response, long from) throws IOException {
    String range = response.headers().firstValue("Content-Range").orElse("");
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) != from) {
      part.discard();
      throw new IOException(
          "the server sends '" + range + "' where bytes from " + from + " on were asked for");
    }
    return matcher.group(2).equals("*")
        ? source.bytes()
        : OptionalLong.of(Long.parseLong(matcher.group(2)));
  }

  private void requireLength(URI address, OptionalLong whole) throws FetchException {
    if (whole.isEmpty()) {
      return;
    }
    if (source.bytes().isPresent() && !source.bytes().equals(whole)) {
      throw new FetchException(
          "%s offers a file of %d bytes, but %s was published with %d"
              .formatted(
                  address.getHost(),
                  whole.getAsLong(),
                  source.fileName(),
                  source.bytes().getAsLong()));
    }
    if (whole.getAsLong() > ceiling(whole)) {
      throw new FetchException(
          "%s offers a file of %d bytes, more than the %d that are accepted"
              .formatted(address.getHost(), whole.getAsLong(), limits.bytes()));
    }
  }

  private long ceiling(OptionalLong whole) {
    return source.bytes().orElse(Math.min(limits.bytes(), whole.orElse(limits.bytes())));
  }

  /** A strong entity tag, or the date of the last change; weak tags do not vouch for bytes. */
  private static Optional<String> validatorOf(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> response.headers().firstValue("Last-Modified"));
  }

  private void copy(BodyReader body, long begin, OptionalLong whole) throws IOException {
    long bytes = begin;
    long ceiling = ceiling(whole);
    OptionalLong expected = whole.isPresent() ? whole : source.bytes();
    try (FileChannel out = part.append()) {
      for (List<ByteBuffer> pieces = body.next(limits.stall());
          pieces != null;
          pieces = body.next(limits.stall())) {
        for (ByteBuffer piece : pieces) {
          bytes += piece.remaining();
          if (bytes > ceiling) {
            part.discard();
            throw new FetchException("the server sends more than the " + ceiling + " bytes due");
          }
          while (piece.hasRemaining()) {
            out.write(piece);
          }
        }
        listener.received(bytes, expected);
      }
      out.force(true);
    }
    if (expected.isPresent() && bytes < expected.getAsLong()) {
      throw new IOException(
          "the connection ended after " + bytes + " of " + expected.getAsLong() + " bytes");
    }
  }
}
