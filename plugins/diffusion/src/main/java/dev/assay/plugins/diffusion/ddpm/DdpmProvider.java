package dev.assay.plugins.diffusion.ddpm;

import com.google.auto.service.AutoService;
import dev.assay.plugins.diffusion.ddpm.DdpmConfig.LastStep;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.tensor.Shape;

/** The diffusion model over images and tables. */
@AutoService(ModelProvider.class)
public final class DdpmProvider implements ModelProvider<DdpmConfig, DdpmSampler> {
  @Override
  public String id() {
    return "ddpm";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Denoising diffusion probabilistic model",
        "diffusion",
        "Ho, Jain and Abbeel, Denoising Diffusion Probabilistic Models",
        2020,
        "losses: eq. 14 and 5; posterior: eq. 7; decoder: eq. 13; network: appendix B;"
            + " cosine schedule: Nichol and Dhariwal 2021, eq. 17; v: Salimans and Ho 2022,"
            + " appendix D; DDIM: Song et al. 2021, eq. 12 and 16; DPM-Solver++(2M): Lu et al."
            + " 2022, algorithm 2; guidance: Ho and Salimans 2022, eq. 6; probability flow: Song"
            + " et al. 2021, eq. 13 and 39");
  }

  @Override
  public Class<DdpmConfig> configType() {
    return DdpmConfig.class;
  }

  @Override
  public Class<DdpmSampler> samplerType() {
    return DdpmSampler.class;
  }

  @Override
  public Fit fits(DdpmConfig config, DataSpec spec) {
    if (!(spec instanceof DataSpec.Conditional(Modality x, Modality condition))
        || !(condition instanceof Modality.Nothing || condition instanceof Modality.Label)) {
      return Fit.no("ddpm learns p(x) or p(x | label), under no other condition");
    }
    if (config.training().conditional() && !(condition instanceof Modality.Label)) {
      return Fit.no("'conditional' needs data with labels");
    }
    return switch (x) {
      case Modality.Image _ ->
          config
              .architecture()
              .fit(x, config.decoder() == LastStep.GAUSSIAN ? Fit.continuous() : Fit.raw());
      case Modality.Tabular _ -> {
        if (config.decoder() == LastStep.DISCRETIZED) {
          yield Fit.no("a table of real numbers needs the gaussian decoder");
        }
        yield config.architecture().fit(x, Fit.continuous());
      }
      case Modality.Text _, Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
          Fit.no("ddpm learns images and tables");
    };
  }

  @Override
  public GenerativeModel<DdpmSampler> create(DdpmConfig config, ModelContext context) {
    DataSpec.Conditional spec = (DataSpec.Conditional) context.spec();
    int classes =
        config.training().conditional() && spec.condition() instanceof Modality.Label(int count)
            ? count
            : 0;
    return switch (spec.x()) {
      case Modality.Image(int height, int width, int channels, int levels) ->
          new DdpmModel(
              config,
              context,
              Shape.of(height, width, channels),
              classes,
              config.decoder() == LastStep.GAUSSIAN
                  ? new Decoder.Gaussian()
                  : new Decoder.Discretized(levels));
      case Modality.Tabular(int columns) ->
          new DdpmModel(config, context, Shape.of(columns), classes, new Decoder.Gaussian());
      case Modality.Text _, Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
          throw new IllegalArgumentException("ddpm does not fit " + spec.x());
    };
  }
}
