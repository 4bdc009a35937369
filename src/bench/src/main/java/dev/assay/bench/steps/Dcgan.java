package dev.assay.bench.steps;

import dev.assay.bench.data.Rows;
import dev.assay.bench.data.SyntheticData;
import dev.assay.nn.Activation;
import dev.assay.nn.Adam;
import dev.assay.nn.BatchNorm;
import dev.assay.nn.Conv2d;
import dev.assay.nn.ConvTranspose2d;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Gradients;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deep convolutional GAN for 28×28 pictures, Adam. Radford et al. 2016, §3. */
final class Dcgan {
  private static final int SIDE = SyntheticData.SIDE;
  private static final int LATENT = 100;
  private static final int WIDE = 128;
  private static final int NARROW = 64;
  private static final int SEED_SIDE = 7;
  private static final int EXAMPLES = 5_000;
  private static final String RATE = TrainStep.LEARNING_RATE;

  private final ParameterStore store;
  private final Generator generator;
  private final Critic critic;

  private Dcgan(ParameterStore store) {
    this.store = store;
    generator = Generator.create(store.scope("generator"));
    critic = Critic.create(store.scope("critic"));
  }

  /** One update of the critic and one of the generator; the loss is the critic's, in nats. */
  static Workload training(Backend backend, RandomStream random, int batch) {
    Dcgan gan = new Dcgan(new ParameterStore(backend, random.child("weights")));
    float[] pictures = SyntheticData.pictures(EXAMPLES, random.child("pictures"));
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = 2 * pictures[i] - 1;
    }
    Rows rows = new Rows(pictures, SIDE * SIDE, batch);
    return new CompiledStep(
        backend,
        gan.graph(batch),
        (program, stream) -> {
          program.set("x", rows.next(stream));
          program.set(RATE, new float[] {2e-4f});
        },
        random.child("steps"),
        gan.store.count(),
        batch);
  }

  /**
   * Algorithm 1 of Goodfellow et al. 2014 with one critic step; the generator meets the new critic.
   */
  private Graph graph(int batch) {
    Tensor real = Tensor.input("x", DType.F32, Shape.of(batch, SIDE, SIDE, 1));
    Tensor rate = Tensor.input(RATE, DType.F32, Shape.SCALAR);
    Map<Variable, Tensor> assigns = new LinkedHashMap<>();
    Tensor fake =
        generator.apply(Draws.root().child("latent").normal(Shape.of(batch, LATENT)), assigns);
    Tensor wrong = critic.apply(fake.detach()).softplus().mean();
    Tensor loss = realLoss(critic.apply(real)).add(wrong);
    Map<Variable, Tensor> updates = updates("critic", loss, rate);
    assigns.putAll(updates);
    Tensor fooled = realLoss(critic.with(updates).apply(fake));
    assigns.putAll(updates("generator", fooled, rate));
    return Graph.builder().output(TrainStep.LOSS, loss).assign(assigns).build();
  }

  /** −ln p(real), the mean. */
  private static Tensor realLoss(Tensor logits) {
    return logits.neg().softplus().mean();
  }

  private Map<Variable, Tensor> updates(String part, Tensor loss, Tensor rate) {
    List<Parameter> parameters = store.scope(part).parameters();
    List<Tensor> gradients = Gradients.of(loss, parameters.stream().map(Parameter::value).toList());
    Adam adam = new Adam(store.scope("adam").scope(part), 0.5, 0.999, 1e-8, 0, _ -> false);
    return adam.step(parameters, gradients, rate);
  }

  private record Generator(
      ConvTranspose2d first,
      BatchNorm firstNorm,
      ConvTranspose2d second,
      BatchNorm secondNorm,
      ConvTranspose2d last) {
    static Generator create(ParameterStore store) {
      return new Generator(
          transposed(store.scope(0), LATENT, WIDE, SEED_SIDE, Window.padded(0), false),
          BatchNorm.create(store.scope("norm0"), WIDE),
          transposed(store.scope(1), WIDE, NARROW, 4, Window.strided(2, 1), false),
          BatchNorm.create(store.scope("norm1"), NARROW),
          transposed(store.scope(2), NARROW, 1, 4, Window.strided(2, 1), true));
    }

    private static ConvTranspose2d transposed(
        ParameterStore store, int in, int out, int kernel, Window window, boolean bias) {
      Initializer weight = Initializer.normal(0.02);
      return ConvTranspose2d.create(
          store, in, out, kernel, window, weight, bias ? Initializer.zeros() : null);
    }

    /** z [batch, latent] → pictures in (−1, 1); adds the norms' new statistics to the assigns. */
    Tensor apply(Tensor z, Map<Variable, Tensor> assigns) {
      Tensor h = first.apply(z.reshape(z.dim(0), 1, 1, LATENT), SEED_SIDE, SEED_SIDE);
      h = normalised(firstNorm, h, assigns);
      h = second.apply(h, 2 * SEED_SIDE, 2 * SEED_SIDE);
      h = normalised(secondNorm, h, assigns);
      return last.apply(h, SIDE, SIDE).tanh();
    }

    private static Tensor normalised(BatchNorm norm, Tensor h, Map<Variable, Tensor> assigns) {
      BatchNorm.Trained trained = norm.train(h);
      assigns.putAll(trained.assigns());
      return Tensors.relu(trained.y());
    }
  }

  private record Critic(Conv2d first, Conv2d second, Linear last) {
    static Critic create(ParameterStore store) {
      return new Critic(
          Conv2d.create(store.scope(0), 1, NARROW, 4, Window.strided(2, 1)),
          Conv2d.create(store.scope(1), NARROW, WIDE, 4, Window.strided(2, 1)),
          Linear.create(store.scope(2), SEED_SIDE * SEED_SIDE * WIDE, 1));
    }

    /** x [batch, 28, 28, 1] → logits [batch]. */
    Tensor apply(Tensor x) {
      Tensor h = Activation.LEAKY_RELU.apply(first.apply(x));
      h = Activation.LEAKY_RELU.apply(second.apply(h));
      return last.apply(h.reshape(x.dim(0), -1)).reshape(x.dim(0));
    }

    /** This critic with new values in place of its parameters, as constants. */
    Critic with(Map<Variable, Tensor> values) {
      List<Parameter> renewed = new ArrayList<>();
      for (Parameter p :
          new Parameter[] {
            first.filter(), first.bias(), second.filter(), second.bias(), last.weight(), last.bias()
          }) {
        renewed.add(new Parameter(p.variable(), values.get(p.variable()).detach()));
      }
      return new Critic(
          new Conv2d(renewed.get(0), renewed.get(1), first.window()),
          new Conv2d(renewed.get(2), renewed.get(3), second.window()),
          new Linear(renewed.get(4), renewed.get(5)));
    }
  }
}
