package dev.assay.selftest;

import dev.assay.tensor.Backend;
import dev.assay.tensor.suite.OperatorSuite;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operator suite on the backend that {@link Operators} gives. */
public final class DeviceSuite extends OperatorSuite {
  /** JUnit makes the instances, so that they find their backend here. */
  static @Nullable Backend given;

  @Override
  public Backend backend() {
    return Objects.requireNonNull(given, "no backend is under test");
  }
}
