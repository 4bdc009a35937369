package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.KvCache;
import dev.assay.nn.decoding.ProgramStepper;
import dev.assay.nn.decoding.SteppedNetwork;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The network one token at a time, with the keys and values of the tokens before in caches. */
final class CachedDecoder extends ProgramStepper {
  static final int ROWS = TextSampler.ROWS;

  CachedDecoder(Backend backend, GptNetwork network) {
    super(
        backend,
        new Cached(network, network.caches(backend, ROWS)),
        ROWS,
        network.context(),
        network.choices());
  }

  /**
   * @param caches one per block
   */
  private record Cached(GptNetwork network, List<KvCache> caches) implements SteppedNetwork {
    @Override
    public Step step(Tensor tokens, Tensor positions) {
      return network.step(tokens, positions, caches);
    }

    @Override
    public Map<Variable, Tensor> copy(Tensor sources) {
      Map<Variable, Tensor> moved = new LinkedHashMap<>();
      caches.forEach(cache -> moved.putAll(cache.rows(sources)));
      return moved;
    }
  }
}
