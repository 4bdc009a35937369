package dev.assay.plugins.gan.biggan;

import com.google.auto.service.AutoService;
import dev.assay.nn.Parameter;
import dev.assay.plugins.gan.game.AdversarialModel;
import dev.assay.plugins.gan.game.AdversarialModel.Players;
import dev.assay.plugins.gan.game.Fits;
import dev.assay.plugins.gan.game.LatentGame;
import dev.assay.plugins.gan.game.Loss;
import dev.assay.plugins.gan.game.Recipe;
import dev.assay.plugins.gan.game.TruncationSampler;
import dev.assay.plugins.gan.network.DataForm;
import dev.assay.plugins.gan.network.Generator;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import java.util.List;

/** Makes class-conditional GANs of residual players. */
@AutoService(ModelProvider.class)
public final class BigGanProvider implements ModelProvider<BigGanConfig, TruncationSampler> {
  private static final double BETA1 = 0;
  private static final double BETA2 = 0.999;

  @Override
  public String id() {
    return "biggan";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "BigGAN, small",
        "gan",
        "Brock, Donahue and Simonyan, Large Scale GAN Training for High Fidelity Natural Image"
            + " Synthesis",
        2018,
        "truncation and orthogonal regularisation: §3.1 and eq. 3; blocks: appendix B, figure 15;"
            + " hinge: Miyato et al. 2018, eqs. 16 and 17; projection: Miyato and Koyama 2018,"
            + " eq. 3; spectral normalisation: Miyato et al. 2018, eq. 8");
  }

  @Override
  public Class<BigGanConfig> configType() {
    return BigGanConfig.class;
  }

  @Override
  public Class<TruncationSampler> samplerType() {
    return TruncationSampler.class;
  }

  @Override
  public Fit fits(BigGanConfig config, DataSpec spec) {
    if (Fits.x(spec) instanceof Modality.Image image && ResidualGenerator.chunks(image) == 1) {
      return Fit.no("its residual blocks need images of at least 8 by 8 pixels");
    }
    return Fits.labelled(spec, Fits.images(spec));
  }

  @Override
  public GenerativeModel<TruncationSampler> create(BigGanConfig config, ModelContext context) {
    Players players = Players.create(context);
    Modality.Image image = (Modality.Image) Fits.x(context.spec());
    int classes = Fits.classes(context.spec());
    Generator generator =
        new ResidualGenerator(players.generator(), image, classes, config)
            .within(DataForm.of(image));
    LatentGame hinge =
        new LatentGame(
            config.latent() * ResidualGenerator.chunks(image),
            generator,
            new ProjectionCritic(players.critic(), image, classes, config.width()),
            Loss.HINGE,
            null);
    BigGanGame game = new BigGanGame(hinge, weights(players), config.orthogonal());
    Recipe recipe =
        new Recipe(
            config.batch(),
            config.criticSteps(),
            Recipe.Learner.adam(config.criticRate(), BETA1, BETA2),
            Recipe.Learner.adam(config.generatorRate(), BETA1, BETA2),
            config.averaging());
    return new AdversarialModel<>(game, recipe, players, true, context);
  }

  /** The generator's matrices and filters, without the class embedding. */
  private static List<Parameter> weights(Players players) {
    List<Parameter> embedding = players.generator().scope("classes").parameters();
    return players.generator().parameters().stream()
        .filter(p -> p.shape().rank() >= 2 && !embedding.contains(p))
        .toList();
  }
}
