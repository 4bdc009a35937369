package dev.assay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A text file that grows by whole lines while others read it. A process that dies may leave a part
 * of a line at the end: readers ignore it, and opening the log removes it.
 */
public final class LineLog implements AutoCloseable {
  private final FileChannel channel;

  private LineLog(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens the log for appending, after dropping the lines that {@code keep} refuses and any torn
   * last line.
   */
  public static LineLog open(Path file, Predicate<String> keep) throws IOException {
    List<String> lines = read(file);
    List<String> kept = lines.stream().filter(keep).toList();
    String text = kept.isEmpty() ? "" : String.join("\n", kept) + "\n";
    AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    return new LineLog(FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
  }

  /** All whole lines; none if there is no such file. */
  public static List<String> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      lines.add(text.substring(from, to));
      from = to + 1;
    }
    return lines;
  }

  /** Appends one line by one write. */
  public synchronized void append(String line) throws IOException {
    if (line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a line must not contain a line break: " + line);
    }
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
