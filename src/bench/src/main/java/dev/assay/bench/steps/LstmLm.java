package dev.assay.bench.steps;

import dev.assay.bench.data.ConsecutiveWindows;
import dev.assay.bench.data.SyntheticData;
import dev.assay.nn.Adam;
import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A language model of two LSTM layers (Hochreiter and Schmidhuber 1997, with forget gates), trained
 * by truncated backpropagation: each row reads on in its own part of the text and keeps its state.
 */
final class LstmLm {
  private static final int VOCABULARY = 65;
  private static final int WIDTH = 256;
  private static final int LAYERS = 2;
  private static final int CORPUS = 1_000_000;

  private final int length;
  private final int batch;
  private final Map<Variable, Tensor> states = new LinkedHashMap<>();

  private LstmLm(int length, int batch) {
    this.length = length;
    this.batch = batch;
  }

  /** A training step; its loss is nats per token. */
  static Workload training(Backend backend, RandomStream random, int length, int batch) {
    ParameterStore store = new ParameterStore(backend, random.child("weights"));
    LstmLm lstm = new LstmLm(length, batch);
    Graph graph = lstm.graph(store);
    int[] text = SyntheticData.text(CORPUS, VOCABULARY, random.child("text"));
    ConsecutiveWindows windows = new ConsecutiveWindows(text, length, batch);
    return new CompiledStep(
        backend,
        graph,
        (program, _) -> {
          if (windows.next()) {
            lstm.states.keySet().forEach(state -> state.write(new float[state.shape().size()]));
          }
          program.set("tokens", windows.tokens());
          program.set("targets", windows.targets());
          program.set(TrainStep.LEARNING_RATE, new float[] {2e-3f});
        },
        random.child("steps"),
        store.count(),
        (long) batch * length);
  }

  private Graph graph(ParameterStore store) {
    Shape window = Shape.of(length, batch);
    Embedding table =
        Embedding.create(store.scope("tokens"), VOCABULARY, WIDTH, Initializer.normal(1));
    Tensor h = table.apply(Tensor.input("tokens", DType.I32, window));
    for (int i = 0; i < LAYERS; i++) {
      h = layer(store.scope("layers").scope(i), h);
    }
    Tensor logits = Linear.create(store.scope("head"), WIDTH, VOCABULARY).apply(h);
    Tensor targets = Tensor.input("targets", DType.I32, window);
    Tensor loss = Tensors.crossEntropy(logits, targets).mean();
    return new TrainStep(loss, store.parameters(), Adam.standard(store.scope("adam")))
        .assign(states)
        .build();
  }

  /** x [length, batch, width] → the same shape. */
  private Tensor layer(ParameterStore store, Tensor x) {
    Initializer weight = Initializer.uniform(1 / Math.sqrt(WIDTH));
    Linear input = Linear.create(store.scope("input"), WIDTH, 4 * WIDTH, weight, weight);
    Linear recurrent = Linear.create(store.scope("recurrent"), WIDTH, 4 * WIDTH, weight, weight);
    Variable hidden = state(store, "hidden");
    Variable cell = state(store, "cell");
    Tensor h = hidden.tensor();
    Tensor c = cell.tensor();
    Tensor drive = input.apply(x);
    List<Tensor> outputs = new ArrayList<>();
    for (int t = 0; t < length; t++) {
      Tensor gates = drive.slice(0, t, 1).reshape(batch, 4 * WIDTH).add(recurrent.apply(h));
      List<Tensor> parts = gates.split(1, 4);
      Tensor kept = parts.get(1).sigmoid().mul(c);
      c = kept.add(parts.get(0).sigmoid().mul(parts.get(2).tanh()));
      h = parts.get(3).sigmoid().mul(c.tanh());
      outputs.add(h.reshape(1, batch, WIDTH));
    }
    states.put(hidden, h);
    states.put(cell, c);
    return Tensor.concat(0, outputs);
  }

  private Variable state(ParameterStore store, String name) {
    return store.buffer(name, Shape.of(batch, WIDTH), 0);
  }
}
