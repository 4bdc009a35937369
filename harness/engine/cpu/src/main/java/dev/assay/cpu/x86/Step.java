package dev.assay.cpu.x86;

import dev.assay.cpu.x86.Trace.Constant;
import dev.assay.cpu.x86.Trace.Place;
import dev.assay.cpu.x86.Trace.Predicate;
import dev.assay.cpu.x86.Trace.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One instruction of a {@link Trace}. */
sealed interface Step {
  record Unary(VectorOp op, Place to, Source a) implements Step {}

  record Binary(VectorOp op, Place to, Source a, Source b) implements Step {}

  record MultiplyAdd(Place to, Source a, Source b, Source c) implements Step {}

  record Shift(VectorAssembler.Shift way, Place to, Source a, int by) implements Step {}

  /** Lane i is a's lane i xor {@code distance}: 1, 2, 4 or 8. */
  record Exchange(Place to, Source a, int distance) implements Step {}

  record Compare(Predicate predicate, Source a, Source b) implements Step {}

  /** Where a and b have a bit in common. */
  record Test(Source a, Source b) implements Step {}

  /** Bits of b where {@code choice} has them, else those of a. */
  record ChooseBits(Place to, Source a, Source b, Source choice) implements Step {}

  record Blend(Place to, Source a, Source b) implements Step {}

  record Load(Place to, int stream) implements Step {}

  record Repeat(Place to, int stream) implements Step {}

  record Store(Source a, int stream) implements Step {}

  record StoreOne(Source a, int stream) implements Step {}

  record Keep(Source a, int slot) implements Step {}

  /** The lanes of a that there are, else those of {@code rest}. */
  record Begin(Place to, Source a, Constant rest) implements Step {}

  /** What it reads. */
  default List<Source> sources() {
    return switch (this) {
      case Unary s -> List.of(s.a);
      case Binary s -> List.of(s.a, s.b);
      case MultiplyAdd s -> List.of(s.a, s.b, s.c);
      case Shift s -> List.of(s.a);
      case Exchange s -> List.of(s.a);
      case Compare s -> List.of(s.a, s.b);
      case Test s -> List.of(s.a, s.b);
      case ChooseBits s -> List.of(s.a, s.b, s.choice);
      case Blend s -> List.of(s.a, s.b);
      case Load _, Repeat _ -> List.of();
      case Store s -> List.of(s.a);
      case StoreOne s -> List.of(s.a);
      case Keep s -> List.of(s.a);
      case Begin s -> List.of(s.a, s.rest);
    };
  }

  /** What it makes, if anything. */
  default @Nullable Place to() {
    return switch (this) {
      case Unary s -> s.to;
      case Binary s -> s.to;
      case MultiplyAdd s -> s.to;
      case Shift s -> s.to;
      case Exchange s -> s.to;
      case Blend s -> s.to;
      case Load s -> s.to;
      case Repeat s -> s.to;
      case Begin s -> s.to;
      case ChooseBits s -> s.to;
      case Compare _, Test _, Store _, StoreOne _, Keep _ -> null;
    };
  }

  /** The stream that it reads or writes, or −1. */
  default int streamOrNone() {
    return switch (this) {
      case Load s -> s.stream;
      case Repeat s -> s.stream;
      case Store s -> s.stream;
      case StoreOne s -> s.stream;
      default -> -1;
    };
  }
}
