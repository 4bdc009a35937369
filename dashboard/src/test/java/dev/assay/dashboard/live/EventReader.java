package dev.assay.dashboard.live;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads server-sent events from a socket of its own: one thread, no buffers of a client library.
 */
public final class EventReader implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final Deque<String> lines = new ArrayDeque<>();
  private final int status;
  private String partial = "";

  private EventReader(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.status = Integer.parseInt(line().split(" ")[1]);
    while (!line().isEmpty()) {}
  }

  /** An event; {@code id} is empty where it has none. */
  public record Event(String id, String name, String data) {}

  /**
   * Asks for a stream.
   *
   * @param lastEventId empty for none
   */
  public static EventReader open(int port, String path, String lastEventId) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + (lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n")
            + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return new EventReader(socket);
  }

  public int status() {
    return status;
  }

  /** The next event; waits for it. */
  public Event next() throws IOException {
    String id = "";
    String name = "message";
    StringBuilder data = new StringBuilder();
    while (true) {
      String line = eventLine();
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          return new Event(id, name, data.toString());
        }
      } else if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        name = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data.append(line, 6, line.length());
      }
    }
  }

  private String eventLine() throws IOException {
    while (lines.isEmpty()) {
      int size = Integer.parseInt(line(), 16);
      String text = partial + new String(in.readNBytes(size), StandardCharsets.UTF_8);
      line();
      int end = text.lastIndexOf('\n') + 1;
      text.substring(0, end).lines().forEach(lines::add);
      partial = text.substring(end);
    }
    return lines.removeFirst();
  }

  /** A line of HTTP itself. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the server closed the stream");
      }
      if (next == '\n') {
        return line.toString(StandardCharsets.US_ASCII).stripTrailing();
      }
      line.write(next);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
