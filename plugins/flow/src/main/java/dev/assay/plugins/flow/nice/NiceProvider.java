package dev.assay.plugins.flow.nice;

import com.google.auto.service.AutoService;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.flow.Domain;
import dev.assay.plugins.flow.Flow;
import dev.assay.plugins.flow.FlowProvider;
import dev.assay.plugins.flow.Training;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelProvider;
import dev.assay.tensor.RandomStream;
import java.util.Optional;

/** NICE over tables and images. */
@AutoService(ModelProvider.class)
public final class NiceProvider extends FlowProvider<NiceConfig> {
  @Override
  public String id() {
    return "nice";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "NICE",
        "flow",
        "Dinh, Krueger and Bengio, NICE: Non-linear Independent Components Estimation",
        2014,
        "change of variables: eq. 1; additive coupling: §3.2, eqs. 7 to 10; scaling: §3.3, eq. 11");
  }

  @Override
  public Class<NiceConfig> configType() {
    return NiceConfig.class;
  }

  @Override
  protected Optional<String> misfit(NiceConfig config, Domain domain) {
    return domain.size() < 2
        ? Optional.of("a coupling layer needs at least two numbers")
        : Optional.empty();
  }

  @Override
  protected boolean conditional(NiceConfig config) {
    return false;
  }

  @Override
  protected Training training(NiceConfig config) {
    return config.training();
  }

  @Override
  protected Flow flow(NiceConfig config, Domain domain, ParameterStore store, RandomStream random) {
    return NiceFlow.create(config, domain, store);
  }
}
