package dev.assay.plugins.flow;

import dev.assay.nn.Activation;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * Variational dequantisation: noise u = σ(μ(x) + exp(s(x)) ε) on (0, 1), with ε standard normal,
 * for which ln p(level x) ≥ E[ln p(x + u) − ln q(u | x)]. Ho et al. 2019 (Flow++), §3.1, eqs. 11
 * and 12, with one affine step under the sigmoid.
 *
 * @param network x (and class) → μ and s of every number
 * @param item shape of an image [h, w, c]
 * @param levels of an intensity
 */
record Dequantizer(ConvolutionalNetwork network, Shape item, int levels) {
  private static final int CHANNELS = 16;
  private static final int BLOCKS = 1;

  /** ln of the deviation of a normal whose sigmoid is nearest to uniform: where s begins. */
  private static final float UNIFORM_SCALE = 0.47f;

  private static final float LOG_SQRT_TWO_PI = (float) (0.5 * Math.log(2 * Math.PI));

  /**
   * @param u noise on (0, 1), of the images' shape [rows, numbers]
   * @param logDensity ln q(u | x) [rows]
   */
  record Noise(Tensor u, Tensor logDensity) {}

  /** Noise that begins near uniform, since the network's last layer begins at 0. */
  static Dequantizer create(ParameterStore store, Domain domain, int levels) {
    int channels = domain.item().dim(-1);
    ConvolutionalNetwork network =
        ConvolutionalNetwork.create(
            store, channels + domain.classes(), CHANNELS, BLOCKS, 2 * channels, Activation.SILU);
    return new Dequantizer(network, domain.item(), levels);
  }

  /**
   * @param x whole levels [rows, numbers]
   * @param epsilon standard normal, of x's shape
   */
  Noise noise(Tensor x, Tensor epsilon, Condition condition) {
    int rows = x.dim(0);
    Tensor image = x.mul(2f / levels).sub(1).reshape(item.insert(0, rows));
    Tensor p = network.apply(condition.beside(image)).reshape(rows, x.dim(1), 2);
    Tensor s = Bijection.parameter(p, 1).add(UNIFORM_SCALE);
    Tensor v = Bijection.parameter(p, 0).add(epsilon.mul(s.exp()));
    Tensor logNormal = epsilon.square().mul(-0.5f).sub(LOG_SQRT_TWO_PI).sub(s);
    Tensor logSlope = v.softplus().add(v.neg().softplus()).neg();
    return new Noise(v.sigmoid(), logNormal.sub(logSlope).sum(-1));
  }

  /** The middle of each whole level. */
  float[] centres(float[] x) {
    float[] centres = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      centres[i] = x[i] + 0.5f;
    }
    return centres;
  }

  /** The whole level that each number lies in. */
  float[] quantize(float[] x) {
    float[] whole = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      whole[i] = (float) Math.clamp(Math.floor(x[i]), 0, levels - 1);
    }
    return whole;
  }
}
