package dev.assay.plugins.flow.splineflow;

import dev.assay.nn.ParameterStore;
import dev.assay.plugins.flow.ActNorm;
import dev.assay.plugins.flow.Autoregressive;
import dev.assay.plugins.flow.Base;
import dev.assay.plugins.flow.Chain;
import dev.assay.plugins.flow.Coupling;
import dev.assay.plugins.flow.Domain;
import dev.assay.plugins.flow.Flow;
import dev.assay.plugins.flow.InvertibleLinear;
import dev.assay.plugins.flow.Made;
import dev.assay.plugins.flow.Transform;
import java.util.ArrayList;
import java.util.List;

/** Rational-quadratic layers with a linear one before each but the first, §3.2 and appendix B. */
final class SplineFlow {
  private SplineFlow() {}

  /** Images are taken as vectors. */
  static Flow create(SplineFlowConfig config, Domain domain, ParameterStore store) {
    Domain vector = domain.flat();
    List<Transform> steps = new ArrayList<>();
    if (domain.isImage()) {
      steps.add(ActNorm.create(store.scope("norm"), vector.size()));
    }
    for (int i = 0; i < config.layers(); i++) {
      ParameterStore layer = store.scope(i);
      if (i > 0) {
        steps.add(InvertibleLinear.identity(layer.scope("linear"), vector.size()));
      }
      steps.add(layer(config, vector, layer, i % 2 == 1));
    }
    return new Flow(domain, new Chain(steps), Base.GAUSSIAN);
  }

  private static Transform layer(
      SplineFlowConfig config, Domain domain, ParameterStore store, boolean reversed) {
    RationalQuadratic spline = new RationalQuadratic(config.bins(), (float) config.bound());
    return switch (config.kind()) {
      case COUPLING ->
          Coupling.create(store, domain, spline, reversed, config.hidden(), config.activation());
      case AUTOREGRESSIVE ->
          new Autoregressive(
              Made.create(
                  store,
                  domain,
                  config.hidden(),
                  config.activation(),
                  spline.parameters(),
                  reversed),
              spline);
    };
  }
}
