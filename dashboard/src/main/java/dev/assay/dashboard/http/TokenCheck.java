package dev.assay.dashboard.http;

import java.util.Optional;

/** Knows tokens. */
@FunctionalInterface
public interface TokenCheck {
  /**
   * Whose token this is; empty if nobody's, or no longer. Takes equally long for all wrong ones.
   */
  Optional<Identity> identify(String token);
}
