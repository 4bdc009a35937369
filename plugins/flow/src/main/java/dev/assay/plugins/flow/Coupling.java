package dev.assay.plugins.flow;

import dev.assay.nn.Activation;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.Mlp;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Coupling layer of vectors: one part of the columns passes unchanged and parametrises the map of
 * the other part. Dinh et al. 2014 (NICE), §3.2.
 *
 * @param network m: kept columns (and class) → parameters of the others
 * @param bijection what the others go through
 * @param columns of x, at least 2
 * @param lastKept whether the last columns are kept, instead of the first
 */
public record Coupling(Mlp network, Bijection bijection, int columns, boolean lastKept)
    implements Transform {
  /**
   * A coupling that begins with all parameters at 0, since the last layer of the network does.
   *
   * @param hidden widths of the network's hidden layers
   */
  public static Coupling create(
      ParameterStore store,
      Domain domain,
      Bijection bijection,
      boolean lastKept,
      List<Integer> hidden,
      Activation activation) {
    int columns = domain.size();
    int kept = kept(columns, lastKept);
    List<Integer> widths = new ArrayList<>(List.of(kept + domain.classes()));
    widths.addAll(hidden);
    List<Linear> layers = new ArrayList<>();
    for (int i = 0; i + 1 < widths.size(); i++) {
      ParameterStore scope = store.scope(i);
      layers.add(
          Linear.create(
              scope,
              widths.get(i),
              widths.get(i + 1),
              Initializer.heNormal(),
              Initializer.zeros()));
    }
    layers.add(
        Linear.create(
            store.scope(hidden.size()),
            widths.getLast(),
            (columns - kept) * bijection.parameters(),
            Initializer.zeros(),
            Initializer.zeros()));
    return new Coupling(new Mlp(layers, activation), bijection, columns, lastKept);
  }

  /** How many columns pass unchanged. */
  public static int kept(int columns, boolean lastKept) {
    return lastKept ? columns / 2 : columns - columns / 2;
  }

  @Override
  public Mapped forward(Tensor x, Condition condition) {
    Parts parts = parts(x, condition);
    Bijection.Curve moved = bijection.forward(parts.other, parts.parameters);
    return joined(parts.kept, moved);
  }

  @Override
  public Mapped inverse(Tensor z, Condition condition) {
    Parts parts = parts(z, condition);
    Bijection.Curve moved = bijection.inverse(parts.other, parts.parameters);
    return joined(parts.kept, moved);
  }

  private record Parts(Tensor kept, Tensor other, Tensor parameters) {}

  private Parts parts(Tensor x, Condition condition) {
    int kept = kept(columns, lastKept);
    int others = columns - kept;
    Tensor a = x.slice(1, lastKept ? others : 0, kept);
    Tensor b = x.slice(1, lastKept ? 0 : kept, others);
    Tensor p = network.apply(condition.beside(a));
    return new Parts(a, b, p.reshape(x.dim(0), others, bijection.parameters()));
  }

  private Mapped joined(Tensor kept, Bijection.Curve moved) {
    Tensor other = moved.value();
    Tensor joined = lastKept ? Tensor.concat(1, other, kept) : Tensor.concat(1, kept, other);
    return new Mapped(joined, Mapped.perRow(moved.logSlope()));
  }
}
