package dev.assay.tensor.plan;

import dev.assay.tensor.DType;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import org.jspecify.annotations.Nullable;

/** A run of elements that kernels read and write. Identity is what counts. */
public final class Buffer {
  /** Where a buffer lives. */
  public sealed interface Place {
    /** At {@code offset} bytes of the program's arena, sharing it with buffers of other phases. */
    record Arena(long offset) implements Place {}

    /** Owned by the program, written by the host. */
    record Input(String name) implements Place {}

    /**
     * Owned by the program, holds the value of a constant tensor (Fill, Constant, ConstantInt,
     * Iota).
     */
    record Literal(Tensor value) implements Place {}

    /** The storage of a variable. */
    record State(Variable variable) implements Place {}
  }

  private final int id;
  private final DType dtype;
  private final int size;
  private @Nullable Place place;

  Buffer(int id, DType dtype, int size, @Nullable Place place) {
    this.id = id;
    this.dtype = dtype;
    this.size = size;
    this.place = place;
  }

  public int id() {
    return id;
  }

  public DType dtype() {
    return dtype;
  }

  /** Elements. */
  public int size() {
    return size;
  }

  /** Where it lives; final once the plan is made. */
  public Place place() {
    if (place == null) {
      throw new IllegalStateException("buffer " + id + " has no place yet");
    }
    return place;
  }

  boolean hasPlace() {
    return place != null;
  }

  boolean temporary() {
    return place == null || place instanceof Place.Arena;
  }

  void place(Place where) {
    place = where;
  }

  @Override
  public String toString() {
    return switch (place) {
      case Place.Input(String name) -> "input:" + name;
      case Place.State(Variable variable) -> variable.name();
      case Place.Literal _ -> "literal" + id;
      case null, default -> "b" + id;
    };
  }
}
