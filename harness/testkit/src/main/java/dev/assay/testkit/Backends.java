package dev.assay.testkit;

import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import java.util.Comparator;
import java.util.ServiceLoader;

/** Opens the backend that tests run on. */
public final class Backends {
  private Backends() {}

  /**
   * The CPU backend where there is one that can be opened, else the reference.
   *
   * @param threads compute threads
   */
  public static Backend open(int threads) {
    return ServiceLoader.load(BackendProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.id().equals("cpu") || provider.id().equals("reference"))
        .filter(provider -> provider.unavailable().isEmpty())
        .min(Comparator.comparing(BackendProvider::id))
        .orElseThrow(() -> new IllegalStateException("no backend is on the class path"))
        .open(new BackendProvider.Settings(threads, "fp32"));
  }
}
