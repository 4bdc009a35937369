package dev.assay.dashboard.view;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of a board; see {@code openapi.yaml}. */
public record BoardRow(
    String id,
    @Nullable Integer rank,
    @Nullable String reference,
    String model,
    String params,
    String sampler,
    String family,
    String backend,
    String device,
    String precision,
    String experiment,
    double value,
    @Nullable Double sd,
    @Nullable Double low,
    @Nullable Double high,
    int seeds,
    int failed,
    long n,
    List<Flag> flags,
    Map<String, @Nullable Double> measures,
    List<Seed> runs) {
  /** Something a reader should know of the row. */
  public record Flag(String id, String text) {}

  /** A run behind the row. */
  public record Seed(
      String id, long seed, double value, @Nullable Double low, @Nullable Double high) {}

  /** The settings of model and sampler. */
  String settings() {
    return (params + " " + sampler).strip();
  }

  boolean has(List<String> words) {
    String text =
        String.join(" ", experiment, model, params, sampler, family, backend, precision)
            .toLowerCase(Locale.ROOT);
    return words.stream().allMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
  }
}
