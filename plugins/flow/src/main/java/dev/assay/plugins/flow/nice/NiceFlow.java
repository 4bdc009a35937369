package dev.assay.plugins.flow.nice;

import dev.assay.nn.ParameterStore;
import dev.assay.plugins.flow.ActNorm;
import dev.assay.plugins.flow.Chain;
import dev.assay.plugins.flow.Coupling;
import dev.assay.plugins.flow.Domain;
import dev.assay.plugins.flow.Flow;
import dev.assay.plugins.flow.Transform;
import java.util.ArrayList;
import java.util.List;

/** Additive couplings that exchange the roles of the two parts, then a scaling; §3.2 and §3.3. */
final class NiceFlow {
  private NiceFlow() {}

  /** Images are taken as vectors. */
  static Flow create(NiceConfig config, Domain domain, ParameterStore store) {
    Domain vector = domain.flat();
    List<Transform> steps = new ArrayList<>();
    if (domain.isImage()) {
      steps.add(ActNorm.create(store.scope("norm"), vector.size()));
    }
    for (int i = 0; i < config.couplings(); i++) {
      steps.add(
          Coupling.create(
              store.scope(i),
              vector,
              new Additive(),
              i % 2 == 1,
              config.hidden(),
              config.activation()));
    }
    steps.add(Scaling.create(store.scope("scaling"), vector.size()));
    return new Flow(domain, new Chain(steps), config.prior());
  }
}
