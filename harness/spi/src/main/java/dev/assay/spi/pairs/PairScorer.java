package dev.assay.spi.pairs;

import dev.assay.nn.Dropout;
import dev.assay.spi.pairs.PairCoding.Pair;
import dev.assay.spi.pairs.PairRows.Inputs;
import dev.assay.spi.pairs.PairRows.Size;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Tensors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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

  /**
   * Nats of each pair.
   *
   * @param first index of the first
   */
  double[] score(List<Pair> pairs, long first) {
    Map<Size, List<Deque<Integer>>> waiting = new LinkedHashMap<>();
    for (int i = 0; i < pairs.size(); i++) {
      waiting
          .computeIfAbsent(Size.of(pairs.get(i)), _ -> queues())
          .get((int) Math.floorMod(first + i, (long) ROWS))
          .add(i);
    }
    double[] nats = new double[pairs.size()];
    waiting.forEach((size, queues) -> score(pairs, size, queues, nats));
    return nats;
  }

  private static List<Deque<Integer>> queues() {
    List<Deque<Integer>> queues = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      queues.add(new ArrayDeque<>());
    }
    return queues;
  }

  private void score(List<Pair> pairs, Size size, List<Deque<Integer>> queues, double[] nats) {
    Program program = program(size);
    PairRows rows = new PairRows(size, ROWS);
    float[] sums = new float[ROWS];
    while (queues.stream().anyMatch(queue -> !queue.isEmpty())) {
      rows.clear();
      for (int row = 0; row < ROWS; row++) {
        Integer next = queues.get(row).peek();
        if (next != null) {
          rows.put(row, pairs.get(next));
        }
      }
      rows.load(program);
      program.run();
      program.get(NATS, sums);
      for (int row = 0; row < ROWS; row++) {
        Integer done = queues.get(row).poll();
        if (done != null) {
          nats[done] = sums[row];
        }
      }
    }
  }

  @Override
  public void close() {
    programs.values().forEach(Program::close);
  }
}
