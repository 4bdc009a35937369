package dev.assay.plugins.gan.cyclegan;

import com.google.auto.service.AutoService;
import dev.assay.plugins.gan.game.Fits;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** CycleGAN. */
@AutoService(ModelProvider.class)
public final class CycleGanProvider implements ModelProvider<CycleGanConfig, CycleGanSampler> {
  @Override
  public String id() {
    return "cyclegan";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "CycleGAN",
        "gan",
        "Zhu et al., Unpaired Image-to-Image Translation using Cycle-Consistent Adversarial"
            + " Networks",
        2017,
        "full objective: eq. 3 with cycle loss eq. 2 and least squares, §4; identity loss: §5.2;"
            + " networks: §4 and appendix 7.2, at the size of small images");
  }

  @Override
  public Class<CycleGanConfig> configType() {
    return CycleGanConfig.class;
  }

  @Override
  public Class<CycleGanSampler> samplerType() {
    return CycleGanSampler.class;
  }

  @Override
  public Fit fits(CycleGanConfig config, DataSpec spec) {
    if (spec instanceof DataSpec.Unpaired(Modality a, Modality b) && !a.equals(b)) {
      return Fit.no("it translates between two sets of images of one size");
    }
    Fit images = Fits.images(spec.together());
    int sets = Fits.classes(spec.together());
    return images instanceof Fit.Yes && sets != 2
        ? Fit.no(
            "it translates between two sets, told apart by a label of 2 classes; here are " + sets)
        : images;
  }

  @Override
  public GenerativeModel<CycleGanSampler> create(CycleGanConfig config, ModelContext context) {
    return new CycleGanModel(config, context);
  }
}
