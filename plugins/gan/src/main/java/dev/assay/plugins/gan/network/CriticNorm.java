package dev.assay.plugins.gan.network;

/** How the hidden layers of a convolutional critic are normalised. */
public enum CriticNorm {
  NONE,
  /** Over the batch, but for the first layer. Radford et al. 2016, §3. */
  BATCH,
  /** Over each example, but for the first layer. Gulrajani et al. 2017, §4. */
  LAYER,
  /** Each weight by its largest singular value. Miyato et al. 2018. */
  SPECTRAL
}
