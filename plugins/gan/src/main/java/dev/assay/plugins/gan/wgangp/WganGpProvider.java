package dev.assay.plugins.gan.wgangp;

import com.google.auto.service.AutoService;
import dev.assay.plugins.gan.game.AdversarialModel;
import dev.assay.plugins.gan.game.AdversarialModel.Players;
import dev.assay.plugins.gan.game.Fits;
import dev.assay.plugins.gan.game.LatentGame;
import dev.assay.plugins.gan.game.Loss;
import dev.assay.plugins.gan.game.Recipe;
import dev.assay.plugins.gan.game.TruncationSampler;
import dev.assay.plugins.gan.network.Networks;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** Makes Wasserstein GANs with a gradient penalty. */
@AutoService(ModelProvider.class)
public final class WganGpProvider implements ModelProvider<WganGpConfig, TruncationSampler> {
  @Override
  public String id() {
    return "wgan-gp";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Wasserstein GAN with gradient penalty",
        "gan",
        "Gulrajani et al., Improved Training of Wasserstein GANs",
        2017,
        "penalty: eq. 3; training: algorithm 1; distance: Arjovsky et al. 2017, eq. 2;"
            + " spectral normalisation: Miyato et al. 2018, eq. 8 and algorithm 1");
  }

  @Override
  public Class<WganGpConfig> configType() {
    return WganGpConfig.class;
  }

  @Override
  public Class<TruncationSampler> samplerType() {
    return TruncationSampler.class;
  }

  @Override
  public Fit fits(WganGpConfig config, DataSpec spec) {
    return Fits.any(spec);
  }

  @Override
  public GenerativeModel<TruncationSampler> create(WganGpConfig config, ModelContext context) {
    Players players = Players.create(context);
    Networks networks =
        new Networks(
            Fits.x(context.spec()),
            config.latent(),
            config.width(),
            config.hidden(),
            config.criticNorm());
    LatentGame game =
        new LatentGame(
            config.latent(),
            networks.generator(players.generator()),
            networks.critic(players.critic()),
            Loss.WASSERSTEIN,
            new GradientPenalty(config.penalty()));
    Recipe.Learner adam =
        Recipe.Learner.adam(config.learningRate(), config.beta1(), config.beta2());
    Recipe recipe =
        new Recipe(config.batch(), config.criticSteps(), adam, adam, config.averaging());
    return new AdversarialModel<>(game, recipe, players, false, context);
  }
}
