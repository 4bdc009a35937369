package dev.assay.bench.peer;

import dev.assay.bench.peer.GptNetwork.Size;
import dev.assay.tensor.RandomStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The steps there are, by the names they have in Assay's benchmarks. */
final class PeerSteps {
  private static final long SEED = 1337;
  private static final Map<String, Function<RandomStream, PeerStep>> ALL = new LinkedHashMap<>();

  static {
    Size small = new Size(4, 4, 128, 64);
    Size medium = new Size(6, 6, 384, 256);
    ALL.put("gpt-shakespeare-cpu", random -> Gpt.training(random, small, 12));
    ALL.put("gpt-medium", random -> Gpt.training(random, medium, 8));
    ALL.put("vae-mlp", random -> Vae.training(random, 128));
    ALL.put("realnvp-toy-d2", random -> RealNvp.training(random, 2, 256));
    ALL.put("realnvp-toy-d64", random -> RealNvp.training(random, 64, 256));
    ALL.put("dcgan-28", random -> new Dcgan(random, 64));
    ALL.put("ddpm-unet-28", random -> Ddpm.training(random, 32));
    ALL.put("ddpm-unet-28-sample", _ -> Ddpm.reverse(64));
    ALL.put("lstm-lm", random -> LstmLm.training(random, 64, 32));
    ALL.put("pixelcnn-28", random -> PixelCnn.training(random, 16));
    ALL.put("gmm-em", GmmEm::new);
    ALL.put("gpt-decoding-small-b1", _ -> Gpt.decoding(small, 1));
    ALL.put("gpt-decoding-small-b16", _ -> Gpt.decoding(small, 16));
    ALL.put("gpt-decoding-medium-b1", _ -> Gpt.decoding(medium, 1));
    ALL.put("gpt-decoding-medium-b16", _ -> Gpt.decoding(medium, 16));
    ALL.put("gpt-decoding-medium-int8-b1", _ -> Gpt.decoding(medium, 1)); // in fp32
    ALL.put("gpt-decoding-medium-int8-b16", _ -> Gpt.decoding(medium, 16)); // in fp32
    Kernels.all().forEach((id, opener) -> ALL.put(id, _ -> opener.get()));
  }

  private PeerSteps() {}

  static Set<String> ids() {
    return ALL.keySet();
  }

  /**
   * @throws IllegalArgumentException if there is none of this name
   */
  static PeerStep open(String id) {
    Function<RandomStream, PeerStep> opener = ALL.get(id);
    if (opener == null) {
      throw new IllegalArgumentException("the peer has no step '" + id + "'");
    }
    return opener.apply(RandomStream.root(SEED).child(id));
  }
}
