package dev.assay.dashboard.http;

import java.util.Set;

/**
 * Who asks.
 *
 * @param name of the token, or the address where there is none
 * @param scopes what the token allows; empty without one
 */
public record Identity(String name, Set<String> scopes) {
  public Identity {
    scopes = Set.copyOf(scopes);
  }
}
