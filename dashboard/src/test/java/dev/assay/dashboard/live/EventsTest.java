package dev.assay.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dashboard.http.Sender;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every reader learns of everything, and none costs the server more than a bounded queue. */
@Timeout(120)
final class EventsTest {
  private static final int MOST = 250;
  private static final String STATE = "{\"running\":[]}";

  private final EventStream events = new EventStream(MOST, () -> STATE);
  private Vertx vertx;
  private int port;

  @BeforeEach
  void start() throws ExecutionException, InterruptedException {
    vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router
        .route("/events")
        .handler(context ->
            events.join(context, Optional.ofNullable(context.request().getHeader("Last-Event-ID"))))
        .failureHandler(context -> Sender.send(context.request(), context.failure()));
    // as small a buffer as the kernel gives, so that a reader that stops is noticed soon
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setSendBufferSize(1))
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    port = server.actualPort();
  }

  @AfterEach
  void stop() throws ExecutionException, InterruptedException {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private EventReader reader(String lastEventId) throws IOException {
    EventReader reader = EventReader.open(port, "/events", lastEventId);
    assertThat(reader.status()).isEqualTo(200);
    return reader;
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void aReaderGetsTheStateAndThenWhatChangesIt() throws IOException {
    try (EventReader reader = reader("")) {
      EventReader.Event first = reader.next();
      assertThat(first.name()).isEqualTo("snapshot");
      assertThat(first.data()).isEqualTo(STATE);
      events.publish("progress", "{\"step\":1}");
      events.publish("ended", "{\"id\":\"a\"}");
      assertThat(List.of(reader.next(), reader.next()))
          .extracting(event -> event.name() + " " + event.data())
          .containsExactly("progress {\"step\":1}", "ended {\"id\":\"a\"}");
    }
  }

  @Test
  void aReaderThatComesBackGetsJustWhatItMissed() throws IOException {
    String seen;
    try (EventReader reader = reader("")) {
      reader.next();
      events.publish("progress", "1");
      seen = reader.next().id();
    }
    until(() -> events.open() == 0);
    for (int i = 2; i <= 50; i++) {
      events.publish("progress", String.valueOf(i));
    }
    try (EventReader reader = reader(seen)) {
      for (int i = 2; i <= 50; i++) {
        assertThat(reader.next().data()).isEqualTo(String.valueOf(i));
      }
      events.publish("progress", "51");
      assertThat(reader.next().data()).isEqualTo("51");
    }
  }

  @Test
  void anIdThatIsTooOldOrOfAnotherServerGetsTheState() throws IOException {
    String old;
    try (EventReader reader = reader("")) {
      old = reader.next().id();
    }
    for (int i = 1; i <= 2_000; i++) {
      events.publish("progress", String.valueOf(i));
    }
    for (String id : List.of(old, "0-3", "nonsense", old.replaceFirst("\\d+$", "999999"))) {
      try (EventReader reader = reader(id)) {
        EventReader.Event first = reader.next();
        assertThat(first.name()).as(id).isEqualTo("snapshot");
        assertThat(first.id()).endsWith("-2000");
      }
    }
  }

  @Test
  void aReaderThatDoesNotReadGetsTheStateInPlaceOfWhatItMissed() throws IOException {
    String text = "\"" + "x".repeat(10_000) + "\"";
    int count = 5_000;
    try (Socket slow = new Socket()) {
      slow.setReceiveBufferSize(4_096);
      slow.connect(new InetSocketAddress("127.0.0.1", port));
      String request = "GET /events HTTP/1.1\r\nHost: x\r\n\r\n";
      slow.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      until(() -> events.open() == 1);
      try (EventReader other = reader("")) { // proves that the server has sent all there is
        other.next();
        for (int i = 1; i <= count; i++) {
          events.publish("progress", text);
          if (i % 100 == 0) {
            while (!other.next().id().endsWith("-" + i)) {}
          }
        }
      }
      long bytes = readUntil(slow.getInputStream(), "-" + count + "\n");
      // 50 MB were published: it got what the buffers held, then the state
      assertThat(bytes).isLessThan(10_000_000);
    }
    until(() -> events.open() == 0);
  }

  /** Reads until an id ends so; how many bytes that took. */
  private static long readUntil(InputStream in, String end) throws IOException {
    Pattern id = Pattern.compile("id: \\S+" + Pattern.quote(end));
    byte[] block = new byte[1 << 16];
    String tail = "";
    long bytes = 0;
    while (true) {
      int read = in.read(block);
      assertThat(read).as("the stream ended").isPositive();
      bytes += read;
      String text = tail + new String(block, 0, read, StandardCharsets.ISO_8859_1);
      Matcher found = id.matcher(text);
      if (found.find()) {
        return bytes;
      }
      tail = text.substring(Math.max(0, text.length() - 100));
    }
  }

  @Test
  void manyReadersAllLearnEverythingInOrderAndLeaveNothingBehind() throws IOException {
    int count = 200;
    int published = 100;
    List<EventReader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        EventReader reader = reader("");
        readers.add(reader);
        assertThat(reader.next().name()).isEqualTo("snapshot");
      }
      assertThat(events.open()).isEqualTo(count);
      for (int i = 1; i <= published; i++) {
        events.publish("progress", String.valueOf(i));
      }
      for (EventReader reader : readers) {
        for (int i = 1; i <= published; i++) {
          assertThat(reader.next().data()).isEqualTo(String.valueOf(i));
        }
      }
    } finally {
      for (EventReader reader : readers) {
        reader.close();
      }
    }
    until(() -> events.open() == 0);
  }

  @Test
  void moreReadersThanAllowedAreToldSoUntilOneLeaves() throws IOException {
    List<EventReader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < MOST; i++) {
        readers.add(reader(""));
      }
      try (EventReader late = EventReader.open(port, "/events", "")) {
        assertThat(late.status()).isEqualTo(503);
      }
      readers.removeLast().close();
      until(() -> events.open() == MOST - 1);
      readers.add(reader(""));
    } finally {
      for (EventReader reader : readers) {
        reader.close();
      }
    }
  }
}
