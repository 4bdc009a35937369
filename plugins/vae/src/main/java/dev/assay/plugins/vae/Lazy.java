package dev.assay.plugins.vae;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something made at its first use, and closed if it was.
 *
 * @param <T> what is made
 */
public final class Lazy<T> implements AutoCloseable {
  private final Supplier<T> maker;
  private final Consumer<T> closer;
  private @Nullable T made;

  public Lazy(Supplier<T> maker, Consumer<T> closer) {
    this.maker = maker;
    this.closer = closer;
  }

  /** Makes it at the first call. */
  public T get() {
    T present = made;
    if (present == null) {
      present = maker.get();
      made = present;
    }
    return present;
  }

  @Override
  public void close() {
    if (made != null) {
      closer.accept(made);
    }
  }
}
