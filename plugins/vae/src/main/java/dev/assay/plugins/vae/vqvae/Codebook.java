package dev.assay.plugins.vae.vqvae;

import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.Variable;
import java.util.Map;

/**
 * Entries e [codes, width], each the average of the vectors that it is nearest to. Van den Oord et
 * al. 2017, appendix A.1.
 *
 * @param entries e
 * @param counts N [codes]
 * @param sums m [codes, width]
 */
record Codebook(Variable entries, Variable counts, Variable sums, double decay) {
  private static final float SMALLEST_COUNT = 1e-3f;

  static Codebook create(ParameterStore store, int codes, int width, double decay) {
    return new Codebook(
        store.buffer("entries", Shape.of(codes, width), 0),
        store.buffer("counts", Shape.of(codes), 1),
        store.buffer("sums", Shape.of(codes, width), 0),
        decay);
  }

  int codes() {
    return entries.shape().dim(0);
  }

  int width() {
    return entries.shape().dim(1);
  }

  /** Sets all entries, as if each had been nearest to one vector. */
  void set(float[] values) {
    entries.write(values);
    sums.write(values);
  }

  /** z [n, width] → index of the nearest entry, I32 [n]: eq. 1. */
  Tensor nearest(Tensor z) {
    Tensor e = Tensor.state(entries);
    // −|z − e|² but for |z|², which all entries share.
    return z.matmul(e.transpose(0, 1)).mul(2).sub(e.square().sum(-1)).argMax();
  }

  /** I32 indices [n] → entries [n, width]: eq. 2. */
  Tensor at(Tensor indices) {
    return Tensor.state(entries).gather(indices);
  }

  /** The averages after a batch: N ← γ N + (1 − γ) n, m ← γ m + (1 − γ) Σ z, e ← m / N. */
  Map<Variable, Tensor> step(Tensor z, Tensor indices) {
    float keep = (float) decay;
    Tensor hot = Tensors.oneHot(indices, codes());
    Tensor seen = hot.sum(0);
    Tensor total = hot.transpose(0, 1).matmul(z);
    Tensor count = Tensor.state(counts).mul(keep).add(seen.mul(1 - keep));
    Tensor sum = Tensor.state(sums).mul(keep).add(total.mul(1 - keep));
    Tensor entry = sum.div(count.max(SMALLEST_COUNT).reshape(codes(), 1));
    return Map.of(counts, count, sums, sum, entries, entry);
  }
}
