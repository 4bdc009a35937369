package dev.assay.plugins.transformer.translation;

import dev.assay.nn.Dropout;
import dev.assay.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * How a part joins the stream: norm(x + part(x)), as in the paper, or x + part(norm(x)), which
 * trains without a warm-up (Xiong et al. 2020).
 *
 * @param before whether the norm stands before the part
 */
public record Residual(UnaryOperator<Tensor> norm, boolean before) {
  /** x [.., width] → [.., width]. */
  public Tensor apply(Tensor x, Dropout dropout, UnaryOperator<Tensor> part) {
    return before
        ? x.add(dropout.apply(part.apply(norm.apply(x))))
        : norm.apply(x.add(dropout.apply(part.apply(x))));
  }
}
