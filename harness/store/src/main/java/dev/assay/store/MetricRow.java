package dev.assay.store;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One number of a run.
 *
 * @param sampler settings of the sampler that differ from its defaults; empty where sampling plays
 *     no part, and for the default sampler
 * @param metric such as {@code nll}
 * @param kind what it may be compared with, such as {@code exact/mass} or {@code measured}
 * @param direction {@code lower}, {@code higher} or {@code none}
 * @param value finite
 * @param low lower end of the 95 % interval over test items or samples; null if there is none
 * @param high upper end; null if there is none
 * @param n items behind the value
 * @param signature how it was made
 */
public record MetricRow(
    String sampler,
    String metric,
    String kind,
    String direction,
    double value,
    @Nullable Double low,
    @Nullable Double high,
    long n,
    String unit,
    String signature) {
  public MetricRow {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(metric + " is " + value + ", which is no number");
    }
  }

  /** The value of a {@code key:value} part of the signature. */
  public Optional<String> signaturePart(String key) {
    return signaturePart(signature, key);
  }

  /** The value of a {@code key:value} part of a signature. */
  public static Optional<String> signaturePart(String signature, String key) {
    return Arrays.stream(signature.split("\\|"))
        .filter(part -> part.startsWith(key + ":"))
        .map(part -> part.substring(key.length() + 1))
        .findFirst();
  }
}
