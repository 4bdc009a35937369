package dev.assay.spi.pairs;

import dev.assay.nn.Dropout;
import dev.assay.spi.RowQueues;
import dev.assay.spi.pairs.PairCoding.Pair;
import dev.assay.spi.pairs.PairRows.Inputs;
import dev.assay.spi.pairs.PairRows.Size;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Tensors;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * −ln p(target | source). A pair's program follows from its own lengths, its row from its index, so
 * that no score depends on what is scored beside it.
 */
final class PairScorer implements AutoCloseable {
  private static final int ROWS = 32;
  private static final String NATS = "nats";

  private final Backend backend;
  private final PairNetwork network;
  private final Map<Size, Program> programs = new HashMap<>();

  PairScorer(Backend backend, PairNetwork network) {
    this.backend = backend;
    this.network = network;
  }

  private Program program(Size size) {
    return programs.computeIfAbsent(
        size,
        _ -> {
          Inputs in = Inputs.of(size, ROWS);
          return backend.compile(
              Graph.builder()
                  .output(
                      NATS,
                      Tensors.crossEntropy(
                              network.logits(
                                  in.source(), in.lengths(), in.tokens(), Dropout.none()),
                              in.targets())
                          .sum(1))
                  .build());
        });
  }

  /** A pair that waits, and the example it is part of. */
  private record Part(int example, Pair pair) {}

  /**
   * Nats of each example, which are those of its pairs together.
   *
   * @param first index of the first example
   */
  double[] score(List<List<Pair>> examples, long first) {
    Map<Size, RowQueues<Part>> waiting = new LinkedHashMap<>();
    for (int i = 0; i < examples.size(); i++) {
      List<Pair> pairs = examples.get(i);
      for (int k = 0; k < pairs.size(); k++) {
        waiting
            .computeIfAbsent(Size.of(pairs.get(k)), _ -> new RowQueues<>(ROWS))
            .add(first + i + k, new Part(i, pairs.get(k)));
      }
    }
    double[] nats = new double[examples.size()];
    waiting.forEach((size, queues) -> score(size, queues, nats));
    return nats;
  }

  private void score(Size size, RowQueues<Part> queues, double[] nats) {
    Program program = program(size);
    PairRows rows = new PairRows(size, ROWS);
    float[] sums = new float[ROWS];
    while (!queues.isEmpty()) {
      rows.clear();
      queues.peek((row, part) -> rows.put(row, part.pair()));
      rows.load(program);
      program.run();
      program.get(NATS, sums);
      queues.poll((row, part) -> nats[part.example()] += sums[row]);
    }
  }

  @Override
  public void close() {
    programs.values().forEach(Program::close);
  }
}
