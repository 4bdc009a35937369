package dev.assay.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of one run: the content of {@code run.json}.
 *
 * @param schema version of this format, {@link #SCHEMA}
 * @param run id, the name of the run's folder
 * @param training id of the training; runs of equal training differ in samplers or scores only
 * @param experiment display name
 * @param reason why the status is not {@code DONE}; empty if it is
 * @param config everything that determines the result, as plain values
 * @param role what it stands for; a model where the file does not say
 * @param flags whose samples are not ranked, and why; none where the file does not say
 * @param provenance where and with what it was made, ordered
 * @param hashes SHA-256 by what it is of: {@code data}, {@code state}, {@code samples/…}, {@code
 *     scores}
 */
public record RunRecord(
    int schema,
    String run,
    String training,
    String experiment,
    RunStatus status,
    String reason,
    Subject subject,
    Progress progress,
    List<MetricRow> metrics,
    Map<String, String> hashes,
    Map<String, String> provenance,
    Map<String, Object> config,
    Role role,
    List<Flag> flags) {
  /** The version that this code writes and reads. */
  public static final int SCHEMA = 1;

  public RunRecord {
    role = Objects.requireNonNullElse(role, Role.MODEL);
    flags = List.copyOf(Objects.requireNonNullElse(flags, List.of()));
    metrics = List.copyOf(metrics);
    hashes = Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
  }

  /** A model's run without flags. */
  public RunRecord(
      int schema,
      String run,
      String training,
      String experiment,
      RunStatus status,
      String reason,
      Subject subject,
      Progress progress,
      List<MetricRow> metrics,
      Map<String, String> hashes,
      Map<String, String> provenance,
      Map<String, Object> config) {
    this(
        schema,
        run,
        training,
        experiment,
        status,
        reason,
        subject,
        progress,
        metrics,
        hashes,
        provenance,
        config,
        Role.MODEL,
        List.of());
  }

  /** The same with flags. */
  public RunRecord withFlags(List<Flag> found) {
    return new RunRecord(
        schema,
        run,
        training,
        experiment,
        status,
        reason,
        subject,
        progress,
        metrics,
        hashes,
        provenance,
        config,
        role,
        found);
  }

  /** Why a number of this run has no rank. */
  public Optional<Flag> flag(MetricRow row) {
    ComparabilityKey key = ComparabilityKey.of(this, row);
    return key.isLikelihood() || key.isMeasured()
        ? Optional.empty()
        : flags.stream().filter(flag -> flag.sampler().equals(row.sampler())).findFirst();
  }

  /**
   * What was run: the columns that stand before the numbers in {@code results.csv}.
   *
   * @param model name in the experiment
   * @param split what scores and samples are compared with, such as {@code test}
   * @param device such as a processor's name
   * @param params settings that differ from their defaults, such as {@code latent=8 beta=4.0}
   */
  public record Subject(
      String model,
      String family,
      String dataset,
      String split,
      String backend,
      String device,
      String precision,
      long trainSeed,
      long sampleSeed,
      String params) {}

  /**
   * How far training came.
   *
   * @param examples training examples used
   * @param seconds spent in training updates
   * @param resumed how often training went on from a checkpoint
   */
  public record Progress(long steps, long examples, double seconds, int resumed) {
    public static Progress none() {
      return new Progress(0, 0, 0, 0);
    }
  }
}
