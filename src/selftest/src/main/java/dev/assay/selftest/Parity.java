package dev.assay.selftest;

import dev.assay.bench.steps.Step;
import dev.assay.bench.steps.Steps;
import dev.assay.bench.steps.Workload;
import dev.assay.tensor.Backend;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * The losses of the first training steps, from the same weights and noise, beside another
 * backend's.
 */
final class Parity {
  private static final int STEPS = 20;

  /** Largest relative distance in fp32. */
  private static final double ALLOWED = 1e-4;

  private static final List<String> NAMES =
      List.of("vae-mlp", "dcgan-28", "realnvp-toy-d64", "ddpm-unet-28", "gpt-shakespeare-cpu");

  private Parity() {}

  /**
   * @param judged whether distances must stay within what fp32 allows
   */
  static void run(Backend truth, Backend tried, boolean judged, Report report, PrintStream out) {
    for (String name : NAMES) {
      Step step = Steps.of(name);
      double[] expected = losses(step, truth);
      double[] actual = losses(step, tried);
      double most = 0;
      for (int i = 0; i < STEPS; i++) {
        double distance = Math.abs(actual[i] - expected[i]) / Math.abs(expected[i]);
        most = Double.isNaN(distance) ? Double.POSITIVE_INFINITY : Math.max(most, distance);
        report.measure("parity step " + (i + 1), name, distance, "relative", "");
      }
      String last =
          String.format(Locale.ROOT, "loss %.6g, and %.6g", expected[STEPS - 1], actual[STEPS - 1]);
      if (judged) {
        report.judge("parity", name, most <= ALLOWED, most, "relative", last);
      } else {
        report.measure("parity", name, most, "relative", last);
      }
      out.printf(Locale.ROOT, "parity %s: at most %.3g apart; %s%n", name, most, last);
    }
  }

  private static double[] losses(Step step, Backend backend) {
    double[] losses = new double[STEPS];
    try (Workload workload = step.open(backend)) {
      for (int i = 0; i < STEPS; i++) {
        workload.step();
        losses[i] = workload.loss();
      }
    }
    return losses;
  }
}
