package dev.assay.bench;

import dev.assay.bench.compare.Block;
import dev.assay.bench.compare.Duel;
import dev.assay.bench.compare.Ratio;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Steps as text, CSV and JSON. */
final class StepReport {
  private final Peaks peaks;

  /**
   * @param peaks which shares refer to
   */
  StepReport(Peaks peaks) {
    this.peaks = peaks;
  }

  /** A few lines for people. */
  String text(Duel duel) {
    double seconds = duel.oursSeconds();
    StringBuilder text = new StringBuilder();
    text.append(duel.step().id()).append(": ").append(duel.step().description()).append('\n');
    text.append("  assay  ")
        .append(speed(duel, seconds))
        .append("; ")
        .append(Peaks.share(duel.cost().flops() / seconds / 1e9, peaks.gigaflops(), "GFLOP/s"))
        .append(", ")
        .append(Peaks.share(duel.cost().bytes() / seconds / 1e9, peaks.gigabytes(), "GB/s"))
        .append("; heap ")
        .append(Numbers.three(duel.heapBytes() / 1e3))
        .append(" kB a step\n");
    Ratio ratio = duel.ratio();
    if (ratio != null) {
      text.append("  torch  ").append(speed(duel, duel.peerSeconds())).append('\n');
      text.append(
          String.format(
              Locale.ROOT,
              "  ratio  %.2f [%.2f, %.2f] of %d pairs of blocks%s%n",
              ratio.median(),
              ratio.low(),
              ratio.high(),
              ratio.pairs(),
              ratio.alike() ? "" : ", of any placement"));
    }
    return text.append(placements(duel)).toString();
  }

  private static String speed(Duel duel, double seconds) {
    return Numbers.three(1e3 * seconds)
        + " ms/step, "
        + Numbers.three(duel.cost().items() / seconds)
        + " "
        + duel.step().unit()
        + "/s";
  }

  private static String placements(Duel duel) {
    long far = duel.count(Block.Placement.FAR);
    long mixed = duel.count(Block.Placement.MIXED);
    return far + mixed == 0
        ? ""
        : "  cores  near in %d blocks, far in %d, moved in %d%n"
            .formatted(duel.count(Block.Placement.NEAR), far, mixed);
  }

  /** A header and a line per step. */
  static String csv(List<Duel> duels) {
    String header = Column.ALL.stream().map(Column::name).collect(Collectors.joining(","));
    return duels.stream()
        .map(duel ->
            Column.ALL.stream()
                .map(column -> plain(column.value().apply(duel), ""))
                .collect(Collectors.joining(",")))
        .collect(Collectors.joining("\n", header + "\n", "\n"));
  }

  /** An array of objects. */
  static String json(List<Duel> duels) {
    return duels.stream()
        .map(duel ->
            Column.ALL.stream()
                .map(column -> "\"" + column.name() + "\": " + json(column, duel))
                .collect(Collectors.joining(",\n    ", "  {\n    ", "\n  }")))
        .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private static String json(Column column, Duel duel) {
    Object value = column.value().apply(duel);
    return value instanceof String word ? "\"" + word + "\"" : plain(value, "null");
  }

  private static String plain(Object value, String missing) {
    return value instanceof Double number && number.isNaN() ? missing : value.toString();
  }
}
