package dev.assay.runner.execute;

import dev.assay.runner.experiment.Registry;
import dev.assay.spi.Configs;
import dev.assay.spi.DataPreparer;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetFiles;
import dev.assay.spi.FeatureExtractor;
import dev.assay.spi.FeatureProvider;
import dev.assay.spi.FeatureSpace;
import dev.assay.spi.Features;
import dev.assay.spi.Fit;
import dev.assay.spi.PreparedData;
import dev.assay.spi.Values;
import dev.assay.store.AtomicFiles;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Features of one dataset, and of samples like it. The extractor is opened when a metric first
 * asks, on the processor whatever the models run on, so that all of them are seen by the same
 * network. Safe for use by several threads.
 */
public final class DatasetFeatures implements AutoCloseable {
  /** By preference: what every machine has comes last, as it is slow. */
  private static final List<String> BACKENDS = List.of("cpu", "reference");

  private static final String FOLDER = "features";
  private static final int TENTHS = 10;

  private final PreparedData data;
  private final FeatureProvider provider;
  private final Registry registry;
  private final Cancellation cancellation;
  private final Consumer<String> notes;
  private final boolean kept;
  private @Nullable Backend backend;
  private @Nullable FeatureExtractor extractor;
  private @Nullable Features train;
  private @Nullable Features test;

  private DatasetFeatures(
      PreparedData data,
      FeatureProvider provider,
      Registry registry,
      Cancellation cancellation,
      Consumer<String> notes,
      boolean kept) {
    this.data = data;
    this.provider = provider;
    this.registry = registry;
    this.cancellation = cancellation;
    this.notes = notes;
    this.kept = kept;
  }

  /**
   * The features of a dataset, by an extractor that the user has set up, or else by any; empty if
   * none fits.
   *
   * @param notes is told what takes long
   */
  public static Optional<DatasetFeatures> of(
      PreparedData data, Registry registry, Cancellation cancellation, Consumer<String> notes) {
    return registry.features().stream()
        .filter(provider -> provider.fits(data.spec()) instanceof Fit.Yes)
        .min(Comparator.comparing(provider -> !provider.setUp()))
        .map(provider -> new DatasetFeatures(data, provider, registry, cancellation, notes, true));
  }

  /**
   * The features of a dataset by one extractor, which is trained on the data and not kept for later
   * commands.
   *
   * @param provider which fits the data
   */
  static DatasetFeatures trained(
      PreparedData data, FeatureProvider provider, Registry registry, Cancellation cancellation) {
    return new DatasetFeatures(data, provider, registry, cancellation, _ -> {}, false);
  }

  /**
   * The features of a dataset of the catalogue as it is, without any settings.
   *
   * @throws IOException if a file is missing or damaged
   */
  public static Optional<DatasetFeatures> of(
      String dataset, Registry registry, Consumer<String> notes) throws IOException {
    PreparedData data = prepare(registry.preparer(), registry.load(dataset));
    return of(data, registry, new Cancellation(), notes);
  }

  private static <S extends Record, P extends Record> PreparedData prepare(
      DataPreparer<S, P> preparer, Dataset dataset) {
    return preparer.prepare(
        dataset,
        Configs.defaults(preparer.splitType()),
        Configs.defaults(preparer.preprocessType()));
  }

  /** Share of the test examples that the extractor classifies right; empty if it does not. */
  public OptionalDouble accuracy() {
    Optional<Values.Dense> logits = test().logits();
    if (logits.isEmpty() || !(data.test().condition() instanceof Values.Labels labels)) {
      return OptionalDouble.empty();
    }
    int right = 0;
    for (int i = 0; i < labels.count(); i++) {
      right += best(logits.get(), i) == labels.labels()[i] ? 1 : 0;
    }
    return OptionalDouble.of((double) right / labels.count());
  }

  private static int best(Values.Dense rows, int row) {
    int from = row * rows.width();
    int best = from;
    for (int i = from; i < from + rows.width(); i++) {
      best = rows.data()[i] > rows.data()[best] ? i : best;
    }
    return best - from;
  }

  /** Numbers of the features of one example. */
  public int width() {
    return test().pooled().width();
  }

  /** The dataset beside some samples. */
  public FeatureSpace with(Values.Dense samples) {
    return new Space(samples);
  }

  /**
   * The extractor, trained if need be.
   *
   * @throws UncheckedIOException if a file is missing, damaged or cannot be written
   */
  public synchronized FeatureExtractor extractor() {
    if (extractor == null) {
      if (backend == null) {
        backend = open();
      }
      try {
        extractor = provider.open(data, backend, new Context());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return extractor;
  }

  private Backend open() {
    for (String id : BACKENDS) {
      for (BackendProvider candidate : registry.backends()) {
        if (candidate.id().equals(id) && candidate.unavailable().isEmpty()) {
          return candidate.open(BackendProvider.Settings.standard());
        }
      }
    }
    throw new IllegalStateException(
        "features need one of the backends " + String.join(", ", BACKENDS) + "; none is available");
  }

  private synchronized Features train() {
    if (train == null) {
      train = extractor().features(data.train().dense());
    }
    return train;
  }

  private synchronized Features test() {
    if (test == null) {
      test = extractor().features(data.test().dense());
    }
    return test;
  }

  @Override
  public synchronized void close() {
    if (extractor != null) {
      extractor.close();
    }
    if (backend != null) {
      backend.close();
    }
  }

  private final class Space implements FeatureSpace {
    private final Values.Dense values;
    private @Nullable Features samples;

    Space(Values.Dense values) {
      this.values = values;
    }

    @Override
    public String signature() {
      return extractor().signature();
    }

    @Override
    public synchronized Features samples() {
      if (samples == null) {
        samples = extractor().features(values);
      }
      return samples;
    }

    @Override
    public Features train() {
      return DatasetFeatures.this.train();
    }

    @Override
    public Features test() {
      return DatasetFeatures.this.test();
    }
  }

  /** Keeps files beside the datasets' own. */
  private final class Context implements FeatureProvider.Context {
    private final DatasetFiles files = registry.files();
    private long tenth;

    @Override
    public Optional<byte[]> get(String name) throws IOException {
      Path file = file(name);
      return kept && Files.isRegularFile(file)
          ? Optional.of(Files.readAllBytes(file))
          : Optional.empty();
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
      if (!kept) {
        return;
      }
      AtomicFiles.createFolders(folder());
      AtomicFiles.write(file(name), content);
    }

    private Path file(String name) {
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,199}")) {
        throw new IllegalArgumentException("no file name: '" + name + "'");
      }
      return folder().resolve(name);
    }

    private Path folder() {
      return files.cache().resolve(FOLDER);
    }

    @Override
    public void trained(long done, long steps) {
      cancellation.check();
      if (done * TENTHS / steps > tenth) {
        tenth = done * TENTHS / steps;
        notes.accept(
            "trains the feature network of %s: %d %%"
                .formatted(data.card().id(), tenth * 100 / TENTHS));
      }
    }
  }
}
