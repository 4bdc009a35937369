package dev.assay.plugins.flow.maf;

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

/** The masked autoregressive flow over tables and small images. */
@AutoService(ModelProvider.class)
public final class MafProvider extends FlowProvider<MafConfig> {
  @Override
  public String id() {
    return "maf";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Masked autoregressive flow",
        "flow",
        "Papamakarios, Pavlakou and Murray, Masked Autoregressive Flow for Density Estimation",
        2017,
        "conditionals: eqs. 3 to 5; MADE: Germain et al. 2015, §4");
  }

  @Override
  public Class<MafConfig> configType() {
    return MafConfig.class;
  }

  @Override
  protected Optional<String> misfit(MafConfig config, Domain domain) {
    return domain.size() > Autoregressive.MOST_COLUMNS
        ? Optional.of(Autoregressive.tooMany(domain))
        : Optional.empty();
  }

  @Override
  protected boolean conditional(MafConfig config) {
    return config.conditional();
  }

  @Override
  protected Training training(MafConfig config) {
    return config.training();
  }

  @Override
  protected Flow flow(MafConfig config, Domain domain, ParameterStore store, RandomStream random) {
    return MafFlow.create(config, domain, store);
  }
}
