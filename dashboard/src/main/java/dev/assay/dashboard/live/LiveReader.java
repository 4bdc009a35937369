package dev.assay.dashboard.live;

import dev.assay.dashboard.index.RunRow;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how far a run is from the end of its curves. */
final class LiveReader {
  private static final int TAIL_BYTES = 16 << 10;
  private static final String LOSS = "train.loss";

  /** A run is cut off if nobody holds its lock and nothing was written for this long. */
  private static final Duration SILENCE = Duration.ofSeconds(120);

  private final Path root;

  /** Budgets of runs that were read already; they never change. */
  private final Map<String, Map<?, ?>> budgets = new HashMap<>();

  LiveReader(Path root) {
    this.root = root;
  }

  private record Point(long step, long examples, double seconds, String name, double value) {}

  LiveRun read(RunRow run, Locks locks) throws IOException {
    RunFolder folder = new RunFolder(root.resolve(run.folder()));
    List<Point> tail = tail(folder.curves());
    Point last = tail.isEmpty() ? null : tail.getLast();
    Point shown = tail.stream().filter(p -> p.name().equals(LOSS)).reduce((a, b) -> b).orElse(last);
    Optional<Instant> updated = updated(folder);
    boolean silent = updated.isPresent() && updated.get().isBefore(Instant.now().minus(SILENCE));
    boolean stalled = silent && !locks.isHeld(folder.path().resolve(".lock"));
    double[] rates = stalled ? new double[0] : rates(tail);
    Double fraction = last == null ? null : fraction(run, folder, last);
    return new LiveRun(
        run.id(),
        run.run(),
        run.experiment(),
        run.model(),
        run.params(),
        run.family(),
        run.dataset(),
        run.backend(),
        run.precision(),
        run.trainSeed(),
        last == null ? 0 : last.step(),
        last == null ? 0 : last.examples(),
        last == null ? 0 : last.seconds(),
        shown == null ? null : shown.name(),
        shown == null ? null : shown.value(),
        rates.length == 0 ? null : rates[0],
        rates.length == 0 ? null : rates[1],
        fraction,
        stalled || last == null || fraction == null || fraction <= 0
            ? null
            : last.seconds() * (1 - fraction) / fraction,
        run.started(),
        updated.map(Instant::toString).orElse(null),
        stalled);
  }

  /** Forgets runs that have ended. */
  void keep(java.util.Set<String> running) {
    budgets.keySet().retainAll(running);
  }

  /** Updates and examples per second over the stretch that was read. */
  private static double[] rates(List<Point> tail) {
    if (tail.size() < 2) {
      return new double[0];
    }
    Point first = tail.getFirst();
    Point last = tail.getLast();
    double seconds = last.seconds() - first.seconds();
    return seconds > 0
        ? new double[] {
          (last.step() - first.step()) / seconds, (last.examples() - first.examples()) / seconds
        }
        : new double[0];
  }

  /** Budgets end at whichever comes first; epochs cannot be told in examples from here. */
  private @Nullable Double fraction(RunRow run, RunFolder folder, Point last) throws IOException {
    Map<?, ?> budget = budgets.get(run.id());
    if (budget == null) {
      budget = folder.read().map(LiveReader::budget).orElse(Map.of());
      budgets.put(run.id(), budget);
    }
    double fraction = -1;
    if (budget.get("steps") instanceof Number steps && steps.doubleValue() > 0) {
      fraction = Math.max(fraction, last.step() / steps.doubleValue());
    }
    if (budget.get("wall") instanceof Number wall && wall.doubleValue() > 0) {
      fraction = Math.max(fraction, last.seconds() / wall.doubleValue());
    }
    boolean epochs = budget.containsKey("epochs") && !budget.containsKey("steps");
    return fraction < 0 || epochs ? null : Math.min(1, fraction);
  }

  private static Map<?, ?> budget(RunRecord record) {
    return record.config().get("budget") instanceof Map<?, ?> map ? map : Map.of();
  }

  private static Optional<Instant> updated(RunFolder folder) throws IOException {
    Instant latest = null;
    for (Path file : List.of(folder.curves(), folder.events(), folder.recordFile())) {
      if (Files.isRegularFile(file)) {
        Instant time = Files.getLastModifiedTime(file).toInstant();
        latest = latest == null || time.isAfter(latest) ? time : latest;
      }
    }
    return Optional.ofNullable(latest);
  }

  /** The points of the last lines; what there is of cut ones at either end is left out. */
  private static List<Point> tail(Path file) throws IOException {
    List<Point> points = new ArrayList<>();
    if (!Files.isRegularFile(file)) {
      return points;
    }
    byte[] bytes;
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      int size = (int) Math.min(TAIL_BYTES, in.length());
      bytes = new byte[size];
      in.seek(in.length() - size);
      in.readFully(bytes);
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    int begin = text.indexOf('\n') + 1; // after the header, or what is left of a line
    int end = text.lastIndexOf('\n') + 1;
    for (String line : text.substring(begin, end).split("\n")) {
      String[] cells = line.split(",", -1);
      if (cells.length == 5) {
        try {
          points.add(
              new Point(
                  Long.parseLong(cells[0]),
                  Long.parseLong(cells[1]),
                  Double.parseDouble(cells[2]),
                  cells[3],
                  Double.parseDouble(cells[4])));
        } catch (NumberFormatException e) {
          continue; // a line in the making
        }
      }
    }
    return points;
  }
}
