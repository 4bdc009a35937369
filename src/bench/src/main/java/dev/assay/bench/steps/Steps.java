package dev.assay.bench.steps;

import dev.assay.bench.steps.GptNetwork.Size;
import java.util.List;
import java.util.stream.Stream;

/** The steps that can be timed: of training, of sampling, and single operations. */
public final class Steps {
  private static final Size SMALL = new Size(4, 4, 128, 64);
  private static final Size MEDIUM = new Size(6, 6, 384, 256);

  private static final List<Step> TRAINING =
      List.of(
          new Step(
              "gpt-shakespeare-cpu",
              "tokens",
              "GPT, 4 layers, 4 heads, width 128, context 64, batch 12, AdamW",
              (backend, random) -> Gpt.training(backend, random, SMALL, 12)),
          new Step(
              "gpt-medium",
              "tokens",
              "GPT, 6 layers, 6 heads, width 384, context 256, batch 8, AdamW",
              (backend, random) -> Gpt.training(backend, random, MEDIUM, 8)),
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
              (backend, random) -> RealNvp.training(backend, random, 64, 256)),
          new Step(
              "dcgan-28",
              "examples",
              "DCGAN of 28×28 pictures, batch 64, one critic and one generator update, Adam",
              (backend, random) -> Dcgan.training(backend, random, 64)),
          new Step(
              "ddpm-unet-28",
              "examples",
              "DDPM, U-Net of 32-64-128 channels at 32×32, batch 32, Adam",
              (backend, random) -> Ddpm.training(backend, random, 32)),
          new Step(
              "lstm-lm",
              "tokens",
              "LSTM language model, 2 layers of 256, sequence 64, batch 32, Adam",
              (backend, random) -> LstmLm.training(backend, random, 64, 32)),
          new Step(
              "pixelcnn-28",
              "examples",
              "PixelCNN, 7 masked residual blocks of 64 channels, batch 16, Adam",
              (backend, random) -> PixelCnn.training(backend, random, 16)));

  private static final List<Step> STATISTICAL =
      List.of(
          new Step(
              "gmm-em",
              "examples",
              "EM of 16 Gaussians of full covariance, 60,000 points of 64 numbers, doubles",
              GmmEm::new));

  private static final List<Step> SAMPLING =
      List.of(
          new Step(
              "gpt-decoding-small-b1",
              "tokens",
              "GPT, 4 layers, width 128, context 64: a context of tokens for 1 row, one by one",
              (backend, random) -> new GptDecoding(backend, random, SMALL, 1)),
          new Step(
              "gpt-decoding-small-b16",
              "tokens",
              "GPT, 4 layers, width 128, context 64: a context of tokens for 16 rows, one by one",
              (backend, random) -> new GptDecoding(backend, random, SMALL, 16)),
          new Step(
              "gpt-decoding-medium-b1",
              "tokens",
              "GPT, 6 layers, width 384, context 256: a context of tokens for 1 row, one by one",
              (backend, random) -> new GptDecoding(backend, random, MEDIUM, 1)),
          new Step(
              "gpt-decoding-medium-b16",
              "tokens",
              "GPT, 6 layers, width 384, context 256: a context of tokens for 16 rows, one by one",
              (backend, random) -> new GptDecoding(backend, random, MEDIUM, 16)),
          new Step(
              "gpt-decoding-medium-int8-b1",
              "tokens",
              "the same for 1 row, the layers' weights rounded to int8",
              (backend, random) -> GptDecoding.rounded(backend, random, MEDIUM, 1)),
          new Step(
              "gpt-decoding-medium-int8-b16",
              "tokens",
              "the same for 16 rows, the layers' weights rounded to int8",
              (backend, random) -> GptDecoding.rounded(backend, random, MEDIUM, 16)),
          new Step(
              "ddpm-unet-28-sample",
              "examples",
              "one reverse step of that U-Net, batch 64",
              (backend, random) -> Ddpm.reverse(backend, random, 64)));

  private static final List<Step> LARGE =
      List.of(
          new Step(
              "gpt-gpu",
              "tokens",
              "GPT, 6 layers, 6 heads, width 384, context 256, batch 64, AdamW",
              (backend, random) -> Gpt.training(backend, random, MEDIUM, 64)));

  private Steps() {}

  /** Updates of networks. */
  public static List<Step> training() {
    return TRAINING;
  }

  /** Updates of networks, and of models that run on processor cores whatever the backend. */
  public static List<Step> updates() {
    return Stream.of(TRAINING, STATISTICAL).flatMap(List::stream).toList();
  }

  /** Updates of networks for large devices; no part of {@link #ids}. */
  public static List<Step> large() {
    return LARGE;
  }

  /** Steps of drawing from trained networks. */
  public static List<Step> sampling() {
    return SAMPLING;
  }

  /** Single operations. */
  public static List<Step> kernels() {
    return Kernels.all();
  }

  /** Updates of one network of growing extents. */
  public static List<Step> scaling() {
    return Scaling.all();
  }

  private static List<Step> all() {
    return Stream.of(updates(), SAMPLING, kernels(), scaling()).flatMap(List::stream).toList();
  }

  /** All names. */
  public static List<String> ids() {
    return all().stream().map(Step::id).toList();
  }

  /**
   * The step of a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static Step of(String id) {
    return all().stream()
        .filter(step -> step.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no step '" + id + "'; choices: " + String.join(", ", ids())));
  }
}
