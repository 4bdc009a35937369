package dev.assay.bench.steps;

import dev.assay.bench.data.SyntheticData;
import dev.assay.bench.data.Windows;
import dev.assay.bench.steps.GptNetwork.Size;
import dev.assay.nn.Adam;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;

/** Training as nanoGPT does it: AdamW with decay of matrices only, gradients clipped at norm 1. */
final class Gpt {
  private static final int CORPUS = 1_000_000;

  private Gpt() {}

  /** A training step; its loss is nats per token. */
  static Workload training(Backend backend, RandomStream random, Size size, int batch) {
    ParameterStore store = new ParameterStore(backend, random.child("weights"));
    Graph graph = trainingGraph(store, size, batch);
    int[] text = SyntheticData.text(CORPUS, GptNetwork.VOCABULARY, random.child("text"));
    Windows windows = new Windows(text, batch, size.context());
    return new CompiledStep(
        backend,
        graph,
        (program, stream) -> {
          windows.next(stream);
          program.set("tokens", windows.tokens());
          program.set("targets", windows.targets());
          program.set(TrainStep.LEARNING_RATE, new float[] {1e-3f});
        },
        random.child("steps"),
        store.count(),
        (long) batch * size.context());
  }

  private static Graph trainingGraph(ParameterStore store, Size size, int batch) {
    Shape window = Shape.of(batch, size.context());
    GptNetwork network = new GptNetwork(store, size);
    Tensor logits = network.logits(Tensor.input("tokens", DType.I32, window));
    Tensor targets = Tensor.input("targets", DType.I32, window);
    Tensor loss = Tensors.crossEntropy(logits, targets).mean();
    Adam adamW = Adam.decoupled(store.scope("adam"), 0.9, 0.99, 0.1);
    return new TrainStep(loss, store.parameters(), adamW).clip(1).build();
  }
}
