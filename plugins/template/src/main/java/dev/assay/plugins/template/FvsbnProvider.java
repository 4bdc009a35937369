package dev.assay.plugins.template;

import com.google.auto.service.AutoService;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** Makes fully visible sigmoid belief networks. */
@AutoService(ModelProvider.class)
public final class FvsbnProvider implements ModelProvider<FvsbnConfig, FvsbnSampler> {
  @Override
  public String id() {
    return "fvsbn";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Fully visible sigmoid belief network",
        "autoregressive",
        "Neal, Connectionist learning of belief networks",
        1992,
        "p(x_i = 1 | x_<i) = σ(b_i + Σ_{j<i} x_j w_ji), §3 without hidden units");
  }

  @Override
  public Class<FvsbnConfig> configType() {
    return FvsbnConfig.class;
  }

  @Override
  public Class<FvsbnSampler> samplerType() {
    return FvsbnSampler.class;
  }

  @Override
  public Fit fits(FvsbnConfig config, DataSpec spec) {
    if (!(spec instanceof DataSpec.Conditional(Modality.Image image, Modality condition))) {
      return Fit.no("it models images");
    }
    if (image.levels() != 2) {
      return Fit.no("it models images of 2 levels, and these have " + image.levels());
    }
    return switch (condition) {
      case Modality.Nothing _, Modality.Label _ -> Fit.raw();
      case Modality.Tabular _, Modality.Image _, Modality.Text _, Modality.Audio _ ->
          Fit.no("it models images alone, without such a condition");
    };
  }

  @Override
  public GenerativeModel<FvsbnSampler> create(FvsbnConfig config, ModelContext context) {
    DataSpec.Conditional spec = (DataSpec.Conditional) context.spec();
    return new FvsbnModel(config, (Modality.Image) spec.x(), context);
  }
}
