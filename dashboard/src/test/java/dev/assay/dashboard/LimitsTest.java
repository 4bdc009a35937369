package dev.assay.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dashboard.http.Limits;
import dev.assay.dashboard.live.EventReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody gets more of the server than a share: neither by many requests, nor by large or slow ones.
 */
@Timeout(120)
final class LimitsTest {
  private static final int RATE = 20;
  private static final int UPLOADS = 3;
  private static final int UPLOAD_BYTES = 50_000;
  private static final int STREAMS = 2;

  /** Short ones, so that a test need not wait long; a reader of the page would not like them. */
  private static Limits limits(Duration upload) {
    return new Limits(
        1_000,
        4_000,
        100,
        Duration.ofMillis(1_500),
        Duration.ofMillis(1_500),
        Duration.ofSeconds(20),
        upload,
        UPLOAD_BYTES,
        100_000,
        UPLOADS,
        STREAMS);
  }

  @TempDir private static Path results;
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start(TestServer.limited(results, limits(Duration.ofSeconds(20))));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anAddressThatAsksTooOftenIsToldWhenToComeAgain(@TempDir Path empty) throws IOException {
    Limits few = Limits.standard().withAddressRate(RATE);
    try (TestServer slow = TestServer.start(TestServer.limited(empty, few))) {
      List<HttpResponse<byte[]>> refused = new ArrayList<>();
      for (int i = 0; i < 100_000 && refused.isEmpty(); i++) {
        HttpResponse<byte[]> response = slow.get("/icon.svg");
        if (response.statusCode() == 429) {
          refused.add(response);
        }
      }
      assertThat(refused)
          .singleElement()
          .satisfies(response -> {
            assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .contains("more than " + RATE + " requests a second");
          });
      slow.until(() -> status(slow, "/icon.svg") == 200);
    }
  }

  private static int status(TestServer server, String path) {
    try {
      return server.get(path).statusCode();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aTokenMaySendOnlySoManyRunsAMinuteAndAnotherIsNotHeldBack() throws IOException {
    String one = server.token("upload");
    String other = server.token("upload");
    byte[] nonsense = {1, 2, 3};
    for (int i = 0; i < UPLOADS; i++) {
      assertThat(server.upload(nonsense, "application/zip", one).statusCode()).isEqualTo(422);
    }
    HttpResponse<byte[]> refused = server.upload(nonsense, "application/zip", one);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1, 60 / UPLOADS);
    assertThat(server.upload(nonsense, "application/zip", other).statusCode()).isEqualTo(422);
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedWhetherItSaysSoOrNot() throws IOException {
    String token = server.token("upload");
    byte[] large = new byte[UPLOAD_BYTES + 1];
    assertThat(server.upload(large, "application/zip", token).statusCode()).isEqualTo(413);
    String head = uploadHead(token) + "Transfer-Encoding: chunked\r\n\r\n";
    try (Socket socket = connect(head)) {
      OutputStream out = socket.getOutputStream();
      byte[] chunk = new byte[10_000];
      try {
        for (int i = 0; i < 100; i++) {
          out.write("2710\r\n".getBytes(StandardCharsets.US_ASCII));
          out.write(chunk);
          out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
      } catch (SocketException e) {
        return; // closed before all was sent
      }
      assertThat(rest(socket)).contains(" 413 ");
    }
    assertThat(left()).isEmpty();
  }

  private static String uploadHead(String token) {
    return "POST /api/v1/results HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/zip\r\n"
        + "Authorization: Bearer "
        + token
        + "\r\n";
  }

  /** What lies in quarantine once nobody works there. */
  private static List<Path> left() throws IOException {
    Path quarantine = DashboardOptions.state(results).resolve("quarantine");
    server.until(() -> list(quarantine).isEmpty());
    return list(quarantine);
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aRequestLineOrHeadersThatAreTooLongAreRefused() throws IOException {
    assertThat(server.get("/?q=" + "x".repeat(2_000)).statusCode()).isEqualTo(414);
    String head = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + "x".repeat(8_000) + "\r\n\r\n";
    try (Socket socket = connect(head)) {
      assertThat(rest(socket)).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void aClientThatSendsItsHeadersByteByByteIsCutOff() throws IOException {
    try (Socket socket = connect("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")) {
      assertThat(trickle(socket)).isEmpty();
    }
  }

  @Test
  void aConnectionWithoutRequestsIsClosed() throws IOException {
    try (Socket socket = connect("")) {
      assertThat(rest(socket)).isEmpty();
    }
    try (Socket socket = connect("GET /icon.svg HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")) {
      assertThat(rest(socket)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void anUploadThatTakesTooLongIsGivenUpThoughBytesKeepComing() throws IOException {
    Limits hasty = limits(Duration.ofMillis(1_500));
    try (TestServer other = TestServer.start(TestServer.limited(results, hasty))) {
      String head = uploadHead(other.token("upload")) + "Content-Length: 40000\r\n\r\n";
      try (Socket socket = connect(other, head)) {
        assertThat(trickle(socket)).startsWith("HTTP/1.1 408 ");
      }
      assertThat(left())
          .isEmpty(); // before its server ends, which may leave a file to the next one
    }
  }

  @Test
  void streamsOfEventsAreCounted() throws IOException {
    int port = server.uri("/").getPort();
    List<EventReader> open = new ArrayList<>();
    try {
      for (int i = 0; i < STREAMS; i++) {
        open.add(EventReader.open(port, "/api/v1/events", ""));
        assertThat(open.getLast().status()).isEqualTo(200);
        assertThat(open.getLast().next().name()).isEqualTo("snapshot");
      }
      assertThat(server.get("/api/v1/events").statusCode()).isEqualTo(503);
    } finally {
      for (EventReader reader : open) {
        reader.close();
      }
    }
    server.until(() -> accepts(port));
  }

  private static boolean accepts(int port) {
    try (EventReader reader = EventReader.open(port, "/api/v1/events", "")) {
      return reader.status() == 200;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Socket connect(String start) throws IOException {
    return connect(server, start);
  }

  private static Socket connect(TestServer server, String start) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.uri("/").getPort());
    socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** All that the server says until it closes the connection. */
  private static String rest(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder text = new StringBuilder();
    byte[] block = new byte[8_192];
    try {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        text.append(new String(block, 0, read, StandardCharsets.ISO_8859_1));
      }
    } catch (SocketException e) {
      return text.toString(); // closed with bytes of ours unread
    }
    return text.toString();
  }

  /** The same, while a byte goes out every few milliseconds. */
  private static String trickle(Socket socket) throws IOException {
    Thread sender =
        Thread.startVirtualThread(() -> {
          try {
            while (true) {
              socket.getOutputStream().write('x');
              Thread.sleep(20);
            }
          } catch (IOException | InterruptedException e) {
            return; // cut off
          }
        });
    try {
      return rest(socket);
    } finally {
      sender.interrupt();
    }
  }
}
