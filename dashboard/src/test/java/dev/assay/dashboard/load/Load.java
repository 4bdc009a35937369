package dev.assay.dashboard.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Readers of a server: so many requests a second, whether answers come or not, and streams of
 * events of which some are never read.
 *
 * @param paths asked for in turn
 * @param rate requests a second over all connections
 * @param streams of events
 * @param silent how many of those nobody reads
 */
record Load(int port, List<String> paths, int connections, int rate, int streams, int silent) {

  /**
   * What came of it.
   *
   * @param millis from when each request was due to the end of its answer, sorted
   * @param events that all readers got
   * @param errors what went wrong, in words
   */
  record Report(double[] millis, long events, List<String> errors) {
    double quantile(double share) {
      return millis.length == 0
          ? 0
          : millis[(int) Math.min(millis.length - 1, millis.length * share)];
    }
  }

  /** Runs for a time; the server must be up. */
  Report run(Duration time) throws IOException, InterruptedException {
    Queue<String> errors = new ConcurrentLinkedQueue<>();
    AtomicLong events = new AtomicLong();
    List<Socket> open = new ArrayList<>();
    List<Thread> readers = new ArrayList<>();
    double[][] millis = new double[connections][];
    try {
      for (int i = 0; i < streams; i++) {
        Socket stream = connect(i < silent ? 4_096 : 0);
        open.add(stream);
        send(stream, "/api/v1/events");
        if (i >= silent) {
          readers.add(Thread.startVirtualThread(() -> follow(stream, events, errors)));
        }
      }
      long start = System.nanoTime();
      List<Thread> askers = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int number = i;
        askers.add(
            Thread.startVirtualThread(
                () -> millis[number] = ask(number, start, time.toNanos(), errors)));
      }
      for (Thread asker : askers) {
        asker.join();
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
      for (Thread reader : readers) {
        reader.join();
      }
    }
    double[] all = Arrays.stream(millis).flatMapToDouble(Arrays::stream).sorted().toArray();
    return new Report(all, events.get(), List.copyOf(errors));
  }

  private Socket connect(int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    return socket;
  }

  private static void send(Socket socket, String path) throws IOException {
    String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
  }

  /** Counts the events of a stream until somebody closes it. */
  private static void follow(Socket stream, AtomicLong events, Queue<String> errors) {
    byte[] block = new byte[8_192];
    byte[] mark = "\nevent:".getBytes(StandardCharsets.US_ASCII);
    int matched = 0;
    try (InputStream in = stream.getInputStream()) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        for (int i = 0; i < read; i++) {
          matched = block[i] == mark[matched] ? matched + 1 : block[i] == mark[0] ? 1 : 0;
          if (matched == mark.length) {
            events.incrementAndGet();
            matched = 0;
          }
        }
      }
      errors.add("the server closed a stream");
    } catch (IOException e) {
      if (!stream.isClosed()) {
        errors.add("stream: " + e.getMessage());
      }
    }
  }

  /** One connection's share of the requests; those that are late are sent at once. */
  private double[] ask(int number, long start, long length, Queue<String> errors) {
    double step = 1e9 * connections / rate;
    int count = (int) (length / step);
    double[] millis = new double[count];
    int done = 0;
    try (Socket socket = connect(0)) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
      for (int i = 0; i < count; i++) {
        long due = start + (long) ((i + (double) number / connections) * step);
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        send(socket, paths.get((number + i * 7) % paths.size()));
        answer(in, errors);
        millis[done++] = (System.nanoTime() - due) / 1e6;
      }
    } catch (IOException e) {
      errors.add("request: " + e);
    }
    return Arrays.copyOf(millis, done);
  }

  /** Reads one answer to its end. */
  private static void answer(InputStream in, Queue<String> errors) throws IOException {
    String status = line(in);
    if (!status.startsWith("HTTP/1.1 200 ")) {
      errors.add(status);
    }
    long length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Long.parseLong(header.substring(15).strip());
      }
    }
    in.skipNBytes(length);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
