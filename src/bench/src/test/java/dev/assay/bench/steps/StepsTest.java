package dev.assay.bench.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.cpu.CpuProvider;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StepsTest {
  /** What a network that knows nothing loses, which is about what a fresh one does. */
  private record Expected(String step, long parameters, double loss, double tolerance) {}

  private static Stream<Expected> expected() {
    long small = (65 + 64) * 128 + 4 * (2 * 128 + 12 * 128 * 128) + 128;
    long medium = (65 + 256) * 384 + 6 * (2 * 384 + 12 * 384 * 384) + 384;
    return Stream.concat(
        images(),
        Stream.of(
            // Any of 65 tokens is as likely.
            new Expected("gpt-shakespeare-cpu", small, Math.log(65), 0.3),
            new Expected("gpt-medium", medium, Math.log(65), 0.5),
            new Expected("gpt-decoding-small-b1", small, Double.NaN, 0),
            new Expected("gpt-decoding-small-b16", small, Double.NaN, 0),
            new Expected("gpt-decoding-medium-b1", medium, Double.NaN, 0),
            new Expected("gpt-decoding-medium-b16", medium, Double.NaN, 0),
            new Expected("gpt-decoding-medium-int8-b1", medium, Double.NaN, 0),
            new Expected("gpt-decoding-medium-int8-b16", medium, Double.NaN, 0),
            new Expected(
                "lstm-lm",
                65 * 256 + 2 * (8 * 256 * 256 + 8 * 256) + 256 * 65 + 65,
                Math.log(65),
                0.3),
            // Each of 64 columns has the entropy of a normal number, and 16 means add little.
            new Expected(
                "gmm-em",
                15 + 16 * (64 + 64 * 65 / 2),
                64 * 0.5 * Math.log(2 * Math.PI * Math.E),
                6),
            // Couplings near the identity: ½|x|² + ln 2π for each pair; a moon's mean |x|² is 1.
            new Expected("realnvp-toy-d2", 8 * (128 + 128 + 128 * 128 + 128 + 256 + 2), 2.34, 0.5),
            new Expected(
                "realnvp-toy-d64",
                8 * (32 * 128 + 128 + 128 * 128 + 128 + 128 * 64 + 64),
                32 * 2.34,
                16)));
  }

  private static Stream<Expected> images() {
    // Each pixel is one bit.
    double coin = 784 * Math.log(2);
    long vae = 2 * 784 * 400 + 400 * 40 + 20 * 400 + 400 + 40 + 400 + 784;
    long pixelCnn = 49 * 64 + 64 + 7 * (9 * 64 * 64 + 64) + 64 * 64 + 64 + 64 + 1;
    long generator = 49 * 100 * 128 + 2 * 128 + 16 * 128 * 64 + 2 * 64 + 16 * 64 + 1;
    long critic = 16 * 64 + 64 + 16 * 64 * 128 + 128 + 49 * 128 + 1;
    return Stream.of(
        new Expected("vae-mlp", vae, coin, 10),
        new Expected("pixelcnn-28", pixelCnn, coin, 40),
        // Both kinds of picture are as likely.
        new Expected("dcgan-28", generator + critic, 2 * Math.log(2), 0.2),
        // No noise is predicted, whose variance is 1.
        new Expected("ddpm-unet-28", unet(), 1, 0.3),
        new Expected("ddpm-unet-28-sample", unet(), Double.NaN, 0));
  }

  private static long unet() {
    long time = 32 * 128 + 128 + 128 * 128 + 128;
    long ends = 9 * 32 + 32 + 2 * 32 + 9 * 32 + 1;
    long down =
        residual(32, 32) * 2
            + residual(32, 64)
            + residual(64, 64)
            + residual(64, 128)
            + residual(128, 128)
            + 9 * 32 * 32
            + 32
            + 9 * 64 * 64
            + 64;
    long middle = 2 * residual(128, 128) + 2 * 128 + 4 * 128 * 128 + 4 * 128;
    long up =
        2 * residual(256, 128)
            + residual(192, 64)
            + residual(128, 64)
            + residual(96, 32)
            + residual(64, 32)
            + 9 * 128 * 128
            + 128
            + 9 * 64 * 64
            + 64;
    return time + ends + down + middle + up;
  }

  /**
   * Two norms, two 3×3 convolutions, the time's layer, and a 1×1 convolution where widths differ.
   */
  private static long residual(long in, long out) {
    long body = 2 * in + 9 * in * out + out + 128 * out + out + 2 * out + 9 * out * out + out;
    return body + (in == out ? 0 : in * out + out);
  }

  private static Backend cpu() {
    int threads = Runtime.getRuntime().availableProcessors();
    return new CpuProvider().open(new BackendProvider.Settings(threads, "fp32"));
  }

  @TestFactory
  Stream<DynamicTest> aStepHasThePeersParametersAndItsFirstLoss() {
    return expected().map(e -> DynamicTest.dynamicTest(e.step(), () -> check(e)));
  }

  private static void check(Expected expected) {
    try (Backend backend = cpu();
        Workload workload = Steps.of(expected.step()).open(backend)) {
      workload.step();
      assertThat(workload.cost().parameters()).isEqualTo(expected.parameters());
      if (Double.isNaN(expected.loss())) {
        assertThat(workload.loss()).isNaN();
      } else {
        assertThat(workload.loss()).isCloseTo(expected.loss(), within(expected.tolerance()));
      }
      assertThat(workload.cost().flops()).isPositive();
      assertThat(workload.cost().bytes()).isGreaterThan(4 * expected.parameters());
    }
  }

  @Test
  void everyStepIsChecked() {
    assertThat(expected().map(Expected::step))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Steps.updates().stream(), Steps.sampling().stream())
                .map(Step::id)
                .toList());
  }

  /** Bytes: each operand read once and the result written once, whatever is fused. */
  @ParameterizedTest
  @CsvSource({
    "sgemm-256, 33554432, 786432",
    "softmax-4096x512, 0, 16777216",
    "layer-norm-4096x384, 0, 12585984",
    "gelu-4m, 0, 33554432",
    "exp-4m, 4194304, 33554432",
    "chain-4m, 0, 50331648"
  })
  void aKernelMovesEachNumberOnce(String id, long flops, long bytes) {
    try (Backend backend = cpu();
        Workload workload = Steps.of(id).open(backend)) {
      workload.step();
      assertThat(workload.cost().bytes()).isEqualTo(bytes);
      assertThat(workload.cost().flops()).isGreaterThanOrEqualTo(Math.max(1, flops));
    }
  }

  /**
   * (65 + 64) w of the tables, 12 w² of the matrices and 2 w of the norms of a layer, w of the
   * last.
   */
  @ParameterizedTest
  @CsvSource({"gpt-batch-3, 804096", "gpt-width-64, 205440", "gpt-layers-2, 410368"})
  void aScaledStepHasItsExtents(String id, long parameters) {
    try (Backend backend = cpu();
        Workload workload = Steps.of(id).open(backend)) {
      workload.step();
      assertThat(workload.cost().parameters()).isEqualTo(parameters);
      assertThat(workload.loss()).isCloseTo(Math.log(65), within(0.3));
    }
  }

  @Test
  void anUnknownStepListsTheChoices() {
    assertThatThrownBy(() -> Steps.of("gpt"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vae-mlp");
  }
}
