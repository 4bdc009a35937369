package dev.assay.plugins.gan.network;

import dev.assay.tensor.Tensor;

/** G: latents to data. */
public interface Generator {
  /**
   * z [n, latent] → [n, item..].
   *
   * @param label classes I32 [n], for a generator that asks for them
   */
  Tensor apply(Tensor z, Tensor label, Pass pass);

  /** This generator with what it gives brought into the range of the data. */
  default Generator within(DataForm form) {
    return (z, label, pass) -> form.bounded(apply(z, label, pass));
  }
}
