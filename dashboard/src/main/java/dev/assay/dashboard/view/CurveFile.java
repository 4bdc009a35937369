package dev.assay.dashboard.view;

import dev.assay.store.LineLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Learning curves as they stand in {@code metrics.csv}: {@code step,examples,seconds,name,value}.
 */
public final class CurveFile {
  private static final int COLUMNS = 5;
  private static final long LARGEST = 128L << 20;

  private CurveFile() {}

  /** One point of a curve. */
  public record Point(long step, long examples, double seconds, double value) {}

  /**
   * A curve, parallel arrays.
   *
   * @param total points there are; those given may be fewer
   */
  public record Curve(
      String name, int total, long[] step, long[] examples, double[] seconds, double[] value) {}

  /** The curves of a run by name, each in order of steps; lines that are none are left out. */
  public static Map<String, List<Point>> read(Path file) throws IOException {
    Map<String, List<Point>> curves = new LinkedHashMap<>();
    if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
      return curves;
    }
    for (String line : LineLog.read(file)) {
      String[] cells = line.split(",", -1);
      if (cells.length == COLUMNS && !cells[0].equals("step")) {
        try {
          Point point = point(cells);
          if (Double.isFinite(point.value()) && Double.isFinite(point.seconds())) {
            curves.computeIfAbsent(cells[3], name -> new ArrayList<>()).add(point);
          }
        } catch (NumberFormatException e) {
          continue; // a line of something else
        }
      }
    }
    return curves;
  }

  private static Point point(String[] cells) {
    return new Point(
        Long.parseLong(cells[0]),
        Long.parseLong(cells[1]),
        Double.parseDouble(cells[2]),
        Double.parseDouble(cells[4]));
  }

  /** At most so many points; of each stretch the lowest and the highest, and both ends. */
  static Curve thinned(String name, List<Point> points, int most) {
    List<Point> kept = points.size() <= most ? points : extremes(points, most);
    return new Curve(
        name,
        points.size(),
        kept.stream().mapToLong(Point::step).toArray(),
        kept.stream().mapToLong(Point::examples).toArray(),
        kept.stream().mapToDouble(Point::seconds).toArray(),
        kept.stream().mapToDouble(Point::value).toArray());
  }

  private static List<Point> extremes(List<Point> points, int most) {
    List<Point> kept = new ArrayList<>();
    int stretches = (most - 2) / 2;
    int inner = points.size() - 2;
    kept.add(points.getFirst());
    for (int i = 0; i < stretches; i++) {
      int from = 1 + (int) ((long) inner * i / stretches);
      int to = 1 + (int) ((long) inner * (i + 1) / stretches);
      int low = from;
      int high = from;
      for (int j = from; j < to; j++) {
        low = points.get(j).value() < points.get(low).value() ? j : low;
        high = points.get(j).value() > points.get(high).value() ? j : high;
      }
      kept.add(points.get(Math.min(low, high)));
      if (low != high) {
        kept.add(points.get(Math.max(low, high)));
      }
    }
    kept.add(points.getLast());
    return kept;
  }
}
