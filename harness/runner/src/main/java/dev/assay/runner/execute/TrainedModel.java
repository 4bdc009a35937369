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
import dev.assay.spi.TokenizerSpec;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import dev.assay.tensor.RandomStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model with all it stands on, open until closed.
 *
 * @param parents the trained models it builds upon, theirs before them
 * @param source the training examples, at their beginning
 * @param random the run's root stream
 */
record TrainedModel<S extends Record>(
    GenerativeModel<S> model,
    List<GenerativeModel<?>> parents,
    CountingBackend backend,
    PreparedData data,
    EncodedData encoded,
    ResumableSource source,
    RandomStream random)
    implements AutoCloseable {

  /**
   * Creates an untrained model of a cell that fits.
   *
   * @throws IOException if a parent's state cannot be read
   */
  static <C extends Record, S extends Record> TrainedModel<S> create(
      Cell cell,
      PlannedModel<C, S> planned,
      PreparedData data,
      BackendProvider provider,
      int threads,
      ParentStates states)
      throws IOException {
    RandomStream random = RandomStream.root(cell.seed());
    CountingBackend backend =
        new CountingBackend(
            provider.open(
                new BackendProvider.Settings(
                    cell.backend().threads().orElse(threads),
                    cell.backend().precision(),
                    cell.backend().blas().orElse(BackendProvider.Settings.AUTO))));
    try {
      EncodedData encoded = data.encoded(encoding(cell));
      ResumableSource source = encoded.batches(random.child("data"));
      List<GenerativeModel<?>> parents = new ArrayList<>();
      Context context = context(cell, backend, data, states, parents);
      return new TrainedModel<>(
          planned.create(context), parents, backend, data, encoded, source, random);
    } catch (IOException | RuntimeException | Error e) {
      backend.close();
      throw e;
    }
  }

  private static Fit.Encoding encoding(Cell cell) {
    return switch (cell.fit()) {
      case Fit.Yes yes -> yes.encoding();
      case Fit.No no -> throw new IllegalArgumentException("skipped because " + no.reason());
    };
  }

  /**
   * What a cell's model is created with.
   *
   * @param opened receives each parent
   */
  private static Context context(
      Cell cell,
      CountingBackend backend,
      PreparedData data,
      ParentStates states,
      List<GenerativeModel<?>> opened)
      throws IOException {
    Map<String, GenerativeModel<?>> parents = new TreeMap<>();
    for (Map.Entry<String, Cell> entry : cell.parents().entrySet()) {
      Cell parent = entry.getValue();
      PreparedData met = parent.data().equals(cell.data()) ? data : states.data(parent);
      Context own = context(parent, backend, met, states, opened);
      GenerativeModel<?> model = parent.model().create(own);
      opened.add(model);
      model.restore(states.of(parent));
      parents.put(entry.getKey(), model);
    }
    RandomStream random = RandomStream.root(cell.seed());
    int size = data.encoded(encoding(cell)).batches(random.child("data")).size();
    return new Context(backend, random.child("model"), cell.data().spec(), data, size, parents);
  }

  @Override
  public void close() {
    try (backend) {
      model.close();
      for (GenerativeModel<?> parent : parents.reversed()) {
        parent.close();
      }
    }
  }

  private record Context(
      Backend backend,
      RandomStream random,
      DataSpec spec,
      PreparedData data,
      int trainSize,
      Map<String, GenerativeModel<?>> parents)
      implements ModelContext {
    @Override
    public GenerativeModel<?> parent(String role) {
      GenerativeModel<?> parent = parents.get(role);
      if (parent == null) {
        throw new IllegalArgumentException(
            "there is no parent '" + role + "'; there are: " + String.join(", ", parents.keySet()));
      }
      return parent;
    }

    @Override
    public Tokenizer tokenizer(TokenizerSpec wanted) {
      return data.tokenizer(wanted);
    }
  }
}
