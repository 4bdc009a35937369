package dev.assay.bench.peer;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.multinomial;
import static org.bytedeco.pytorch.global.torch.softmax;
import static org.bytedeco.pytorch.global.torch.torch_empty;
import static org.bytedeco.pytorch.global.torch.zeros;

import dev.assay.bench.data.SyntheticData;
import dev.assay.bench.data.Windows;
import dev.assay.bench.peer.GptNetwork.Cache;
import dev.assay.bench.peer.GptNetwork.Size;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Training of a GPT, and decoding with it. */
final class Gpt {
  private static final int CORPUS = 1_000_000;

  private Gpt() {}

  static PeerStep training(RandomStream random, Size size, int batch) {
    GptNetwork network = new GptNetwork(size);
    int vocabulary = GptNetwork.VOCABULARY;
    int[] text = SyntheticData.text(CORPUS, vocabulary, random.child("text"));
    Windows windows = new Windows(text, batch, size.context());
    RandomStream places = random.child("steps");
    return new Training(
        network.weights,
        () -> {
          windows.next(places);
          Tensor tokens = Data.tensor(windows.tokens(), batch, size.context());
          Tensor targets = Data.tensor(windows.targets(), (long) batch * size.context());
          return cross_entropy_loss(network.logits(tokens).view(-1, vocabulary), targets);
        },
        FusedAdam.adamW(network.weights, 1e-3, 0.9, 0.99, 0.1),
        new GradientClip(network.weights, 1)::run);
  }

  /** A step draws a whole context of tokens for each row, one after another. */
  static PeerStep decoding(Size size, int batch) {
    GptNetwork network = new GptNetwork(size);
    return new PeerStep() {
      @Override
      public void run() {
        try (PointerScope _ = new PointerScope();
            InferenceMode _ = new InferenceMode(true)) {
          List<Cache> caches = new ArrayList<>();
          for (int i = 0; i < size.layers(); i++) {
            caches.add(new Cache(empty(), empty()));
          }
          Tensor ids = zeros(new long[] {batch, 1}, new TensorOptions(ScalarType.Long));
          for (int at = 0; at < size.context(); at++) {
            int place = at;
            Tensor before = ids;
            ids = Local.of(() -> multinomial(softmax(network.step(before, place, caches), -1), 1));
          }
        }
      }

      private Tensor empty() {
        return torch_empty(batch, size.heads(), size.context(), size.depth());
      }

      @Override
      public double loss() {
        return Double.NaN;
      }

      @Override
      public long parameters() {
        return network.weights.count();
      }
    };
  }
}
