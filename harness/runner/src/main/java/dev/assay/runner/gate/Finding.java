package dev.assay.runner.gate;

import dev.assay.store.MetricRow;
import java.util.Optional;

/**
 * What was found about one number of one entrant, or about the entrant as a whole.
 *
 * @param metric {@link #RUN} where it is about the runs themselves
 * @param signature what numbers must agree in to compare; empty for hashes and counts
 * @param exact whether equality was demanded
 * @param baseline mean over repeats; NaN if there is none
 * @param candidate mean over repeats; NaN if there is none
 * @param test empty where nothing was tested
 * @param reason in words: why the verdict is what it is
 */
public record Finding(
    Entrant entrant,
    String metric,
    String kind,
    String unit,
    String signature,
    boolean exact,
    Verdict verdict,
    double baseline,
    double candidate,
    Optional<Test> test,
    String reason) {
  /** In place of a metric. */
  public static final String RUN = "run";

  /** Metric, kind, and the method that tells bounds apart: {@code nll lower_bound/mass iwae}. */
  public String title() {
    String method =
        MetricRow.signaturePart(signature, "method")
            .filter(name -> !kind.startsWith(name))
            .map(name -> " " + name)
            .orElse("");
    return (metric + " " + kind).strip() + method;
  }

  /**
   * A tested change; positive is worse.
   *
   * @param ratio whether the numbers are parts of the baseline, such as 0.05 for five percent more
   *     time, and not differences in the metric's unit
   * @param low lower end of the interval
   * @param high upper end
   * @param margin tolerated
   * @param p one-sided, of a worsening, adjusted by Holm over all that is gated
   * @param repeats behind it
   */
  public record Test(
      boolean ratio,
      double worsening,
      double low,
      double high,
      double margin,
      double p,
      int repeats) {}

  /** What is compared: everything but the seeds. */
  public record Entrant(
      String experiment,
      String dataset,
      String split,
      String model,
      String params,
      String backend,
      String precision) {
    /** Such as {@code vae latent=4 on uci-digits, cpu}. */
    public String label() {
      return (model + " " + params).strip()
          + (dataset.isEmpty() ? "" : " on " + dataset)
          + (backend.isEmpty() ? "" : ", " + backend)
          + (precision.isEmpty() || precision.equals("fp32") ? "" : " " + precision);
    }
  }
}
