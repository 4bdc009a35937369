package dev.assay.plugins.flow;

import dev.assay.nn.Initializer;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * z = s ⊙ x + b for each channel, the last axis; set by the first batch so that z has zero mean and
 * unit deviation there, trained from then on. Kingma and Dhariwal 2018, §3.1.
 *
 * @param logScale ln s [channels]
 * @param bias b [channels]
 */
public record ActNorm(Parameter logScale, Parameter bias) implements Transform {
  /** Keeps the scale of a channel that never changes finite. */
  private static final float EPSILON = 1e-6f;

  public static ActNorm create(ParameterStore store, int channels) {
    return new ActNorm(
        store.parameter("log_scale", Shape.of(channels), Initializer.zeros()),
        store.parameter("bias", Shape.of(channels), Initializer.zeros()));
  }

  @Override
  public Mapped forward(Tensor x, Condition condition) {
    Tensor z = x.mul(logScale.value().exp()).add(bias.value());
    return Mapped.uniform(z, logDeterminant(x));
  }

  @Override
  public Mapped inverse(Tensor z, Condition condition) {
    Tensor x = z.sub(bias.value()).mul(logScale.value().neg().exp());
    return Mapped.uniform(x, logDeterminant(z).neg());
  }

  /** h · w · Σ ln |s|. */
  private Tensor logDeterminant(Tensor x) {
    float places = (float) x.shape().size() / x.dim(0) / x.dim(-1);
    return logScale.value().sum().mul(places);
  }

  @Override
  public Start start(Tensor x, Condition condition) {
    int[] axes = IntStream.range(0, x.rank() - 1).toArray();
    Tensor mean = x.mean(axes);
    Tensor centred = x.sub(mean);
    Tensor scale = centred.square().mean(axes).sqrt().add(EPSILON).reciprocal();
    return new Start(
        centred.mul(scale),
        Map.of(logScale.variable(), scale.log(), bias.variable(), mean.mul(scale).neg()));
  }
}
