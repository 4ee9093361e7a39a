package dev.tempera.vgg.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The body of an answer, piece by piece, with a bound on the wait for each. */
final class BodyReader implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private volatile Flow.@Nullable Subscription subscription;

  private BodyReader() {}

  /** What a publisher tells: bytes, the end (neither), or a failure. */
  private record Piece(@Nullable List<ByteBuffer> bytes, @Nullable Throwable failure) {}

  /** Begins to read. */
  static BodyReader of(Flow.Publisher<List<ByteBuffer>> body) {
    BodyReader reader = new BodyReader();
    body.subscribe(reader);
    return reader;
  }

  /**
   * The next bytes.
   *
   * @return null at the end
   * @throws IOException if the connection fails, or is silent for longer than this
   */
  @Nullable List<ByteBuffer> next(Duration patience) throws IOException {
    Piece piece;
    try {
      piece = pieces.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    if (piece == null) {
      throw new IOException("the server was silent for " + patience.toMillis() / 1000.0 + " s");
    }
    if (piece.failure() != null) {
      throw new IOException("the connection broke: " + piece.failure().getMessage());
    }
    Flow.Subscription source = subscription;
    if (piece.bytes() != null && source != null) {
      source.request(1);
    }
    return piece.bytes();
  }

  @Override
  public void onSubscribe(Flow.Subscription source) {
    subscription = source;
    source.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    pieces.add(new Piece(bytes, null));
  }

  @Override
  public void onError(Throwable failure) {
    pieces.add(new Piece(null, failure));
  }

  @Override
  public void onComplete() {
    pieces.add(new Piece(null, null));
  }

  /** Asks for nothing more; the connection is given up where the body has not ended. */
  @Override
  public void close() {
    Flow.Subscription source = subscription;
    if (source != null) {
      source.cancel();
    }
  }
}
