package dev.assay.plugins.gan.original;

import com.google.auto.service.AutoService;
import dev.assay.plugins.gan.game.AdversarialModel;
import dev.assay.plugins.gan.game.AdversarialModel.Players;
import dev.assay.plugins.gan.game.Fits;
import dev.assay.plugins.gan.game.LatentGame;
import dev.assay.plugins.gan.game.Loss;
import dev.assay.plugins.gan.game.Recipe;
import dev.assay.plugins.gan.game.TruncationSampler;
import dev.assay.plugins.gan.network.DataForm;
import dev.assay.plugins.gan.network.Perceptrons;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** Makes generative adversarial nets of fully connected players. */
@AutoService(ModelProvider.class)
public final class GanProvider implements ModelProvider<GanConfig, TruncationSampler> {
  private static final double BETA2 = 0.999;

  @Override
  public String id() {
    return "gan";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Generative adversarial nets",
        "gan",
        "Goodfellow et al., Generative Adversarial Nets",
        2014,
        "game: eq. 1 and algorithm 1; non-saturating generator: §3");
  }

  @Override
  public Class<GanConfig> configType() {
    return GanConfig.class;
  }

  @Override
  public Class<TruncationSampler> samplerType() {
    return TruncationSampler.class;
  }

  @Override
  public Fit fits(GanConfig config, DataSpec spec) {
    return Fits.any(spec);
  }

  @Override
  public GenerativeModel<TruncationSampler> create(GanConfig config, ModelContext context) {
    Players players = Players.create(context);
    DataForm form = DataForm.of(Fits.x(context.spec()));
    LatentGame game =
        new LatentGame(
            config.latent(),
            Perceptrons.generator(
                    players.generator(), config.latent(), config.hidden(), form.item())
                .within(form),
            Perceptrons.critic(players.critic(), form.item().size(), config.hidden()),
            Loss.NON_SATURATING,
            null);
    Recipe.Learner adam = Recipe.Learner.adam(config.learningRate(), config.beta1(), BETA2);
    Recipe recipe = new Recipe(config.batch(), config.criticSteps(), adam, adam, 0);
    return new AdversarialModel<>(game, recipe, players, false, context);
  }
}
