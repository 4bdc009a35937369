package dev.assay.runner.execute;

import dev.assay.runner.DivergedException;
import dev.assay.spi.Batch;
import dev.assay.spi.EncodedData;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Values;
import dev.assay.store.Digests;
import dev.assay.store.NamedArrays;
import dev.assay.store.SafeTensors;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Draws samples in raw form, some at a time. */
public final class Sampling {
  private static final int BATCH = 256;
  private static final double NANOS = 1e9;

  private Sampling() {}

  /**
   * What was drawn.
   *
   * @param values in raw form
   * @param condition what each was drawn under
   * @param seconds spent by the model
   * @param hash SHA-256 of the values
   */
  public record Drawn(Values values, Values condition, double seconds, String hash) {
    static Drawn of(Values values, Values condition, double seconds) {
      return new Drawn(values, condition, seconds, Sampling.hash(values));
    }
  }

  /**
   * Draws {@code count} samples. Conditions are those of the test examples in stored order, over
   * and over.
   *
   * @param watcher is told how many are drawn so far, at first 0
   * @throws DivergedException if a sample holds something that is no number
   */
  static <S extends Record> Drawn draw(
      GenerativeModel<S> model,
      S sampler,
      EncodedData data,
      Batch test,
      int count,
      RandomStream random,
      Cancellation cancellation,
      IntConsumer watcher) {
    int[] cycle = new int[count];
    Arrays.setAll(cycle, i -> i % test.count());
    Values conditions = test.condition().select(cycle);
    List<Values> parts = new ArrayList<>();
    long nanos = 0;
    watcher.accept(0);
    for (int from = 0; from < count; from += BATCH) {
      cancellation.check();
      int to = Math.min(count, from + BATCH);
      long start = System.nanoTime();
      Values values =
          model
              .sample(
                  new SampleRequest(from, to - from, conditions.range(from, to), random), sampler)
              .values();
      nanos += System.nanoTime() - start;
      if (values.count() != to - from) {
        throw new IllegalStateException(
            "the model drew " + values.count() + " samples, but was asked for " + (to - from));
      }
      DivergedException.requireNumbers(values, from);
      parts.add(data.decode(values));
      watcher.accept(to);
    }
    Values all = join(parts);
    return Drawn.of(all, conditions, nanos / NANOS);
  }

  /** Values of one kind, one list after the other; at least one list. */
  static Values join(List<Values> parts) {
    return switch (parts.getFirst()) {
      case Values.Dense first -> {
        int length = parts.stream().mapToInt(p -> ((Values.Dense) p).data().length).sum();
        float[] all = new float[length];
        int at = 0;
        for (Values part : parts) {
          float[] data = ((Values.Dense) part).data();
          System.arraycopy(data, 0, all, at, data.length);
          at += data.length;
        }
        yield new Values.Dense(first.item(), all);
      }
      case Values.Labels first ->
          new Values.Labels(
              parts.stream()
                  .flatMapToInt(p -> Arrays.stream(((Values.Labels) p).labels()))
                  .toArray());
      case Values.Texts first ->
          new Values.Texts(
              parts.stream().flatMap(p -> ((Values.Texts) p).texts().stream()).toList());
      case Values.Nothing first -> new Values.Nothing(parts.stream().mapToInt(Values::count).sum());
    };
  }

  static String hash(Values values) {
    return switch (values) {
      case Values.Dense d ->
          SafeTensors.digest(
              new NamedArrays(
                  Map.of("x", new NamedArrays.Array.F32(new int[] {d.data().length}, d.data())),
                  Map.of()),
              name -> true);
      case Values.Labels l -> Digests.ofText(Arrays.toString(l.labels()));
      case Values.Texts t -> Digests.ofText(String.join("\0", t.texts()));
      case Values.Nothing n -> Digests.ofText(String.valueOf(n.count()));
    };
  }
}
