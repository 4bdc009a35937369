package dev.assay.tensor.suite;

import dev.assay.tensor.Draws;
import dev.assay.tensor.Gradients;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Whole training steps, and operations large enough to be shared by threads. */
public final class Workloads {
  private Workloads() {}

  /** Training steps by name: each with assignments, draws and derivatives. */
  public static Map<String, Consumer<Case>> steps() {
    Map<String, Consumer<Case>> steps = new LinkedHashMap<>();
    steps.put("perceptron", Workloads::perceptron);
    steps.put("autoencoder", Workloads::autoencoder);
    steps.put("convolutions", Workloads::convolutions);
    steps.put("transformer", Workloads::transformer);
    return steps;
  }

  /** Large operations by name. */
  public static Map<String, Consumer<Case>> large() {
    Map<String, Consumer<Case>> large = new LinkedHashMap<>();
    large.put(
        "elementwise",
        made -> {
          Tensor x = made.normal(100_003);
          made.out(x.mul(x.sigmoid()).add(1), x.tanh().sum(), x.maxKeep(0));
        });
    large.put(
        "rows",
        made -> {
          Tensor x = made.normal(301, 257);
          made.out(Tensors.softmax(x, 1), x.sum(0), x.square().sum(1), x.transpose(0, 1).exp());
          made.out(Tensors.layerNorm(x, made.normal(257), null, 1e-3f).sum(0));
        });
    large.put(
        "few long rows",
        made -> {
          Tensor x = made.normal(3, 30_011);
          made.out(Tensors.softmax(x, 1), x.maxKeep(1), x.exp().sum(0, 1));
        });
    large.put(
        "product",
        made -> {
          Tensor a = made.normal(130, 257);
          Tensor b = made.normal(257, 301);
          made.out(Tensors.gelu(a.matmul(b)), b.transpose(0, 1).matmul(a.transpose(0, 1)).sum(0));
        });
    large.put(
        "many small products",
        made -> made.out(made.normal(70, 17, 9).matmul(made.normal(70, 9, 33))));
    large.put(
        "attention",
        made -> {
          Tensor x = made.normal(1, 4, 130, 16);
          Tensor y = Tensors.attention(x, x, x, null, 0.25f, true);
          made.out(Gradients.of(y.mul(made.normal(1, 4, 130, 16)).sum(), x));
        });
    large.put(
        "scatter",
        made -> {
          Tensor i = made.indices(0, 99, 3001);
          made.out(
              Tensor.scatterAdd(i, made.normal(3001, 17), 100), made.normal(100, 33).gather(i));
        });
    large.put("random", made -> made.out(Draws.root().uniform(Shape.of(40_001)), made.normal(1)));
    return large;
  }

  private static void perceptron(Case made) {
    Variable w1 = made.variable(13, 33);
    Variable b1 = made.variable(33);
    Variable w2 = made.variable(33, 7);
    Tensor x = made.normal(17, 13);
    Tensor h = Tensors.gelu(x.matmul(w1.tensor()).mul(0.3f).add(b1.tensor()));
    Tensor logits = Draws.root().child("drop").dropout(h, 0.2f).matmul(w2.tensor());
    Tensor loss = Tensors.crossEntropy(logits, made.indices(0, 6, 17)).mean();
    made.out(loss, logits);
    adam(made, loss, List.of(w1, b1, w2));
  }

  /** Kingma and Welling 2014, equation 10, with a Bernoulli decoder. */
  private static void autoencoder(Case made) {
    Variable in = made.variable(20, 16);
    Variable out = made.variable(8, 20);
    Tensor x = made.integers(0, 1, 19, 20);
    List<Tensor> posterior = x.matmul(in.tensor()).mul(0.2f).split(1, 2);
    Tensor mean = posterior.get(0);
    Tensor logVariance = posterior.get(1);
    Tensor noise = Draws.root().child("z").normal(mean.shape());
    Tensor z = mean.add(logVariance.mul(0.5f).exp().mul(noise));
    Tensor nll = Tensors.bernoulliNll(z.matmul(out.tensor()), x).sum(1);
    Tensor kl = mean.square().add(logVariance.exp()).sub(1).sub(logVariance).sum(1).mul(0.5f);
    Tensor loss = nll.add(kl).mean();
    made.out(loss, kl);
    adam(made, loss, List.of(in, out));
  }

  private static void convolutions(Case made) {
    Variable first = made.variable(3, 3, 2, 6);
    Variable gain = made.variable(6);
    Variable bias = made.variable(6);
    Variable second = made.variable(4, 4, 2, 6);
    Tensor x = made.normal(3, 8, 8, 2);
    Tensor h = x.conv2d(first.tensor(), Window.padded(1)).mul(0.3f);
    Tensor n = Tensors.silu(Tensors.groupNorm(h, 3, gain.tensor(), bias.tensor(), 1e-3f));
    Tensor pooled = n.reshape(3, 4, 2, 4, 2, 6).mean(2, 4);
    Tensor y = pooled.conv2dTranspose(second.tensor(), Window.strided(2, 1), 8, 8);
    Tensor loss = y.sub(x).square().mean();
    made.out(loss);
    adam(made, loss, List.of(first, gain, bias, second));
  }

  private static void transformer(Case made) {
    int b = 2;
    int t = 9;
    int d = 12;
    Variable table = made.variable(11, d);
    Variable place = made.variable(t, d);
    Variable qkv = made.variable(d, 3 * d);
    Variable gain = made.variable(d);
    Variable up = made.variable(d, 2 * d);
    Variable down = made.variable(2 * d, d);
    Tensor tokens = made.indices(0, 10, b, t);
    Tensor x = table.tensor().gather(tokens).add(place.tensor());
    Tensor n = Tensors.layerNorm(x, gain.tensor(), null, 1e-3f);
    List<Tensor> heads =
        n.matmul(qkv.tensor()).mul(0.3f).split(-1, 3).stream()
            .map(part -> part.reshape(b, t, 3, d / 3).permute(0, 2, 1, 3))
            .toList();
    Tensor a = Tensors.attention(heads.get(0), heads.get(1), heads.get(2), null, 0.5f, true);
    Tensor h = x.add(a.permute(0, 2, 1, 3).reshape(b, t, d));
    Tensor wide = Tensors.gelu(h.matmul(up.tensor()).mul(0.3f));
    Tensor dropped = Draws.root().child("drop").dropout(wide, 0.2f);
    Tensor y = h.add(dropped.matmul(down.tensor()).mul(0.2f));
    // The output layer shares the embedding.
    Tensor logits = y.matmul(table.tensor().transpose(0, 1)).mul(0.2f);
    Tensor loss = Tensors.crossEntropy(logits, made.indices(0, 10, b, t)).mean();
    made.out(loss);
    adam(made, loss, List.of(table, place, qkv, gain, up, down));
  }

  /** Kingma and Ba 2015, algorithm 1, with clipping by the global norm. */
  private static void adam(Case made, Tensor loss, List<Variable> weights) {
    Variable time = made.variable(new int[] {0}, 1);
    Tensor t = time.tensor().toFloat().add(1);
    made.assign(time, t.toInt());
    List<Tensor> gradients = Gradients.of(loss, weights.stream().map(Variable::tensor).toList());
    Tensor norm =
        gradients.stream().map(g -> g.square().sum()).reduce(Tensor::add).orElseThrow().sqrt();
    Tensor clip = Tensor.scalar(1).div(norm.max(1));
    made.out(norm);
    for (int i = 0; i < weights.size(); i++) {
      Variable w = weights.get(i);
      Variable m = made.variable(w.shape().dims());
      Variable v = made.variable(w.shape().dims());
      Tensor g = gradients.get(i).mul(clip);
      Tensor first = m.tensor().mul(0.9f).add(g.mul(0.1f));
      Tensor second = v.tensor().abs().mul(0.99f).add(g.square().mul(0.01f));
      Tensor bias = Tensor.scalar(1).sub(Tensor.scalar(0.99f).pow(t.reshape(Shape.SCALAR)));
      made.assign(m, first);
      made.assign(v, second);
      made.assign(w, w.tensor().sub(first.div(second.div(bias).sqrt().add(0.1f)).mul(0.01f)));
    }
  }
}
