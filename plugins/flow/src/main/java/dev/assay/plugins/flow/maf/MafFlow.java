package dev.assay.plugins.flow.maf;

import dev.assay.nn.ParameterStore;
import dev.assay.plugins.flow.ActNorm;
import dev.assay.plugins.flow.Autoregressive;
import dev.assay.plugins.flow.Base;
import dev.assay.plugins.flow.Chain;
import dev.assay.plugins.flow.Domain;
import dev.assay.plugins.flow.Flow;
import dev.assay.plugins.flow.Made;
import dev.assay.plugins.flow.Transform;
import java.util.ArrayList;
import java.util.List;

/** A stack of MADEs, each with the order of the one before reversed, §3.1 and §4.2. */
final class MafFlow {
  private MafFlow() {}

  /** Images are taken as vectors. */
  static Flow create(MafConfig config, Domain domain, ParameterStore store) {
    Domain vector = domain.flat();
    GaussianConditional conditional = new GaussianConditional();
    List<Transform> steps = new ArrayList<>();
    for (int i = 0; i < config.layers(); i++) {
      ParameterStore layer = store.scope(i);
      steps.add(ActNorm.create(layer.scope("norm"), vector.size()));
      Made made =
          Made.create(
              layer,
              vector,
              config.hidden(),
              config.activation(),
              conditional.parameters(),
              i % 2 == 1);
      steps.add(new Autoregressive(made, conditional));
    }
    return new Flow(domain, new Chain(steps), Base.GAUSSIAN);
  }
}
