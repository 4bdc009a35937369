package dev.assay.plugins.flow.splineflow;

import com.google.auto.service.AutoService;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.flow.Autoregressive;
import dev.assay.plugins.flow.Domain;
import dev.assay.plugins.flow.Flow;
import dev.assay.plugins.flow.FlowProvider;
import dev.assay.plugins.flow.Training;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelProvider;
import dev.assay.tensor.RandomStream;
import java.util.Optional;

/** The rational-quadratic neural spline flow over tables and images. */
@AutoService(ModelProvider.class)
public final class SplineFlowProvider extends FlowProvider<SplineFlowConfig> {
  @Override
  public String id() {
    return "spline-flow";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Neural spline flow",
        "flow",
        "Durkan, Bekasov, Murray and Papamakarios, Neural Spline Flows",
        2019,
        "rational-quadratic spline: eqs. 4 to 8; coupling and autoregressive layers: §3.2; LU layers: appendix B");
  }

  @Override
  public Class<SplineFlowConfig> configType() {
    return SplineFlowConfig.class;
  }

  @Override
  protected Optional<String> misfit(SplineFlowConfig config, Domain domain) {
    return switch (config.kind()) {
      case COUPLING ->
          domain.size() < 2
              ? Optional.of("a coupling layer needs at least two numbers")
              : Optional.empty();
      case AUTOREGRESSIVE ->
          domain.size() > Autoregressive.MOST_COLUMNS
              ? Optional.of(Autoregressive.tooMany(domain))
              : Optional.empty();
    };
  }

  @Override
  protected boolean conditional(SplineFlowConfig config) {
    return config.conditional();
  }

  @Override
  protected Training training(SplineFlowConfig config) {
    return config.training();
  }

  @Override
  protected Flow flow(
      SplineFlowConfig config, Domain domain, ParameterStore store, RandomStream random) {
    return SplineFlow.create(config, domain, store);
  }
}
