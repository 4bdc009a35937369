package dev.assay.bench.steps;

import dev.assay.bench.data.Rows;
import dev.assay.bench.data.SyntheticData;
import dev.assay.nn.Activation;
import dev.assay.nn.Adam;
import dev.assay.nn.Initializer;
import dev.assay.nn.Mlp;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.List;

/** 784-400-20-400-784, Bernoulli pixels, Adam. Kingma and Welling 2014, appendix C. */
final class Vae {
  private static final int PIXELS = SyntheticData.SIDE * SyntheticData.SIDE;
  private static final int HIDDEN = 400;
  private static final int LATENT = 20;
  private static final int EXAMPLES = 10_000;

  private Vae() {}

  /** A training step; its loss is −ELBO in nats per example. */
  static Workload training(Backend backend, RandomStream random, int batch) {
    ParameterStore store = new ParameterStore(backend, random.child("weights"));
    Tensor loss = loss(store, Tensor.input("x", DType.F32, Shape.of(batch, PIXELS)));
    float[] pictures = SyntheticData.pictures(EXAMPLES, random.child("pictures"));
    Rows rows = new Rows(pictures, PIXELS, batch);
    return new CompiledStep(
        backend,
        new TrainStep(loss, store.parameters(), Adam.standard(store.scope("adam"))).build(),
        (program, stream) -> {
          program.set("x", rows.next(stream));
          program.set(TrainStep.LEARNING_RATE, new float[] {1e-3f});
        },
        random.child("steps"),
        store.count(),
        batch);
  }

  private static Tensor loss(ParameterStore store, Tensor x) {
    Mlp encoder = network(store.scope("encoder"), List.of(PIXELS, HIDDEN, 2 * LATENT));
    Mlp decoder = network(store.scope("decoder"), List.of(LATENT, HIDDEN, PIXELS));
    List<Tensor> posterior = encoder.apply(x).split(-1, 2);
    Tensor mean = posterior.get(0);
    Tensor logVariance = posterior.get(1);
    Tensor noise = Draws.root().child("latent").normal(mean.shape());
    Tensor z = mean.add(logVariance.mul(0.5f).exp().mul(noise));
    Tensor reconstruction = Tensors.bernoulliNll(decoder.apply(z), x).sum();
    Tensor divergence =
        mean.square().add(logVariance.exp()).sub(logVariance).sub(1).sum().mul(0.5f);
    return reconstruction.add(divergence).mul(1f / x.dim(0));
  }

  private static Mlp network(ParameterStore store, List<Integer> widths) {
    return Mlp.create(store, widths, Activation.RELU, Initializer.torch());
  }
}
