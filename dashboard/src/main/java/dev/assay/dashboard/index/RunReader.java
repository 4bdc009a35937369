package dev.assay.dashboard.index;

import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Reads runs, or tables of runs, as they are put into the index. */
final class RunReader {
  private final Path root;

  /**
   * @param root the results folder
   */
  RunReader(Path root) {
    this.root = root;
  }

  /** What came of reading a run, or a table of runs. */
  record Read(String folder, String stamp, List<Entry> entries, Optional<String> damage) {}

  Read run(String folder, String stamp) {
    RunFolder run = new RunFolder(root.resolve(folder));
    try {
      Optional<RunRecord> record = run.read();
      if (record.isEmpty()) {
        return new Read(folder, stamp, List.of(), Optional.empty());
      }
      String place = Scan.place(folder);
      boolean uploaded = (place + "/").startsWith(Indexer.UPLOADS + "/");
      Entry entry =
          new Entry(
              Names.id(record.get().run(), place),
              place,
              folder,
              stamp,
              uploaded ? "upload" : "folder",
              started(run.events()),
              Optional.of(updated(stamp)),
              record.get());
      return new Read(folder, stamp, List.of(entry), Optional.empty());
    } catch (IOException | RuntimeException e) {
      return new Read(folder, stamp, List.of(), Optional.of(message(folder, e)));
    }
  }

  Read table(String folder, String stamp) {
    try {
      List<Entry> entries = new ArrayList<>();
      for (RunRecord record : KeptTable.read(root.resolve(folder).resolve("results.csv"))) {
        entries.add(
            new Entry(
                Names.id(record.run(), folder + "#table"),
                folder,
                folder,
                stamp,
                "table",
                Optional.empty(),
                Optional.of(updated(stamp)),
                record));
      }
      return new Read(folder, stamp, entries, Optional.empty());
    } catch (IOException | RuntimeException e) {
      return new Read(folder, stamp, List.of(), Optional.of(message(folder, e)));
    }
  }

  private static String message(String folder, Exception e) {
    String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return folder
        + ": "
        + (e instanceof RuntimeException ? e.getClass().getSimpleName() + " " : "")
        + what;
  }

  private static String updated(String stamp) {
    long nanos = Long.parseLong(stamp.substring(0, stamp.indexOf(':')));
    return Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(nanos)).toString();
  }

  /** The time of the first event, without reading the rest. */
  private static Optional<String> started(Path events) throws IOException {
    try (InputStream in = Files.newInputStream(events)) {
      byte[] start = new byte[64];
      int read = Math.max(0, in.read(start));
      return time(new String(start, 0, read, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> time(String line) {
    String key = "\"time\":\"";
    int from = line.indexOf(key);
    int to = from < 0 ? -1 : line.indexOf('"', from + key.length());
    if (to < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(line.substring(from + key.length(), to)).toString());
    } catch (java.time.DateTimeException e) {
      return Optional.empty();
    }
  }
}
