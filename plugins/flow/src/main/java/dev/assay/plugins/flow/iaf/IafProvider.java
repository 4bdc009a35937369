package dev.assay.plugins.flow.iaf;

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

/** The inverse autoregressive flow over tables and small images. */
@AutoService(ModelProvider.class)
public final class IafProvider extends FlowProvider<IafConfig> {
  @Override
  public String id() {
    return "iaf";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Inverse autoregressive flow",
        "flow",
        "Kingma, Salimans, Jozefowicz, Chen, Sutskever and Welling, Improving Variational Inference with Inverse Autoregressive Flow",
        2016,
        "layers: eqs. 12 to 14 and algorithm 1; trained by maximum likelihood instead of as a posterior; MADE: Germain et al. 2015, §4");
  }

  @Override
  public Class<IafConfig> configType() {
    return IafConfig.class;
  }

  @Override
  protected Optional<String> misfit(IafConfig config, Domain domain) {
    return domain.size() > Autoregressive.MOST_COLUMNS
        ? Optional.of(Autoregressive.tooMany(domain))
        : Optional.empty();
  }

  @Override
  protected boolean conditional(IafConfig config) {
    return false;
  }

  @Override
  protected Training training(IafConfig config) {
    return config.training();
  }

  @Override
  protected Flow flow(IafConfig config, Domain domain, ParameterStore store, RandomStream random) {
    return IafFlow.create(config, domain, store);
  }
}
