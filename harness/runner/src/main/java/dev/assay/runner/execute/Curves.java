package dev.assay.runner.execute;

import dev.assay.store.LineLog;
import dev.assay.store.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Learning curves: {@code metrics.csv}, one row for each step shown and name. */
public final class Curves implements AutoCloseable {
  private static final String HEADER = "step,examples,seconds,name,value";

  /** Steps up to this are all shown. */
  private static final long ALL = 50;

  private final LineLog log;

  private Curves(LineLog log) {
    this.log = log;
  }

  /**
   * One point of a curve.
   *
   * @param seconds of training
   * @param name such as {@code train.loss}, {@code valid.exact}
   */
  public record Point(long step, long examples, double seconds, String name, double value) {}

  /**
   * Opens for appending; what lies after {@code step}, the one training goes on from, is dropped.
   */
  static Curves open(RunFolder folder, long step) throws IOException {
    LineLog log = LineLog.open(folder.curves(), line -> keep(line, step));
    if (LineLog.read(folder.curves()).isEmpty()) {
      log.append(HEADER);
    }
    return new Curves(log);
  }

  /** The points of a run, in order of writing; none if there are no curves yet. */
  public static List<Point> read(Path file) throws IOException {
    List<Point> points = new ArrayList<>();
    for (String line : LineLog.read(file)) {
      String[] cells = line.split(",", -1);
      if (cells.length == 5 && !line.equals(HEADER)) {
        points.add(
            new Point(
                Long.parseLong(cells[0]),
                Long.parseLong(cells[1]),
                Double.parseDouble(cells[2]),
                cells[3],
                Double.parseDouble(cells[4])));
      }
    }
    return points;
  }

  /**
   * Whether a step gets rows: the first 50, then ever fewer, about 110 in each tenfold. Depends on
   * the step alone, so that a resumed run shows the same ones.
   */
  static boolean shows(long step) {
    return step % spacing(step) == 0;
  }

  /** From one step that is shown to the next, around {@code step}; a power of two. */
  static long spacing(long step) {
    long spacing = 1;
    for (long reach = ALL; step > reach * 2; reach *= 2) {
      spacing *= 2;
    }
    return spacing;
  }

  void add(Point point) throws IOException {
    if (Double.isFinite(point.value())) {
      log.append(
          point.step()
              + ","
              + point.examples()
              + ","
              + point.seconds()
              + ","
              + point.name()
              + ","
              + point.value());
    }
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private static boolean keep(String line, long step) {
    int comma = line.indexOf(',');
    if (line.equals(HEADER)) {
      return true;
    }
    return comma > 0
        && line.substring(0, comma).matches("\\d{1,18}")
        && Long.parseLong(line.substring(0, comma)) <= step;
  }
}
