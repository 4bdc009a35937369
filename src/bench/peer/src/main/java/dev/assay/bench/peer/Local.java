package dev.assay.bench.peer;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Gives tensors the life that Python's local variables have: they die when their function ends. */
final class Local {
  private Local() {}

  /** What the body returns outlives it; all else that it made is freed. */
  static Tensor of(Supplier<Tensor> body) {
    PointerScope outer = PointerScope.getInnerScope();
    try (PointerScope inner = new PointerScope()) {
      Tensor result = body.get();
      if (outer == null) {
        result.retainReference();
      } else {
        outer.attach(result);
      }
      inner.detach(result);
      return result;
    }
  }
}
