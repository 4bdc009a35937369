package dev.assay.plugins.gan.stylegan;

import com.google.auto.service.AutoService;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.gan.game.AdversarialModel;
import dev.assay.plugins.gan.game.AdversarialModel.Players;
import dev.assay.plugins.gan.game.Fits;
import dev.assay.plugins.gan.game.Recipe;
import dev.assay.plugins.gan.network.ConvCritic;
import dev.assay.plugins.gan.network.CriticNorm;
import dev.assay.plugins.gan.network.DataForm;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** Makes style-based GANs. */
@AutoService(ModelProvider.class)
public final class StyleGanProvider implements ModelProvider<StyleGanConfig, StyleGanSampler> {
  private static final double BETA1 = 0;
  private static final double BETA2 = 0.99;

  @Override
  public String id() {
    return "stylegan";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "StyleGAN2, small",
        "gan",
        "Karras et al., Analyzing and Improving the Image Quality of StyleGAN",
        2019,
        "modulated convolution: eqs. 1 and 3; networks: figures 2 (c) and 7 (b); mapping, noise,"
            + " style mixing and truncation: Karras et al. 2019, §2, §3.1 and appendix B;"
            + " R1: Mescheder et al. 2018, eq. 9; game: Goodfellow et al. 2014, eq. 1 and §3");
  }

  @Override
  public Class<StyleGanConfig> configType() {
    return StyleGanConfig.class;
  }

  @Override
  public Class<StyleGanSampler> samplerType() {
    return StyleGanSampler.class;
  }

  @Override
  public Fit fits(StyleGanConfig config, DataSpec spec) {
    return Fits.images(spec);
  }

  @Override
  public GenerativeModel<StyleGanSampler> create(StyleGanConfig config, ModelContext context) {
    Players players = Players.create(context);
    Modality.Image image = (Modality.Image) Fits.x(context.spec());
    ParameterStore generator = players.generator();
    int latent = config.latent();
    StyleGanGame game =
        new StyleGanGame(
            latent,
            Mapping.create(generator.scope("mapping"), latent, config.mapping()),
            new Synthesis(generator.scope("synthesis"), image, latent, config.width()),
            ConvCritic.create(players.critic(), image, config.width(), CriticNorm.NONE),
            DataForm.of(image),
            config.mixing(),
            config.r1());
    Recipe.Learner adam = Recipe.Learner.adam(config.learningRate(), BETA1, BETA2);
    Recipe recipe =
        new Recipe(config.batch(), config.criticSteps(), adam, adam, config.averaging());
    return new AdversarialModel<>(game, recipe, players, false, context);
  }
}
