package dev.assay.store;

import java.util.Optional;

/**
 * One row of {@code results.csv}.
 *
 * @param subject its {@code params} include those of the sampler where sampling plays a part
 * @param value empty for a run without numbers
 */
public record ResultRow(
    String experiment,
    String run,
    RunStatus status,
    RunRecord.Subject subject,
    Optional<Value> value) {
  /** The kind of rows that hold a SHA-256 as their signature, in place of a value. */
  public static final String HASH = "hash";

  /** The kind of rows that hold a word about a run as their signature, in place of a value. */
  public static final String FACT = "fact";

  /** The fact that is equal where times compare; see {@link MachineClass}. */
  public static final String SPEED = "machine.speed";

  /** The fact that is equal where the same bits are promised. */
  public static final String BITS = "machine.bits";

  /**
   * A number as a table has it, which another program may have written.
   *
   * @param value NaN where there is none
   * @param low NaN where there is no interval
   * @param high NaN where there is no interval
   */
  public record Value(
      String metric,
      String kind,
      String direction,
      double value,
      double low,
      double high,
      long n,
      String unit,
      String signature) {
    static Value of(MetricRow row) {
      return new Value(
          row.metric(),
          row.kind(),
          row.direction(),
          row.value(),
          row.low() == null ? Double.NaN : row.low(),
          row.high() == null ? Double.NaN : row.high(),
          row.n(),
          row.unit(),
          row.signature());
    }

    static Value ofHash(String what, String sha256) {
      return new Value(
          "hash." + what, HASH, "none", Double.NaN, Double.NaN, Double.NaN, 1, "sha256", sha256);
    }

    static Value ofFact(String name, String words) {
      return new Value(name, FACT, "none", Double.NaN, Double.NaN, Double.NaN, 1, "", words);
    }

    /** Whether it is a SHA-256. */
    public boolean isHash() {
      return kind.equals(HASH);
    }

    /** Whether it is a word about the run. */
    public boolean isFact() {
      return kind.equals(FACT);
    }
  }
}
