package dev.assay.cpu.vector;

import dev.assay.cpu.memory.Memory;
import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.UnaryFn;
import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.Set;

/** Trials of the loops of this package, each requested once. */
final class Trials {
  private static final long S = Lines.S;
  private static final long BYTES = 4L * Warmup.ELEMENTS;
  private static final long D = Memory.allocate(Arena.global(), 4 * BYTES);
  private static final long A = D + BYTES;
  private static final long B = A + BYTES;
  private static final long C = B + BYTES;
  private static final Set<Object> REQUESTED = new HashSet<>();

  private Trials() {}

  static void of(UnaryFn fn) {
    of(UnaryLoops.of(fn));
  }

  static void of(UnaryLoops.Loop loop) {
    request(loop, n -> loop.run(n, D, A, S));
  }

  static void of(BinaryFn fn) {
    BinaryLoops.Loop loop = BinaryLoops.of(fn);
    request(fn, n -> loop.run(n, D, A, S, B, S));
  }

  static void of(TernaryLoops.Loop loop) {
    request(loop, n -> loop.run(n, D, A, S, B, S, C, S));
  }

  /** What almost every program uses. */
  static void common() {
    request("sum", n -> Sums.sum(n, A, S, B));
    request("dot", n -> Sums.dot(n, A, S, B, S, C, C));
    request("max", n -> Sums.max(n, A, S, B, n));
    request("fill", n -> Lines.fillWhole(n, D, 0));
    request("copy", n -> Lines.copyWhole(n, D, A));
    request("repeat", n -> repeat(n));
    request("pad", n -> pad(n));
    of(BinaryFn.ADD);
    of(BinaryFn.SUB);
    of(BinaryFn.MUL);
    of(BinaryFn.MAX);
    of(TernaryLoops.FMA);
  }

  static void random() {
    request("words", n -> RandomLoops.words(n, D, 1, 0));
    of(RandomLoops.UNIFORM);
    of(RandomLoops.NORMAL);
  }

  private static void repeat(int n) {
    if (n > 0) {
      Own.repeat(A, D);
    }
  }

  private static void pad(int n) {
    if (n > 0) {
      Lines.move(1, A, D);
      Lines.pad(1, A, D);
      Lines.fillPart(1, D, 0);
      Sums.pad(1, A, S, D);
    }
  }

  private static void request(Object key, Warmup.Trial trial) {
    synchronized (REQUESTED) {
      if (REQUESTED.add(key)) {
        Warmup.request(trial);
      }
    }
  }
}
