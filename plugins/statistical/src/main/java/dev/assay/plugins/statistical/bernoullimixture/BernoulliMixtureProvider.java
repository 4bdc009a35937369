package dev.assay.plugins.statistical.bernoullimixture;

import com.google.auto.service.AutoService;
import dev.assay.plugins.statistical.Unconditional;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** Mixture of Bernoullis. */
@AutoService(ModelProvider.class)
public final class BernoulliMixtureProvider
    implements ModelProvider<BernoulliMixtureConfig, BernoulliMixtureSampler> {
  @Override
  public String id() {
    return "bernoulli-mixture";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Mixture of Bernoullis",
        "statistical",
        "Bishop, Pattern Recognition and Machine Learning",
        2006,
        "§9.3.3: likelihood 9.47, E-step 9.56, M-step 9.59 and 9.60 with pseudo-counts");
  }

  @Override
  public Class<BernoulliMixtureConfig> configType() {
    return BernoulliMixtureConfig.class;
  }

  @Override
  public Class<BernoulliMixtureSampler> samplerType() {
    return BernoulliMixtureSampler.class;
  }

  @Override
  public Fit fits(BernoulliMixtureConfig config, DataSpec spec) {
    return Unconditional.fit(
        spec,
        x ->
            x instanceof Modality.Image image && image.levels() == 2
                ? Fit.raw()
                : Unconditional.wants("images of 2 levels", x));
  }

  @Override
  public GenerativeModel<BernoulliMixtureSampler> create(
      BernoulliMixtureConfig config, ModelContext context) {
    return new BernoulliMixtureModel(config, Unconditional.item(context.spec()), context);
  }
}
