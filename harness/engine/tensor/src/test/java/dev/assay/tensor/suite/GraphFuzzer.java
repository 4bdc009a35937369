package dev.assay.tensor.suite;

import dev.assay.tensor.Gradients;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import dev.assay.tensor.suite.Pool.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes random graphs of all operations, views of views, shared parts, several outputs, assignments
 * and derivatives. The same seed gives the same graph.
 */
final class GraphFuzzer {
  private final Case made;
  private final Pool pool;
  private final RandomStream random;

  private GraphFuzzer(Case made, long seed) {
    this.made = made;
    this.random = RandomStream.root(seed).child("graph");
    this.pool = new Pool(made, random);
  }

  static void build(Case made, long seed) {
    new GraphFuzzer(made, seed).build();
  }

  private void build() {
    int leaves = 1 + random.nextInt(3);
    for (int i = 0; i < leaves; i++) {
      Node leaf = pool.leaf(pool.shape());
      pool.add(leaf.tensor(), leaf.bound(), leaf.exact());
    }
    RandomOperations operations = new RandomOperations(pool, random);
    int steps = 3 + random.nextInt(20);
    for (int i = 0; i < steps; i++) {
      operations.step();
    }
    outputs();
    if (pool.chance(0.6)) {
      derivatives();
    }
    pool.variables.forEach(this::assign);
  }

  // ---- results ----

  private void outputs() {
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      made.out(pool.any().tensor());
    }
    Tensor last = pool.nodes.get(pool.nodes.size() - 1).tensor();
    made.out(last);
    if (pool.chance(0.3)) {
      made.out(last, last.reshape(-1), pool.nodes.get(0).tensor());
    }
    if (pool.chance(0.3) && !pool.integers.isEmpty()) {
      made.out(pool.any(pool.integers));
    }
  }

  private void derivatives() {
    Tensor t = pool.any().tensor();
    List<Tensor> wrt = new ArrayList<>();
    pool.sources.stream().limit(4).forEach(source -> wrt.add(source.tensor()));
    if (pool.chance(0.4)) {
      wrt.add(pool.any().tensor());
    }
    if (wrt.isEmpty()) {
      return;
    }
    Tensor weights = made.constant(t.shape().dims());
    Tensor loss = pool.chance(0.5) ? t.mul(weights).sum() : t.mul(weights).tanh().mean();
    List<Tensor> gradients = Gradients.of(loss, wrt);
    made.out(gradients);
    if (pool.chance(0.25)) {
      Tensor penalty = gradients.get(0).square().sum().add(0.01f).sqrt();
      made.out(Gradients.of(penalty, wrt));
    }
  }

  private void assign(Variable v) {
    List<Variable> alike =
        pool.variables.stream().filter(other -> other.shape().equals(v.shape())).toList();
    List<Tensor> fitting =
        pool.nodes.stream()
            .map(Node::tensor)
            .filter(t -> t.shape().size() == v.shape().size())
            .toList();
    Tensor old = v.tensor();
    switch (random.nextInt(7)) {
      case 0 -> {}
      case 1 -> made.assign(v, pool.any(alike).tensor());
      case 2 -> made.assign(v, old.mul(0.9f).add(pool.any(alike).tensor().mul(0.1f)));
      case 3, 4 -> made.assign(v, rearranged(v, old));
      default ->
          made.assign(
              v, fitting.isEmpty() ? old.mul(0.5f) : pool.any(fitting).reshape(v.shape()).tanh());
    }
  }

  /** Elements of the old value in other places. */
  private Tensor rearranged(Variable v, Tensor old) {
    int n = v.shape().size();
    if (v.shape().rank() == 0 || n == 0) {
      return old.neg();
    }
    int rows = v.shape().dim(0);
    return switch (random.nextInt(6)) {
      case 0 -> old.flip(random.nextInt(v.shape().rank()));
      case 1 -> old.gather(pool.indices(rows, rows));
      case 2 -> old.putRows(pool.distinct(rows, 1), old.slice(0, rows - 1, 1));
      case 3 -> old.reshape(n).pad(0, 1, 0, 0.5f).slice(0, 0, n).reshape(v.shape());
      case 4 -> old.permute(random.permutation(v.shape().rank())).reshape(v.shape());
      default -> Tensor.concat(0, old.slice(0, rows - 1, 1), old.slice(0, 0, rows - 1));
    };
  }
}
