package dev.assay.bench.peer;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.lstm;
import static org.bytedeco.pytorch.global.torch.torch_zeros;

import dev.assay.bench.data.ConsecutiveWindows;
import dev.assay.bench.data.SyntheticData;
import dev.assay.bench.peer.Layers.Linear;
import dev.assay.tensor.RandomStream;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** The language model that {@code dev.assay.bench.steps.LstmLm} trains, by PyTorch's own LSTM. */
final class LstmLm {
  private static final int VOCABULARY = 65;
  private static final int WIDTH = 256;
  private static final int LAYERS = 2;
  private static final int CORPUS = 1_000_000;

  private final Weights weights = new Weights();
  private final Tensor table = weights.normal(1, VOCABULARY, WIDTH);
  private final TensorVector gates = new TensorVector();
  private final Linear head;
  private final ConsecutiveWindows windows;
  private final int length;
  private final int batch;
  private final Tensor hidden;
  private final Tensor cell;

  private LstmLm(RandomStream random, int length, int batch) {
    this.length = length;
    this.batch = batch;
    double bound = 1 / Math.sqrt(WIDTH);
    for (int i = 0; i < LAYERS; i++) {
      gates.push_back(weights.uniform(bound, 4 * WIDTH, WIDTH));
      gates.push_back(weights.uniform(bound, 4 * WIDTH, WIDTH));
      gates.push_back(weights.uniform(bound, 4 * WIDTH));
      gates.push_back(weights.uniform(bound, 4 * WIDTH));
    }
    head = Linear.create(weights, WIDTH, VOCABULARY);
    hidden = torch_zeros(LAYERS, batch, WIDTH);
    cell = torch_zeros(LAYERS, batch, WIDTH);
    int[] text = SyntheticData.text(CORPUS, VOCABULARY, random.child("text"));
    windows = new ConsecutiveWindows(text, length, batch);
  }

  static PeerStep training(RandomStream random, int length, int batch) {
    LstmLm model = new LstmLm(random, length, batch);
    return new Training(
        model.weights, model::loss, FusedAdam.adam(model.weights, 2e-3, 0.9, 0.999));
  }

  private Tensor loss() {
    if (windows.next()) {
      hidden.zero_();
      cell.zero_();
    }
    Tensor x = embedding(table, Data.tensor(windows.tokens(), length, batch));
    // The states are read again by the backward pass, so the new ones must not overwrite them.
    TensorVector states = new TensorVector(hidden.clone(), cell.clone());
    T_TensorTensorTensor_T read = lstm(x, states, gates, true, LAYERS, 0.0, true, false, false);
    hidden.copy_(read.get1().detach());
    cell.copy_(read.get2().detach());
    Tensor logits = head.apply(read.get0()).view(-1, VOCABULARY);
    return cross_entropy_loss(logits, Data.tensor(windows.targets(), (long) length * batch));
  }
}
