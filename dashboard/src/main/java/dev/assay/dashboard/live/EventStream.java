package dev.assay.dashboard.live;

import dev.assay.dashboard.problem.Problem;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Server-sent events to many readers. Events are kept once, in a ring: a reader whose connection is
 * full is left alone until it has drained, then gets what it missed, or a snapshot if that is no
 * longer in the ring.
 */
public final class EventStream {
  private static final int RING = 1024;

  /** Beyond this many missed events a snapshot is shorter. */
  private static final int WORTH_REPLAYING = 256;

  private static final int QUEUE_BYTES = 32 << 10;
  private static final long HEARTBEAT_NANOS = 15_000_000_000L;

  /** A reader that takes nothing for so long is gone. */
  private static final long DEAD_NANOS = 300_000_000_000L;

  private static final Buffer NOTHING = Buffer.buffer();
  private static final Buffer HEARTBEAT = Buffer.buffer(": still here\n\n");

  private final String epoch = Long.toString(System.currentTimeMillis(), 36);
  private final ArrayDeque<Event> ring = new ArrayDeque<>();
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger open = new AtomicInteger();
  private final int most;
  private final Supplier<String> snapshot;
  private long sequence;

  /** What was sent last to one that is up to date: the next one to be sent it most likely too. */
  private Frames latest = new Frames(0, 0, NOTHING);

  private record Event(long sequence, Buffer text) {}

  /** The events after {@code sent} up to {@code last}, as they are written. */
  private record Frames(long sent, long last, Buffer text) {}

  /**
   * @param most readers at once
   * @param snapshot the state that events change, as JSON
   */
  public EventStream(int most, Supplier<String> snapshot) {
    this.most = most;
    this.snapshot = snapshot;
  }

  /** Used on its own event loop alone, but for {@code woken}. */
  private static final class Reader {
    private final Context loop;
    private final HttpServerResponse response;

    /** Whether it will look for events anyway, so that a loop that lags gets no queue of calls. */
    private final AtomicBoolean woken = new AtomicBoolean();

    private long sent;
    private long lastWrite = System.nanoTime();

    private Reader(Context loop, HttpServerResponse response, long sent) {
      this.loop = loop;
      this.response = response;
      this.sent = sent;
    }
  }

  /** Readers connected now. */
  public int open() {
    return readers.size();
  }

  /** Tells all readers. */
  public void publish(String event, String json) {
    publish(event, List.of(json));
  }

  /** Tells all readers of several events of one name at once. */
  public void publish(String event, List<String> jsons) {
    synchronized (this) {
      for (String json : jsons) {
        sequence++;
        ring.addLast(new Event(sequence, text(sequence, event, json)));
        if (ring.size() > RING) {
          ring.removeFirst();
        }
      }
    }
    for (Reader reader : readers) {
      if (reader.woken.compareAndSet(false, true)) {
        reader.loop.runOnContext(nothing -> {
          reader.woken.set(false);
          advance(reader);
        });
      }
    }
  }

  /** Sends what keeps connections open, and closes those that nobody reads. */
  public void heartbeat() {
    long now = System.nanoTime();
    for (Reader reader : readers) {
      reader.loop.runOnContext(nothing -> beat(reader, now));
    }
  }

  private static void beat(Reader reader, long now) {
    long idle = now - reader.lastWrite;
    if (reader.response.writeQueueFull()) {
      if (idle > DEAD_NANOS) {
        reader.response.reset();
      }
    } else if (idle > HEARTBEAT_NANOS) {
      write(reader, HEARTBEAT);
    }
  }

  /**
   * Answers a request with the stream.
   *
   * @param lastEventId what the reader has seen last
   */
  public void join(RoutingContext request, Optional<String> lastEventId) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      throw Problem.of(
              503, "too-many-streams", "Too many streams", most + " readers follow events already")
          .refuse();
    }
    HttpServerResponse response = request.response();
    response
        .setChunked(true)
        .setWriteQueueMaxSize(QUEUE_BYTES)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no");
    Reader reader = new Reader(request.vertx().getOrCreateContext(), response, seen(lastEventId));
    readers.add(reader);
    response.closeHandler(nothing -> {
      if (readers.remove(reader)) {
        open.decrementAndGet();
      }
    });
    response.exceptionHandler(e -> {});
    response.drainHandler(nothing -> advance(reader));
    if (reader.sent >= 0) {
      write(reader, HEARTBEAT);
    }
    advance(reader);
  }

  /** The sequence number of an id of this server; −1 if it is none or too old. */
  private synchronized long seen(Optional<String> lastEventId) {
    String prefix = epoch + "-";
    if (lastEventId.isEmpty() || !lastEventId.get().matches(prefix + "\\d{1,15}")) {
      return -1;
    }
    long seen = Long.parseLong(lastEventId.get().substring(prefix.length()));
    long oldest = ring.isEmpty() ? sequence + 1 : ring.getFirst().sequence();
    return seen <= sequence && seen >= oldest - 1 ? seen : -1;
  }

  /** Writes what a reader has not seen, until its connection is full; it goes on when drained. */
  private void advance(Reader reader) {
    if (reader.response.closed() || reader.response.ended()) {
      return;
    }
    while (!reader.response.writeQueueFull()) {
      Frames next = after(reader.sent);
      if (next.last() == reader.sent) {
        return;
      }
      write(reader, next.text());
      reader.sent = next.last();
    }
  }

  /**
   * The events after one, no more than a queue takes; the state if some are gone or there are too
   * many. Readers that have seen the same share what is written.
   */
  private synchronized Frames after(long sent) {
    if (sent == sequence) {
      return new Frames(sent, sent, NOTHING);
    }
    if (latest.sent() == sent && latest.last() == sequence) {
      return latest;
    }
    if (sent < 0 || sequence - sent > Math.min(WORTH_REPLAYING, ring.size())) {
      return new Frames(sent, sequence, text(sequence, "snapshot", snapshot.get()));
    }
    Buffer text = Buffer.buffer();
    long last = sent;
    for (Event event : missed(sent)) {
      if (text.length() > 0 && text.length() + event.text().length() > QUEUE_BYTES) {
        break;
      }
      text.appendBuffer(event.text());
      last = event.sequence();
    }
    latest = new Frames(sent, last, text);
    return latest;
  }

  private List<Event> missed(long sent) {
    List<Event> missed = new ArrayList<>();
    Iterator<Event> backwards = ring.descendingIterator();
    while (backwards.hasNext()) {
      Event event = backwards.next();
      if (event.sequence() <= sent) {
        break;
      }
      missed.addFirst(event);
    }
    return missed;
  }

  private static void write(Reader reader, Buffer text) {
    reader.lastWrite = System.nanoTime();
    reader.response.write(text);
  }

  private Buffer text(long number, String event, String json) {
    return Buffer.buffer(
        "id: " + epoch + "-" + number + "\nevent: " + event + "\ndata: " + json + "\n\n");
  }
}
