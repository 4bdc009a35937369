package dev.assay.plugins.gan.game;

import dev.assay.nn.Ema;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.plugins.gan.network.DataForm;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelContext;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.StateStore;
import dev.assay.spi.States;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two players trained against each other: one update is the recipe's steps of the critic and one of
 * the generator, each step a program over its own parameters.
 *
 * @param <S> sampler configuration
 */
public final class AdversarialModel<S extends Record> implements GenerativeModel<S> {
  private static final String X = "x";
  private static final String LABEL = "label";

  private final Players players;
  private final Recipe recipe;
  private final Game<S> game;
  private final DataForm form;
  private final boolean conditional;
  private final ModelContext context;
  private final RandomStream noise;
  private final @Nullable Ema averages;
  private final Program critic;
  private final Program generator;
  private final List<String> criticCurves;
  private final List<String> generatorCurves;
  private @Nullable Sampling<S> sampling;
  private long updates;

  /**
   * Where the two players keep what they learn.
   *
   * @param store all of it, for a checkpoint
   */
  public record Players(ParameterStore store) {
    /** Of a new model. */
    public static Players create(ModelContext context) {
      return new Players(new ParameterStore(context.backend(), context.random().child("weights")));
    }

    public ParameterStore generator() {
      return store.scope("generator");
    }

    public ParameterStore critic() {
      return store.scope("critic");
    }
  }

  /**
   * @param players holding the networks of the game
   * @param conditional whether the game asks for labels
   */
  public AdversarialModel(
      Game<S> game, Recipe recipe, Players players, boolean conditional, ModelContext context) {
    this.game = game;
    this.recipe = recipe;
    this.players = players;
    this.conditional = conditional;
    this.context = context;
    form = DataForm.of(Fits.x(context.spec()));
    noise = context.random().child("noise");
    averages = recipe.averaging() > 0 ? averages() : null;
    Tensor x = Tensor.input(X, DType.F32, form.item().insert(0, recipe.batch()));
    Tensor label = Tensor.input(LABEL, DType.I32, Shape.of(recipe.batch()));
    Objective criticLoss = game.critic(form.centred(x), label, Draws.root());
    Objective generatorLoss = game.generator(label, Draws.root());
    criticCurves = List.copyOf(criticLoss.curves().keySet());
    generatorCurves = List.copyOf(generatorLoss.curves().keySet());
    critic = compile("critic", criticLoss, recipe.critic(), null);
    generator = compile("generator", generatorLoss, recipe.generator(), averages);
  }

  /** Of all that the generator's output depends on: weights, running statistics. */
  private Ema averages() {
    List<Parameter> all = new ArrayList<>();
    players.generator().forEach((_, variable) -> all.add(new Parameter(variable)));
    return Ema.warmedUp(players.store().scope("average"), all, recipe.averaging());
  }

  private Program compile(
      String player, Objective objective, Recipe.Learner learner, @Nullable Ema ema) {
    ParameterStore state = players.store().scope("optimizer").scope(player);
    TrainStep step =
        new TrainStep(
                objective.loss(),
                players.store().scope(player).parameters(),
                learner.optimizer().apply(state))
            .assign(objective.assigns());
    objective.curves().forEach(step::output);
    if (ema != null) {
      step.average(ema);
    }
    return step.compile(context.backend());
  }

  @Override
  public StepReport train(BatchSource batches) {
    RandomStream random = noise.child(updates);
    for (int k = 0; k < recipe.criticSteps(); k++) {
      Batch batch = batches.next(recipe.batch());
      stepCritic(batch, random.child("critic").child(k));
      label(generator, batch);
    }
    stepGenerator(random.child("generator"));
    updates++;
    return report();
  }

  /** One step of the critic on a batch. */
  void stepCritic(Batch batch, RandomStream random) {
    critic.set(X, batch.dense().data());
    label(critic, batch);
    step(critic, recipe.critic(), random);
  }

  /** One step of the generator, for the labels last set. */
  void stepGenerator(RandomStream random) {
    step(generator, recipe.generator(), random);
  }

  private void label(Program program, Batch batch) {
    if (conditional) {
      program.set(LABEL, ((Values.Labels) batch.condition()).labels());
    }
  }

  private static void step(Program program, Recipe.Learner learner, RandomStream random) {
    program.set(TrainStep.LEARNING_RATE, new float[] {(float) learner.rate()});
    program.seed(random);
    program.run();
  }

  /** The loss is the critic's, at its last step. */
  private StepReport report() {
    Map<String, Double> details = new LinkedHashMap<>();
    details.put("generator", (double) generator.scalar(TrainStep.LOSS));
    criticCurves.forEach(name -> details.put(name, (double) critic.scalar(name)));
    generatorCurves.forEach(name -> details.put(name, (double) generator.scalar(name)));
    long examples = (long) recipe.criticSteps() * recipe.batch();
    return new StepReport(critic.scalar(TrainStep.LOSS), examples, false, details);
  }

  @Override
  public Samples sample(SampleRequest request, S sampler) {
    if (sampling == null) {
      sampling = new Sampling<>(game, form, averages, conditional, context.backend());
    }
    return sampling.draw(request, sampler);
  }

  @Override
  public long parameters() {
    return players.generator().count() + players.critic().count();
  }

  @Override
  public void save(StateStore state) {
    States.save(players.store(), state);
    state.putLongs("updates", updates);
  }

  @Override
  public void restore(StateStore state) {
    States.restore(players.store(), state);
    updates = state.longs("updates")[0];
  }

  @Override
  public void close() {
    critic.close();
    generator.close();
    if (sampling != null) {
      sampling.close();
    }
  }
}
