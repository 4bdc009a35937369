package dev.assay.bench.steps;

import dev.assay.bench.steps.Gpt.Size;
import java.util.List;

/** The steps that can be timed. */
public final class Steps {
  private static final List<Step> ALL =
      List.of(
          new Step(
              "gpt-shakespeare-cpu",
              "tokens",
              "GPT, 4 layers, 4 heads, width 128, context 64, batch 12, AdamW",
              (backend, random) -> Gpt.training(backend, random, new Size(4, 4, 128, 64), 12)),
          new Step(
              "gpt-medium",
              "tokens",
              "GPT, 6 layers, 6 heads, width 384, context 256, batch 8, AdamW",
              (backend, random) -> Gpt.training(backend, random, new Size(6, 6, 384, 256), 8)),
          new Step(
              "vae-mlp",
              "examples",
              "VAE 784-400-20-400-784, batch 128, Adam",
              (backend, random) -> Vae.training(backend, random, 128)),
          new Step(
              "realnvp-toy-d2",
              "examples",
              "8 affine couplings of 128-128 networks, 2 columns, batch 256, Adam",
              (backend, random) -> RealNvp.training(backend, random, 2, 256)),
          new Step(
              "realnvp-toy-d64",
              "examples",
              "8 affine couplings of 128-128 networks, 64 columns, batch 256, Adam",
              (backend, random) -> RealNvp.training(backend, random, 64, 256)));

  private Steps() {}

  /** All steps. */
  public static List<Step> all() {
    return ALL;
  }

  /** All names. */
  public static List<String> ids() {
    return ALL.stream().map(Step::id).toList();
  }

  /**
   * @throws IllegalArgumentException if there is none of this name; the message lists those there
   *     are
   */
  public static Step of(String id) {
    return ALL.stream()
        .filter(step -> step.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no step '" + id + "'; choices: " + String.join(", ", ids())));
  }
}
