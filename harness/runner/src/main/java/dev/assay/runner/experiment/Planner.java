package dev.assay.runner.experiment;

import dev.assay.runner.experiment.ExperimentFile.Point;
import dev.assay.spi.Configs;
import dev.assay.spi.DataPreparer;
import dev.assay.spi.DataSpec;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.Fit;
import dev.assay.spi.Guard;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    Map<String, Series> series = new LinkedHashMap<>();
    int datasets = points.stream().mapToInt(p -> p.experiment().data().size()).max().orElse(0);
    for (int i = 0; i < datasets; i++) {
      for (Point point : points) {
        if (i < point.experiment().data().size()) {
          DataChoice data = point.experiment().data().get(i);
          for (Series one : series(point, data(data))) {
            series.putIfAbsent(one.cells().getFirst().id(), one);
          }
        }
      }
    }
    Set<Long> sure = Set.copyOf(experiment.seeds());
    for (Series one : series.values()) {
      one.cells().stream()
          .filter(cell -> sure.contains(cell.seed()))
          .forEach(cell -> cells.putIfAbsent(cell.id(), cell));
    }
    List<String> order = experiment.models().stream().map(ModelChoice::name).toList();
    List<String> ids = experiment.data().stream().map(DataChoice::id).toList();
    List<Cell> sorted = new ArrayList<>(cells.values());
    sorted.sort(
        Comparator.comparingInt((Cell cell) -> ids.indexOf(cell.data().id()))
            .thenComparingInt(cell -> order.indexOf(cell.model().name())));
    Set<Cell> ordered = new LinkedHashSet<>();
    sorted.forEach(cell -> afterParents(cell, cells, ordered));
    return experiment.until().isPresent()
        ? new Plan(experiment, List.copyOf(ordered), List.copyOf(series.values()))
        : new Plan(experiment, List.copyOf(ordered));
  }

  /** Adds a cell, and before it those that it builds upon. */
  private static void afterParents(Cell cell, Map<String, Cell> all, Set<Cell> ordered) {
    cell.parents().values().stream()
        .map(parent -> all.get(parent.id()))
        .filter(Objects::nonNull)
        .forEach(parent -> afterParents(parent, all, ordered));
    ordered.add(cell);
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

  /** The cells of each model on each backend, by seed. */
  private List<Series> series(Point point, PlannedData<?, ?> each) throws IOException {
    Experiment experiment = point.experiment();
    Map<String, PlannedData<?, ?>> bound = bound(experiment);
    Map<List<Object>, List<Cell>> series = new LinkedHashMap<>();
    for (BackendChoice backend : experiment.backends()) {
      for (long seed : experiment.allSeeds()) {
        Map<String, Cell> byName = new LinkedHashMap<>();
        for (ModelChoice choice : experiment.models()) {
          Map<String, Cell> parents = new TreeMap<>();
          choice
              .parents()
              .forEach((role, name) ->
                  parents.put(role, Objects.requireNonNull(byName.get(name), name)));
          PlannedModel<?, ?> model =
              model(choice, registry.model(choice.id()), parents, outside(point));
          PlannedData<?, ?> data = bound.getOrDefault(choice.name(), each);
          byName.put(choice.name(), cell(experiment, data, model, parents, backend, seed));
        }
        byName.forEach((name, cell) ->
            series.computeIfAbsent(List.of(backend, name), key -> new ArrayList<>()).add(cell));
      }
    }
    return series.values().stream().map(Series::new).toList();
  }

  /** Data of the models that meet one dataset alone, by the models' names. */
  private Map<String, PlannedData<?, ?>> bound(Experiment experiment) throws IOException {
    Map<String, PlannedData<?, ?>> bound = new HashMap<>();
    for (ModelChoice model : experiment.models()) {
      for (DataChoice choice : experiment.data()) {
        if (model.data().isPresent() && model.data().get().equals(choice.id())) {
          bound.put(model.name(), data(choice));
        }
      }
    }
    return bound;
  }

  /** Such as {@code autoencoder=vae(latent=4)}: parents of other settings make another entrant. */
  private static String label(Map<String, Cell> parents) {
    return parents.entrySet().stream()
        .map(entry -> {
          PlannedModel<?, ?> parent = entry.getValue().model();
          String settings = parent.label().isEmpty() ? "" : "(" + parent.label() + ")";
          return entry.getKey() + "=" + parent.name() + settings.replace(' ', ',');
        })
        .collect(Collectors.joining(" "));
  }

  /**
   * Swept settings that belong to no model and no backend, such as {@code budget.epochs=5}.
   * Sampling seeds are not among them: results have a column of them, and make one entrant as
   * training seeds do.
   */
  private static String outside(Point point) {
    return point.swept().entrySet().stream()
        .filter(entry -> !entry.getKey().matches("(models|backends)\\..*|score\\.seed"))
        .map(entry -> entry.getKey() + "=" + Records.show(entry.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static <C extends Record, S extends Record> PlannedModel<C, S> model(
      ModelChoice choice, ModelProvider<C, S> provider, Map<String, Cell> parents, String outside) {
    C config = Configs.bind(provider.configType(), choice.params());
    String label =
        Stream.of(
                label(parents),
                Records.label(config, Configs.defaults(provider.configType())),
                outside)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    List<PlannedModel.Sampler<S>> samplers = new ArrayList<>();
    for (Map<String, Object> given : choice.samplers()) {
      S sampler = Configs.bind(provider.samplerType(), given);
      samplers.add(
          new PlannedModel.Sampler<>(
              Records.label(sampler, Configs.defaults(provider.samplerType())), sampler));
    }
    return new PlannedModel<>(choice.name(), provider, config, label, samplers);
  }

  private Cell cell(
      Experiment experiment,
      PlannedData<?, ?> data,
      PlannedModel<?, ?> model,
      Map<String, Cell> parents,
      BackendChoice backend,
      long seed) {
    List<Metric> metrics = metrics(experiment.score(), data.spec());
    BackendProvider backendProvider = registry.backend(backend.id());
    CellSpec spec =
        new CellSpec(
            registry,
            data,
            model,
            parents,
            backend,
            seed,
            experiment.budget(),
            experiment.evaluate(),
            experiment.score(),
            metrics,
            experiment.tasks());
    Fit fit =
        unavailable
            .computeIfAbsent(backend.id(), _ -> backendProvider.unavailable())
            .map(reason -> Fit.no("the backend '" + backend.id() + "' is not available: " + reason))
            .orElseGet(() -> fit(model.fits(data.spec()), data, parents));
    return new Cell(
        spec.id(),
        spec.trainingId(),
        data,
        model,
        parents,
        backend,
        seed,
        experiment.budget(),
        experiment.score(),
        metrics,
        experiment.tasks(),
        experiment.evaluate(),
        experiment.checkpoint(),
        fit,
        spec.plain());
  }

  /** A model fits only what its parents fit, the same data in the same encoding. */
  private static Fit fit(Fit own, PlannedData<?, ?> data, Map<String, Cell> parents) {
    for (Map.Entry<String, Cell> entry : parents.entrySet()) {
      String parent = "its " + entry.getKey() + " '" + entry.getValue().model().name() + "'";
      if (entry.getValue().fit() instanceof Fit.No no) {
        return Fit.no(parent + " is skipped: " + no.reason());
      }
      boolean same = entry.getValue().data().equals(data);
      if (same && own instanceof Fit.Yes && !own.equals(entry.getValue().fit())) {
        return Fit.no(parent + " sees x in another encoding than it does");
      }
    }
    return own;
  }

  /** Those asked for, and the guards of samples, as far as they fit. */
  private List<Metric> metrics(ScoreSettings score, DataSpec spec) {
    List<Metric> asked =
        score.metrics().isEmpty()
            ? registry.metrics()
            : score.metrics().stream().map(registry::metric).toList();
    List<Metric> fitting = new ArrayList<>(asked);
    if (score.samples() > 0 && asked.stream().anyMatch(m -> m.info().minimumSamples() > 0)) {
      registry.metrics().stream()
          .filter(metric -> metric instanceof Guard && !asked.contains(metric))
          .forEach(fitting::add);
    }
    fitting.removeIf(metric -> !(metric.fits(spec) instanceof Fit.Yes));
    return List.copyOf(fitting);
  }
}
