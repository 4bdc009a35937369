package dev.assay.tensor.suite;

import dev.assay.tensor.Backend;
import dev.assay.tensor.Gradients;
import dev.assay.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;

/** What the parts of the {@link OperatorSuite} share. */
interface BackendTests {
  /** Extents around the widths of vectors, tiles and blocks. */
  int[] AWKWARD = {1, 3, 7, 13, 64, 65, 207, 1025};

  /** The backend under test; the suite leaves it open. */
  Backend backend();

  /** The case must give on the backend what it gives on the reference, up to rounding. */
  default void check(Consumer<Case> build) {
    check("the case", build);
  }

  /** See {@link #check(Consumer)}; {@code what} begins the message of a failure. */
  default void check(String what, Consumer<Case> build) {
    check(what, Tolerance.ROUNDING, build);
  }

  /** See {@link #check(Consumer)}. */
  default void check(String what, Tolerance tolerance, Consumer<Case> build) {
    Optional<String> difference = new Comparison(backend(), tolerance, 1, build).difference();
    if (difference.isPresent()) {
      Assertions.fail(what + " on " + backend().id() + ": " + difference.get());
    }
  }

  /** Makes outputs of y and of the derivatives of a random weighting of y. */
  static void differentiated(Case made, Tensor y, Tensor... wrt) {
    Tensor loss = y.mul(made.constant(y.shape().dims())).sum();
    made.out(y);
    made.out(Gradients.of(loss, List.of(wrt)));
  }
}
