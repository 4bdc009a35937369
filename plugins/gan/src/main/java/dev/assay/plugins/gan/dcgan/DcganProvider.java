package dev.assay.plugins.gan.dcgan;

import com.google.auto.service.AutoService;
import dev.assay.plugins.gan.game.AdversarialModel;
import dev.assay.plugins.gan.game.AdversarialModel.Players;
import dev.assay.plugins.gan.game.Fits;
import dev.assay.plugins.gan.game.LatentGame;
import dev.assay.plugins.gan.game.Loss;
import dev.assay.plugins.gan.game.Recipe;
import dev.assay.plugins.gan.game.TruncationSampler;
import dev.assay.plugins.gan.network.ConvCritic;
import dev.assay.plugins.gan.network.ConvGenerator;
import dev.assay.plugins.gan.network.DataForm;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** Makes deep convolutional generative adversarial networks. */
@AutoService(ModelProvider.class)
public final class DcganProvider implements ModelProvider<DcganConfig, TruncationSampler> {
  private static final double BETA2 = 0.999;

  @Override
  public String id() {
    return "dcgan";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Deep convolutional GAN",
        "gan",
        "Radford, Metz and Chintala, Unsupervised Representation Learning with Deep Convolutional"
            + " Generative Adversarial Networks",
        2015,
        "networks and optimiser: §3 and §4; game: Goodfellow et al. 2014, eq. 1 and §3;"
            + " spectral normalisation: Miyato et al. 2018, eq. 8 and algorithm 1");
  }

  @Override
  public Class<DcganConfig> configType() {
    return DcganConfig.class;
  }

  @Override
  public Class<TruncationSampler> samplerType() {
    return TruncationSampler.class;
  }

  @Override
  public Fit fits(DcganConfig config, DataSpec spec) {
    return Fits.images(spec);
  }

  @Override
  public GenerativeModel<TruncationSampler> create(DcganConfig config, ModelContext context) {
    Players players = Players.create(context);
    Modality.Image image = (Modality.Image) Fits.x(context.spec());
    LatentGame game =
        new LatentGame(
            config.latent(),
            ConvGenerator.create(players.generator(), image, config.latent(), config.width())
                .within(DataForm.of(image)),
            ConvCritic.create(players.critic(), image, config.width(), config.criticNorm()),
            Loss.NON_SATURATING,
            null);
    Recipe.Learner adam = Recipe.Learner.adam(config.learningRate(), config.beta1(), BETA2);
    Recipe recipe = new Recipe(config.batch(), config.criticSteps(), adam, adam, 0);
    return new AdversarialModel<>(game, recipe, players, false, context);
  }
}
