package dev.assay.plugins.flow.realnvp;

import dev.assay.nn.ParameterStore;
import dev.assay.plugins.flow.ActNorm;
import dev.assay.plugins.flow.Base;
import dev.assay.plugins.flow.Chain;
import dev.assay.plugins.flow.Coupling;
import dev.assay.plugins.flow.Domain;
import dev.assay.plugins.flow.Flow;
import dev.assay.plugins.flow.Transform;
import java.util.ArrayList;
import java.util.List;

/** RealNVP of vectors: affine couplings that keep the first and the last columns in turn, §3.5. */
final class TableFlow {
  private TableFlow() {}

  static Flow create(RealNvpConfig config, Domain domain, ParameterStore store) {
    List<Transform> steps = new ArrayList<>();
    for (int i = 0; i < config.couplings(); i++) {
      ParameterStore layer = store.scope(i);
      boolean lastKept = i % 2 == 1;
      int moved = domain.size() - Coupling.kept(domain.size(), lastKept);
      steps.add(ActNorm.create(layer.scope("norm"), domain.size()));
      steps.add(
          Coupling.create(
              layer,
              domain,
              Affine.create(layer, moved),
              lastKept,
              config.hidden(),
              config.activation()));
    }
    return new Flow(domain, new Chain(steps), Base.GAUSSIAN);
  }
}
