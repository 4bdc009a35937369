package dev.assay.runner.experiment;

import dev.assay.runner.experiment.ExperimentFile.Point;
import dev.assay.spi.Configs;
import dev.assay.spi.DataPreparer;
import dev.assay.spi.DataSpec;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.OwnFiles;
import dev.assay.tensor.BackendProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns the points of a sweep into cells, each once. */
final class Planner {
  private final Registry registry;
  private final Path folder;
  private final Map<String, Optional<String>> unavailable = new HashMap<>();

  /**
   * @param folder where relative paths of data start
   */
  Planner(Registry registry, Path folder) {
    this.registry = registry;
    this.folder = folder;
  }

  Plan plan(Experiment experiment, List<Point> points) throws IOException {
    Map<String, Cell> cells = new LinkedHashMap<>();
    int datasets = points.stream().mapToInt(p -> p.experiment().data().size()).max().orElse(0);
    for (int i = 0; i < datasets; i++) {
      for (Point point : points) {
        if (i < point.experiment().data().size()) {
          DataChoice data = point.experiment().data().get(i);
          for (Cell cell : cells(point, data(data))) {
            cells.putIfAbsent(cell.id(), cell);
          }
        }
      }
    }
    List<String> order = experiment.models().stream().map(ModelChoice::name).toList();
    List<String> ids = experiment.data().stream().map(DataChoice::id).toList();
    List<Cell> sorted = new ArrayList<>(cells.values());
    sorted.sort(
        Comparator.comparingInt((Cell cell) -> ids.indexOf(cell.data().id()))
            .thenComparingInt(cell -> order.indexOf(cell.model().name())));
    return new Plan(experiment, sorted);
  }

  private PlannedData<?, ?> data(DataChoice choice) throws IOException {
    return data(choice, registry.preparer());
  }

  private <S extends Record, P extends Record> PlannedData<S, P> data(
      DataChoice choice, DataPreparer<S, P> preparer) throws IOException {
    Optional<OwnData<?>> own = Optional.empty();
    if (!choice.own().isEmpty()) {
      own = Optional.of(own(choice, registry.ownFiles().orElseThrow()));
    }
    DatasetCard card =
        own.isPresent() ? registry.load(own.get()).card() : registry.dataset(choice.id());
    S split = Configs.bind(preparer.splitType(), choice.split());
    P preprocess = Configs.bind(preparer.preprocessType(), choice.preprocess());
    DataSpec spec = preparer.spec(card, split, preprocess);
    return new PlannedData<>(card, own, preparer, split, preprocess, spec);
  }

  private <C extends Record> OwnData<C> own(DataChoice choice, OwnFiles<C> files) {
    return new OwnData<>(files, Configs.bind(files.configType(), choice.own()), folder);
  }

  private List<Cell> cells(Point point, PlannedData<?, ?> data) {
    Experiment experiment = point.experiment();
    List<Cell> cells = new ArrayList<>();
    for (ModelChoice choice : experiment.models()) {
      PlannedModel<?, ?> model = model(choice, registry.model(choice.id()), outside(point));
      for (BackendChoice backend : experiment.backends()) {
        for (long seed : experiment.seeds()) {
          cells.add(cell(experiment, data, model, backend, seed));
        }
      }
    }
    return cells;
  }

  /** Swept settings that belong to no model and no backend, such as {@code budget.epochs=5}. */
  private static String outside(Point point) {
    return point.swept().entrySet().stream()
        .filter(entry -> !entry.getKey().matches("(models|backends)\\..*"))
        .map(entry -> entry.getKey() + "=" + Records.show(entry.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static <C extends Record, S extends Record> PlannedModel<C, S> model(
      ModelChoice choice, ModelProvider<C, S> provider, String outside) {
    C config = Configs.bind(provider.configType(), choice.params());
    String label = Records.label(config, Configs.defaults(provider.configType()));
    List<PlannedModel.Sampler<S>> samplers = new ArrayList<>();
    for (Map<String, Object> given : choice.samplers()) {
      S sampler = Configs.bind(provider.samplerType(), given);
      samplers.add(
          new PlannedModel.Sampler<>(
              Records.label(sampler, Configs.defaults(provider.samplerType())), sampler));
    }
    return new PlannedModel<>(
        choice.name(), provider, config, (label + " " + outside).strip(), samplers);
  }

  private Cell cell(
      Experiment experiment,
      PlannedData<?, ?> data,
      PlannedModel<?, ?> model,
      BackendChoice backend,
      long seed) {
    List<Metric> metrics = metrics(experiment.score(), data.spec());
    BackendProvider backendProvider = registry.backend(backend.id());
    CellSpec spec =
        new CellSpec(
            registry,
            data,
            model,
            backend,
            seed,
            experiment.budget(),
            experiment.evaluate(),
            experiment.score(),
            metrics);
    Fit fit =
        unavailable
            .computeIfAbsent(backend.id(), _ -> backendProvider.unavailable())
            .map(reason -> Fit.no("the backend '" + backend.id() + "' is not available: " + reason))
            .orElseGet(() -> model.fits(data.spec()));
    return new Cell(
        spec.id(),
        spec.trainingId(),
        data,
        model,
        backend,
        seed,
        experiment.budget(),
        experiment.score(),
        metrics,
        experiment.evaluate(),
        experiment.checkpoint(),
        fit,
        spec.plain());
  }

  private List<Metric> metrics(ScoreSettings score, DataSpec spec) {
    List<Metric> asked =
        score.metrics().isEmpty()
            ? registry.metrics()
            : score.metrics().stream().map(registry::metric).toList();
    return asked.stream().filter(metric -> metric.fits(spec) instanceof Fit.Yes).toList();
  }
}
