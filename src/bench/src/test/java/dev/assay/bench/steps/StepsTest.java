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

final class StepsTest {
  /** What a network that knows nothing loses, which is about what a fresh one does. */
  private record Expected(String step, long parameters, double loss, double tolerance) {}

  private static Stream<Expected> expected() {
    long block = 2 * 128 + 12 * 128 * 128;
    long mediumBlock = 2 * 384 + 12 * 384 * 384;
    return Stream.of(
        // Any of 65 tokens is as likely.
        new Expected("gpt-shakespeare-cpu", (65 + 64) * 128 + 4 * block + 128, Math.log(65), 0.3),
        new Expected("gpt-medium", (65 + 256) * 384 + 6 * mediumBlock + 384, Math.log(65), 0.5),
        // Each pixel is one bit.
        new Expected(
            "vae-mlp",
            2 * 784 * 400 + 400 * 40 + 20 * 400 + 400 + 40 + 400 + 784,
            784 * Math.log(2),
            10),
        // Couplings near the identity: ½|x|² + ln 2π for each pair, and a moon's mean |x|² is 1.
        new Expected("realnvp-toy-d2", 8 * (128 + 128 + 128 * 128 + 128 + 256 + 2), 2.34, 0.5),
        new Expected(
            "realnvp-toy-d64",
            8 * (32 * 128 + 128 + 128 * 128 + 128 + 128 * 64 + 64),
            32 * 2.34,
            16));
  }

  @TestFactory
  Stream<DynamicTest> aStepHasThePeersParametersAndItsFirstLoss() {
    return expected().map(e -> DynamicTest.dynamicTest(e.step(), () -> check(e)));
  }

  private static void check(Expected expected) {
    try (Backend backend = new CpuProvider().open(new BackendProvider.Settings(1, "fp32"));
        Workload workload = Steps.of(expected.step()).open(backend)) {
      workload.step();
      assertThat(workload.cost().parameters()).isEqualTo(expected.parameters());
      assertThat(workload.loss()).isCloseTo(expected.loss(), within(expected.tolerance()));
      assertThat(workload.cost().flops()).isPositive();
      assertThat(workload.cost().bytes()).isGreaterThan(4 * expected.parameters());
    }
  }

  @Test
  void anUnknownStepListsTheChoices() {
    assertThatThrownBy(() -> Steps.of("gpt"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vae-mlp");
  }
}
