package dev.assay.plugins.flow.realnvp;

import com.google.auto.service.AutoService;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.flow.Dequantization;
import dev.assay.plugins.flow.Domain;
import dev.assay.plugins.flow.Flow;
import dev.assay.plugins.flow.FlowProvider;
import dev.assay.plugins.flow.Training;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelProvider;
import dev.assay.tensor.RandomStream;
import java.util.Optional;

/** RealNVP over tables and images. */
@AutoService(ModelProvider.class)
public final class RealNvpProvider extends FlowProvider<RealNvpConfig> {
  @Override
  public String id() {
    return "realnvp";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "RealNVP",
        "flow",
        "Dinh, Sohl-Dickstein and Bengio, Density estimation using Real NVP",
        2016,
        "change of variables: eq. 2; affine coupling: eqs. 4 and 6 to 8; masks: eq. 9, §3.4 and §3.5; multi-scale images: §3.6, eqs. 13 to 16");
  }

  @Override
  public Class<RealNvpConfig> configType() {
    return RealNvpConfig.class;
  }

  @Override
  protected Optional<String> misfit(RealNvpConfig config, Domain domain) {
    return domain.size() < 2
        ? Optional.of("a coupling layer needs at least two numbers")
        : Optional.empty();
  }

  @Override
  protected boolean conditional(RealNvpConfig config) {
    return config.conditional();
  }

  @Override
  protected Training training(RealNvpConfig config) {
    return config.training();
  }

  @Override
  protected Dequantization dequantization(RealNvpConfig config) {
    return config.dequantization();
  }

  @Override
  protected Flow flow(
      RealNvpConfig config, Domain domain, ParameterStore store, RandomStream random) {
    return domain.isImage()
        ? ImageFlow.create(config, domain, store)
        : TableFlow.create(config, domain, store);
  }
}
