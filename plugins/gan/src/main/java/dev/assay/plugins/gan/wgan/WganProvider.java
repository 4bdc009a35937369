package dev.assay.plugins.gan.wgan;

import com.google.auto.service.AutoService;
import dev.assay.nn.RmsProp;
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

/** Makes Wasserstein GANs with clipped weights. */
@AutoService(ModelProvider.class)
public final class WganProvider implements ModelProvider<WganConfig, TruncationSampler> {
  @Override
  public String id() {
    return "wgan";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Wasserstein GAN",
        "gan",
        "Arjovsky, Chintala and Bottou, Wasserstein GAN",
        2017,
        "distance: eq. 2; training: algorithm 1;"
            + " spectral normalisation: Miyato et al. 2018, eq. 8 and algorithm 1");
  }

  @Override
  public Class<WganConfig> configType() {
    return WganConfig.class;
  }

  @Override
  public Class<TruncationSampler> samplerType() {
    return TruncationSampler.class;
  }

  @Override
  public Fit fits(WganConfig config, DataSpec spec) {
    return Fits.any(spec);
  }

  @Override
  public GenerativeModel<TruncationSampler> create(WganConfig config, ModelContext context) {
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
            null);
    double rate = config.learningRate();
    Recipe recipe =
        new Recipe(
            config.batch(),
            config.criticSteps(),
            new Recipe.Learner(rate, state -> new Clipped(RmsProp.standard(state), config.clip())),
            new Recipe.Learner(rate, RmsProp::standard),
            0);
    return new AdversarialModel<>(game, recipe, players, false, context);
  }
}
