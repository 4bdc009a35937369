package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.PlannedModel;
import dev.assay.spi.DataSpec;
import dev.assay.spi.EncodedData;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelContext;
import dev.assay.spi.PreparedData;
import dev.assay.spi.ResumableSource;
import dev.assay.spi.Tokenizer;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import dev.assay.tensor.RandomStream;

/**
 * A model with all it stands on, open until closed.
 *
 * @param source the training examples, at their beginning
 * @param random the run's root stream
 */
record TrainedModel<S extends Record>(
    GenerativeModel<S> model,
    CountingBackend backend,
    PreparedData data,
    EncodedData encoded,
    ResumableSource source,
    RandomStream random)
    implements AutoCloseable {

  /** Creates an untrained model of a cell that fits. */
  static <C extends Record, S extends Record> TrainedModel<S> create(
      Cell cell,
      PlannedModel<C, S> planned,
      PreparedData data,
      BackendProvider provider,
      int threads) {
    Fit.Encoding encoding =
        switch (cell.fit()) {
          case Fit.Yes yes -> yes.encoding();
          case Fit.No no -> throw new IllegalArgumentException("skipped because " + no.reason());
        };
    RandomStream random = RandomStream.root(cell.seed());
    CountingBackend backend =
        new CountingBackend(
            provider.open(
                new BackendProvider.Settings(
                    cell.backend().threads().orElse(threads), cell.backend().precision())));
    try {
      EncodedData encoded = data.encoded(encoding);
      ResumableSource source = encoded.batches(random.child("data"));
      GenerativeModel<S> model =
          planned.create(new Context(backend, random.child("model"), data, source.size()));
      return new TrainedModel<>(model, backend, data, encoded, source, random);
    } catch (RuntimeException | Error e) {
      backend.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try (backend) {
      model.close();
    }
  }

  private record Context(Backend backend, RandomStream random, PreparedData data, int trainSize)
      implements ModelContext {
    @Override
    public DataSpec spec() {
      return data.spec();
    }

    @Override
    public Tokenizer tokenizer(String kind) {
      return data.tokenizer(kind);
    }
  }
}
