package dev.tempera.vgg.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A web server that answers each request with the next of the given answers, byte for byte, so that
 * it can also lie. Each answer has a connection of its own, which ends with it.
 */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** What is sent back. */
  @FunctionalInterface
  interface Answer {
    void send(Request request, OutputStream out) throws IOException, InterruptedException;
  }

  /** A request line and the headers by lower-case names. */
  record Request(String line, Map<String, String> headers) {}

  ScriptedServer() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  ScriptedServer then(Answer... more) {
    answers.addAll(Arrays.asList(more));
    return this;
  }

  List<Request> requests() {
    return requests;
  }

  int port() {
    return listener.getLocalPort();
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** A head such as {@code HTTP/1.1 200 OK}, with headers. */
  static void head(OutputStream out, String status, String... headers) throws IOException {
    String text = "HTTP/1.1 " + status + "\r\nConnection: close\r\n" + String.join("\r\n", headers);
    out.write((text.stripTrailing() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** An answer without a body. */
  static Answer status(String status, String... headers) {
    return (request, out) -> {
      String[] all = Arrays.copyOf(headers, headers.length + 1);
      all[headers.length] = "Content-Length: 0";
      head(out, status, all);
    };
  }

  /** The whole file, or from the byte asked for on where {@code If-Range} still fits. */
  static Answer file(byte[] content, String tag) {
    return (request, out) -> {
      String range = request.headers().getOrDefault("range", "");
      boolean same = request.headers().getOrDefault("if-range", tag).equals(tag);
      if (range.isEmpty() || !same) {
        head(out, "200 OK", "Content-Length: " + content.length, "ETag: " + tag);
        out.write(content);
        return;
      }
      int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
      head(
          out,
          "206 Partial Content",
          "Content-Length: " + (content.length - from),
          "Content-Range: bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
      out.write(content, from, content.length - from);
    };
  }

  /** The first bytes of the file, under the length of all; then the connection ends. */
  static Answer cut(byte[] content, int sent, String tag) {
    return (request, out) -> {
      head(out, "200 OK", "Content-Length: " + content.length, "ETag: " + tag);
      out.write(content, 0, sent);
    };
  }

  private void serve() {
    while (true) {
      try (Socket socket = listener.accept()) {
        answer(socket);
      } catch (IOException ended) {
        if (listener.isClosed()) {
          return;
        }
      } catch (InterruptedException interrupted) {
        return;
      }
    }
  }

  private void answer(Socket socket) throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    String line = in.readLine();
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String header = in.readLine();
        header != null && !header.isEmpty();
        header = in.readLine()) {
      int colon = header.indexOf(':');
      headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    Request request = new Request(String.valueOf(line), headers);
    requests.add(request);
    Answer answer = answers.poll();
    (answer == null ? status("500 Nothing left to say") : answer)
        .send(request, socket.getOutputStream());
    socket.getOutputStream().flush();
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
