package dev.assay.plugins.statistical.chowliu;

import com.google.auto.service.AutoService;
import dev.assay.plugins.statistical.Unconditional;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.tensor.Shape;

/** The Chow-Liu tree. */
@AutoService(ModelProvider.class)
public final class ChowLiuProvider implements ModelProvider<ChowLiuConfig, ChowLiuSampler> {
  private static final int MOST_LEVELS = 64;

  @Override
  public String id() {
    return "chow-liu";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Chow-Liu tree",
        "statistical",
        "Chow and Liu, Approximating discrete probability distributions with dependence trees",
        1968,
        "tree of largest total mutual information, §III; p(x) = Π p(xᵢ | parent), eq. 2");
  }

  @Override
  public Class<ChowLiuConfig> configType() {
    return ChowLiuConfig.class;
  }

  @Override
  public Class<ChowLiuSampler> samplerType() {
    return ChowLiuSampler.class;
  }

  @Override
  public Fit fits(ChowLiuConfig config, DataSpec spec) {
    return Unconditional.fit(
        spec,
        x ->
            x instanceof Modality.Image image
                ? few(image.levels())
                : Unconditional.wants("images of few levels", x));
  }

  private static Fit few(int levels) {
    return levels <= MOST_LEVELS
        ? Fit.raw()
        : Fit.no(
            "it counts pairs of levels, and %d of them are more than %d; binarize the images"
                .formatted(levels, MOST_LEVELS));
  }

  @Override
  public GenerativeModel<ChowLiuSampler> create(ChowLiuConfig config, ModelContext context) {
    Modality.Image image = (Modality.Image) ((DataSpec.Conditional) context.spec()).x();
    Shape item = Unconditional.item(context.spec());
    return new ChowLiuModel(config, item, image.levels(), context);
  }
}
