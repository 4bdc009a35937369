package dev.assay.plugins.flow;

import dev.assay.tensor.Tensor;
import java.util.List;

/**
 * A density by change of variables: ln p(x) = ln p(f(x)) + ln |det ∂f/∂x|. Examples and codes are
 * vectors here; a transform of images gives them their shape itself.
 *
 * @param domain what x is
 * @param transform f: x [rows, numbers] → z [rows, numbers]
 * @param base p(z)
 */
public record Flow(Domain domain, Transform transform, Base base) {
  /**
   * @param code z [rows, numbers]
   * @param nats −ln p(x) [rows]
   */
  record Coded(Tensor code, Tensor nats) {}

  /** This flow of what another transform gives. */
  Flow after(Transform first) {
    return new Flow(domain, new Chain(List.of(first, transform)), base);
  }

  /** x [rows, numbers] → its code and −ln p(x). */
  Coded encode(Tensor x, Condition condition) {
    Mapped z = transform.forward(x, condition);
    Tensor logDensity = base.logDensity(z.value()).add(z.logDeterminant());
    return new Coded(z.value(), logDensity.neg());
  }

  /** z [rows, numbers] → x [rows, numbers]. */
  Tensor decode(Tensor code, Condition condition) {
    return transform.inverse(code, condition).value();
  }
}
