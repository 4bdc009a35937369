package dev.assay.tensor.reference;

import com.google.auto.service.AutoService;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import java.util.Optional;

/** Opens {@link ReferenceBackend}s; they run everywhere, on one thread. */
@AutoService(BackendProvider.class)
public final class ReferenceProvider implements BackendProvider {
  /** The word used in experiment files. */
  public static final String ID = "reference";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  /**
   * @throws IllegalArgumentException if the precision is not {@code fp32}
   */
  @Override
  public Backend open(Settings settings) {
    if (!settings.precision().equals("fp32")) {
      throw new IllegalArgumentException(
          "backend 'reference' has no precision '" + settings.precision() + "'; it has [fp32]");
    }
    return new ReferenceBackend();
  }
}
