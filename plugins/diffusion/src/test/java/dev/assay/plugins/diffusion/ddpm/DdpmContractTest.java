package dev.assay.plugins.diffusion.ddpm;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class DdpmContractTest extends ModelContract<DdpmConfig, DdpmSampler> {
  DdpmContractTest() {
    super(
        "ddpm",
        small(Toy.binaryImages()).with("dropout", 0.1),
        small(Toy.images(3))
            .labelled(2)
            .with("conditional", true)
            .with("network", "mlp")
            .sampling("guidance", 2.0),
        small(Toy.images(3))
            .with("decoder", "gaussian")
            .with("prediction", "x0")
            .sampling("kind", "dpm_solver_pp")
            .sampling("steps", 8)
            .named("dequantised images"),
        small(Toy.table())
            .with("objective", "vlb")
            .with("prediction", "v")
            .with("schedule", "cosine")
            .sampling("kind", "ddim")
            .sampling("eta", 0.5));
  }

  private static Toy small(Toy toy) {
    return toy.with("timesteps", 20)
        .with("width", 16)
        .with("depth", 1)
        .with("channels", 4)
        .with("batch", 64)
        .sampling("resampling", 2)
        .updates(90);
  }
}
