package dev.assay.plugins.gan.cgan;

import com.google.auto.service.AutoService;
import dev.assay.plugins.gan.game.AdversarialModel;
import dev.assay.plugins.gan.game.AdversarialModel.Players;
import dev.assay.plugins.gan.game.Fits;
import dev.assay.plugins.gan.game.LatentGame;
import dev.assay.plugins.gan.game.Loss;
import dev.assay.plugins.gan.game.Recipe;
import dev.assay.plugins.gan.game.TruncationSampler;
import dev.assay.plugins.gan.network.DataForm;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.tensor.Shape;

/** Makes conditional generative adversarial nets of fully connected players. */
@AutoService(ModelProvider.class)
public final class CganProvider implements ModelProvider<CganConfig, TruncationSampler> {
  private static final double BETA2 = 0.999;

  @Override
  public String id() {
    return "cgan";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Conditional generative adversarial nets",
        "gan",
        "Mirza and Osindero, Conditional Generative Adversarial Nets",
        2014,
        "game: eq. 2 and figure 1; non-saturating generator: Goodfellow et al. 2014, §3");
  }

  @Override
  public Class<CganConfig> configType() {
    return CganConfig.class;
  }

  @Override
  public Class<TruncationSampler> samplerType() {
    return TruncationSampler.class;
  }

  @Override
  public Fit fits(CganConfig config, DataSpec spec) {
    return Fits.labelled(spec, Fits.any(spec));
  }

  @Override
  public GenerativeModel<TruncationSampler> create(CganConfig config, ModelContext context) {
    Players players = Players.create(context);
    int classes = Fits.classes(context.spec());
    DataForm form = DataForm.of(Fits.x(context.spec()));
    Shape item = form.item();
    LatentGame game =
        new LatentGame(
            config.latent(),
            ConditionalPlayers.generator(
                    players.generator(), config.latent(), classes, config.hidden(), item)
                .within(form),
            ConditionalPlayers.discriminator(players.critic(), item, classes, config.hidden()),
            Loss.NON_SATURATING,
            null);
    Recipe.Learner adam = Recipe.Learner.adam(config.learningRate(), config.beta1(), BETA2);
    Recipe recipe = new Recipe(config.batch(), config.criticSteps(), adam, adam, 0);
    return new AdversarialModel<>(game, recipe, players, true, context);
  }
}
