package dev.assay.tensor.suite;

import dev.assay.tensor.Backend;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;

/** What the parts of the {@link OperatorSuite} share. */
interface BackendTests {
  /** The backend under test; the suite leaves it open. */
  Backend backend();

  /** The case must give on the backend what it gives on the reference, up to rounding. */
  default void check(Consumer<Case> build) {
    check("", Tolerance.ROUNDING, build);
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
}
