package dev.assay.plugins.flow.iaf;

import dev.assay.nn.ParameterStore;
import dev.assay.plugins.flow.ActNorm;
import dev.assay.plugins.flow.Autoregressive;
import dev.assay.plugins.flow.Base;
import dev.assay.plugins.flow.Chain;
import dev.assay.plugins.flow.Domain;
import dev.assay.plugins.flow.Flow;
import dev.assay.plugins.flow.Inverse;
import dev.assay.plugins.flow.Made;
import dev.assay.plugins.flow.Transform;
import java.util.ArrayList;
import java.util.List;

/**
 * The flow of algorithm 1, each layer with the order of the one before reversed. A layer runs from
 * latents to data in one pass; here it is trained by maximum likelihood, for which the other
 * direction is unrolled, one pass for each column.
 */
final class IafFlow {
  private IafFlow() {}

  /** Images are taken as vectors. */
  static Flow create(IafConfig config, Domain domain, ParameterStore store) {
    Domain vector = domain.flat();
    Gated gated = new Gated();
    List<Transform> steps = new ArrayList<>();
    for (int i = 0; i < config.layers(); i++) {
      ParameterStore layer = store.scope(i);
      steps.add(ActNorm.create(layer.scope("norm"), vector.size()));
      Made made =
          Made.create(
              layer, vector, config.hidden(), config.activation(), gated.parameters(), i % 2 == 1);
      steps.add(new Inverse(new Autoregressive(made, gated)));
    }
    return new Flow(domain, new Chain(steps), Base.GAUSSIAN);
  }
}
