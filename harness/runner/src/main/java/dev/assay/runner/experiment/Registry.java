package dev.assay.runner.experiment;

import dev.assay.runner.task.Task;
import dev.assay.spi.DataPreparer;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetFiles;
import dev.assay.spi.DatasetProvider;
import dev.assay.spi.FeatureProvider;
import dev.assay.spi.Metric;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.OwnFiles;
import dev.assay.tensor.BackendProvider;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything found on the class path: models, datasets, metrics, backends and the data pipeline.
 * Each kind is looked for when it is first asked for. Lists are sorted by id. Safe for use by
 * several threads.
 */
public final class Registry {
  private final Loader loader;
  private final Map<Class<?>, List<?>> services = new LinkedHashMap<>();
  private final Map<OwnData<?>, SoftReference<Dataset>> ownData = new HashMap<>();

  private Registry(Loader loader) {
    this.loader = loader;
  }

  /** What {@link ServiceLoader} finds. */
  public static Registry load() {
    return new Registry(Registry::discover);
  }

  /** Exactly these providers: any mixture of the interfaces that {@link #load} looks for. */
  public static Registry of(Object... providers) {
    List<Object> all = List.of(providers);
    return new Registry(
        new Loader() {
          @Override
          public <T> List<T> load(Class<T> type) {
            return all.stream().filter(type::isInstance).map(type::cast).toList();
          }
        });
  }

  /**
   * @throws RegistryException if two providers share an id or one cannot be loaded
   */
  public List<ModelProvider<?, ?>> models() {
    return List.copyOf(modelsById().values());
  }

  /**
   * @throws UnknownIdException if there is none
   */
  public ModelProvider<?, ?> model(String id) {
    return get("model", id, modelsById());
  }

  /**
   * @throws RegistryException if two providers share an id or one cannot be loaded
   */
  public List<DatasetCard> datasets() {
    return datasetsById().values().stream().map(Entry::card).toList();
  }

  /**
   * @throws UnknownIdException if there is none
   */
  public DatasetCard dataset(String id) {
    return get("dataset", id, datasetsById()).card();
  }

  /** Which provider offers a dataset. */
  public DatasetProvider datasetProvider(String id) {
    return get("dataset", id, datasetsById()).provider();
  }

  /**
   * Reads a dataset whole.
   *
   * @throws UnknownIdException if there is none
   * @throws IOException as {@link DatasetProvider#load}
   */
  public Dataset load(String id) throws IOException {
    return datasetProvider(id).load(id, files());
  }

  /**
   * @throws RegistryException if two providers share an id or one cannot be loaded
   */
  public List<Metric> metrics() {
    return List.copyOf(metricsById().values());
  }

  /**
   * @throws UnknownIdException if there is none
   */
  public Metric metric(String id) {
    return get("metric", id, metricsById());
  }

  /**
   * @throws RegistryException if two providers share an id or one cannot be loaded
   */
  public List<FeatureProvider> features() {
    return List.copyOf(
        byId("feature extractor", FeatureProvider.class, FeatureProvider::id).values());
  }

  /**
   * @throws RegistryException if two providers share an id or one cannot be loaded
   */
  public List<BackendProvider> backends() {
    return List.copyOf(backendsById().values());
  }

  /**
   * @throws UnknownIdException if there is none
   */
  public BackendProvider backend(String id) {
    return get("backend", id, backendsById());
  }

  /** What trained models can be put to. */
  public List<Task<?>> tasks() {
    return Task.all();
  }

  /**
   * @throws UnknownIdException if there is none
   */
  public Task<?> task(String id) {
    return get("task", id, Task.all().stream().collect(Collectors.toMap(Task::id, t -> t)));
  }

  /**
   * Reads a user's own files whole; reads them once while memory lasts.
   *
   * @throws IOException as {@link OwnFiles#load}
   */
  Dataset load(OwnData<?> own) throws IOException {
    SoftReference<Dataset> known;
    synchronized (ownData) {
      known = ownData.get(own);
    }
    Dataset dataset = known == null ? null : known.get();
    if (dataset == null) {
      dataset = own.load();
      synchronized (ownData) {
        ownData.put(own, new SoftReference<>(dataset));
      }
    }
    return dataset;
  }

  /**
   * The one that reads users' own files, if there is one.
   *
   * @throws RegistryException if there is more than one
   */
  public Optional<OwnFiles<?>> ownFiles() {
    return all(OwnFiles.class).isEmpty() ? Optional.empty() : Optional.of(only(OwnFiles.class));
  }

  /**
   * The one that turns datasets into what runs work on.
   *
   * @throws RegistryException if there is none, or more than one
   */
  public DataPreparer<?, ?> preparer() {
    return only(DataPreparer.class);
  }

  /**
   * The one that finds the files of datasets.
   *
   * @throws RegistryException if there is none, or more than one
   */
  public DatasetFiles files() {
    return only(DatasetFiles.class);
  }

  private Map<String, ModelProvider<?, ?>> modelsById() {
    Map<String, ModelProvider<?, ?>> byId = new TreeMap<>();
    for (ModelProvider<?, ?> provider : all(ModelProvider.class)) {
      put(byId, "model", provider.id(), provider, provider);
    }
    return byId;
  }

  private Map<String, Entry> datasetsById() {
    Map<String, Entry> byId = new TreeMap<>();
    for (DatasetProvider provider : all(DatasetProvider.class)) {
      for (DatasetCard card : provider.cards()) {
        put(byId, "dataset", card.id(), new Entry(card, provider), provider);
      }
    }
    return byId;
  }

  private Map<String, Metric> metricsById() {
    return byId("metric", Metric.class, Metric::id);
  }

  private Map<String, BackendProvider> backendsById() {
    return byId("backend", BackendProvider.class, BackendProvider::id);
  }

  private <T> Map<String, T> byId(String kind, Class<T> type, Function<T, String> id) {
    Map<String, T> byId = new TreeMap<>();
    for (T provider : all(type)) {
      put(byId, kind, id.apply(provider), provider, provider);
    }
    return byId;
  }

  private static <T> void put(
      Map<String, T> byId, String kind, String id, T value, Object provider) {
    if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new RegistryException(
          kind
              + " id '"
              + id
              + "' of "
              + origin(provider)
              + " is not made of lower-case words joined by hyphens");
    }
    T other = byId.putIfAbsent(id, value);
    if (other != null) {
      Object first = other instanceof Entry entry ? entry.provider() : other;
      throw new RegistryException(
          "two "
              + kind
              + "s have the id '"
              + id
              + "': "
              + origin(first)
              + " and "
              + origin(provider)
              + "; remove one of them from the class path");
    }
  }

  private static <T> T get(String kind, String id, Map<String, T> byId) {
    T value = byId.get(id);
    if (value == null) {
      throw new UnknownIdException(kind, id, List.copyOf(byId.keySet()));
    }
    return value;
  }

  private <T> T only(Class<T> type) {
    List<T> providers = all(type);
    if (providers.size() == 1) {
      return providers.getFirst();
    }
    throw new RegistryException(
        "exactly one "
            + type.getSimpleName()
            + " is needed on the class path, but there "
            + (providers.isEmpty()
                ? "is none"
                : "are "
                    + String.join(" and ", providers.stream().map(Registry::origin).toList())));
  }

  private synchronized <T> List<T> all(Class<T> type) {
    List<?> known = services.get(type);
    if (known == null) {
      known = loader.load(type);
      services.put(type, known);
    }
    return known.stream().map(type::cast).toList();
  }

  private static <T> List<T> discover(Class<T> type) {
    List<T> providers = new ArrayList<>();
    try {
      ServiceLoader.load(type).forEach(providers::add);
    } catch (ServiceConfigurationError e) {
      throw new RegistryException(
          "a plugin on the class path cannot be loaded: " + e.getMessage(), e);
    }
    return providers;
  }

  private static String origin(Object provider) {
    return provider.getClass().getName() + " in " + CodeVersion.location(provider.getClass());
  }

  private record Entry(DatasetCard card, DatasetProvider provider) {}

  @FunctionalInterface
  private interface Loader {
    <T> List<T> load(Class<T> type);
  }
}
