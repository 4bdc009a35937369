package dev.assay.plugins.vae;

import com.google.auto.service.AutoService;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.tensor.Shape;

/** The variational autoencoder over images and tables. */
@AutoService(ModelProvider.class)
public final class VaeProvider implements ModelProvider<VaeConfig, VaeSampler> {
  @Override
  public String id() {
    return "vae";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Variational autoencoder",
        "vae",
        "Kingma and Welling, Auto-Encoding Variational Bayes",
        2013,
        "bound: eq. 7 and appendix B; reparameterisation: §2.4; networks: appendix C;"
            + " importance-weighted scores: Burda et al. 2016, eq. 8;"
            + " discretised logistic: Salimans et al. 2017, §2.1");
  }

  @Override
  public Class<VaeConfig> configType() {
    return VaeConfig.class;
  }

  @Override
  public Class<VaeSampler> samplerType() {
    return VaeSampler.class;
  }

  @Override
  public Fit fits(VaeConfig config, DataSpec spec) {
    if (!(spec instanceof DataSpec.Conditional(Modality x, Modality condition))
        || !(condition instanceof Modality.Nothing || condition instanceof Modality.Label)) {
      return Fit.no("the VAE learns p(x); it can leave labels aside, but no other condition");
    }
    return switch (x) {
      case Modality.Image(int _, int _, int _, int levels) ->
          switch (config.likelihood()) {
            case AUTO, DISCRETIZED_LOGISTIC -> Fit.raw();
            case BERNOULLI ->
                levels == 2
                    ? Fit.raw()
                    : Fit.no(
                        "the Bernoulli likelihood needs 2 levels, these images have " + levels);
            case GAUSSIAN -> Fit.continuous();
          };
      case Modality.Tabular _ ->
          switch (config.likelihood()) {
            case AUTO, GAUSSIAN -> Fit.continuous();
            case BERNOULLI, DISCRETIZED_LOGISTIC ->
                Fit.no("a table of real numbers needs the Gaussian likelihood");
          };
      case Modality.Text _, Modality.Label _, Modality.Nothing _ ->
          Fit.no("the VAE learns images and tables");
    };
  }

  @Override
  public GenerativeModel<VaeSampler> create(VaeConfig config, ModelContext context) {
    Modality x = ((DataSpec.Conditional) context.spec()).x();
    return switch (x) {
      case Modality.Image image ->
          new VaeModel(
              config,
              context,
              likelihood(config, image.levels()),
              Shape.of(image.height(), image.width(), image.channels()));
      case Modality.Tabular(int columns) ->
          new VaeModel(config, context, new Likelihood.Gaussian(), Shape.of(columns));
      case Modality.Text _, Modality.Label _, Modality.Nothing _ ->
          throw new IllegalArgumentException("the VAE does not fit " + x);
    };
  }

  private static Likelihood likelihood(VaeConfig config, int levels) {
    return switch (config.likelihood()) {
      case AUTO ->
          levels == 2 ? new Likelihood.Bernoulli() : new Likelihood.DiscretizedLogistic(levels);
      case BERNOULLI -> new Likelihood.Bernoulli();
      case DISCRETIZED_LOGISTIC -> new Likelihood.DiscretizedLogistic(levels);
      case GAUSSIAN -> new Likelihood.Gaussian();
    };
  }
}
