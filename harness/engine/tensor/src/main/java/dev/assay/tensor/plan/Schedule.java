package dev.assay.tensor.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which kernel must wait for which, and the phases that follow. */
final class Schedule {
  private final List<Kernel> kernels;
  private final List<BitSet> before = new ArrayList<>();
  private final Map<Buffer, BitSet> writers = new HashMap<>();
  private final Map<Buffer, List<Span>> written = new HashMap<>();
  private final Map<Buffer, BitSet> readers = new HashMap<>();

  /** The elements of a buffer from the first to the last that a kernel touches. */
  private record Span(int kernel, int first, int last) {
    static Span of(int kernel, View view) {
      int first = view.offset();
      int last = view.offset();
      for (int i = 0; i < view.dims().length; i++) {
        int reach = Math.max(0, view.dims()[i] - 1) * view.strides()[i];
        first += Math.min(0, reach);
        last += Math.max(0, reach);
      }
      return new Span(kernel, first, last);
    }

    boolean meets(Span other) {
      return first <= other.last && other.first <= last;
    }
  }

  Schedule(List<Kernel> kernels) {
    this.kernels = new ArrayList<>();
    kernels.forEach(this::add);
  }

  private void add(Kernel kernel) {
    int k = kernels.size();
    kernels.add(kernel);
    BitSet wait = new BitSet();
    before.add(wait);
    for (View view : kernel.reads()) {
      readers.computeIfAbsent(view.buffer(), unused -> new BitSet()).set(k);
      Span read = Span.of(k, view);
      for (Span span : written.getOrDefault(view.buffer(), List.of())) {
        if (span.meets(read)) {
          wait.set(span.kernel);
        }
      }
    }
    for (View view : kernel.writes()) {
      writers.computeIfAbsent(view.buffer(), unused -> new BitSet()).set(k);
      written.computeIfAbsent(view.buffer(), unused -> new ArrayList<>()).add(Span.of(k, view));
    }
  }

  /** Adds a kernel that overwrites {@code state}, after all its readers. */
  void append(Kernel kernel, Buffer state) {
    add(kernel);
    BitSet wait = before.get(kernels.size() - 1);
    wait.or(readers.getOrDefault(state, new BitSet()));
    wait.clear(kernels.size() - 1);
  }

  /**
   * Whether the kernels that write {@code source} may write into {@code state} instead; if so,
   * readers of the old state are put before them.
   */
  boolean writesInPlace(Buffer source, Buffer state) {
    BitSet writing = writers.getOrDefault(source, new BitSet());
    BitSet reading = (BitSet) readers.getOrDefault(state, new BitSet()).clone();
    BitSet both = (BitSet) writing.clone();
    both.and(reading);
    if (writing.isEmpty() || (!both.isEmpty() && writing.cardinality() > 1)) {
      return false;
    }
    if (!both.isEmpty() && !elementwise(kernels.get(writing.nextSetBit(0)), state)) {
      return false;
    }
    reading.andNot(writing);
    for (int r = reading.nextSetBit(0); r >= 0; r = reading.nextSetBit(r + 1)) {
      if (needs(r, writing)) {
        return false;
      }
    }
    for (int w = writing.nextSetBit(0); w >= 0; w = writing.nextSetBit(w + 1)) {
      before.get(w).or(reading);
    }
    return true;
  }

  /** Whether kernel k waits, directly or not, for one of {@code targets}. */
  private boolean needs(int k, BitSet targets) {
    BitSet open = (BitSet) before.get(k).clone();
    BitSet seen = new BitSet();
    while (!open.isEmpty()) {
      if (open.intersects(targets)) {
        return true;
      }
      int b = open.nextSetBit(0);
      open.clear(b);
      seen.set(b);
      open.or(before.get(b));
      open.andNot(seen);
    }
    return false;
  }

  /**
   * Whether a kernel that reads and overwrites {@code state} reads each element only where it
   * writes it.
   */
  private static boolean elementwise(Kernel kernel, Buffer state) {
    return switch (kernel) {
      case Kernel.Tile tile ->
          tile.reads().stream()
              .filter(view -> view.buffer() == state)
              .allMatch(
                  view -> view.offset() == 0 && view.size() == state.size() && view.isContiguous());
      case Kernel.MatMulTile(Kernel.MatMul product, Kernel.Tile tile) ->
          product.reads().stream().allMatch(view -> view.buffer() != state)
              && elementwise(tile, state);
      case Kernel.PutRows put ->
          put.x().buffer() == state
              && put.x().offset() == 0
              && put.values().buffer() != state
              && put.indices().buffer() != state;
      default -> false;
    };
  }

  /** Kernels by the longest way to them. */
  List<List<Kernel>> phases() {
    int[] level = new int[kernels.size()];
    BitSet ready = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    List<List<Kernel>> phases = new ArrayList<>();
    for (int k = 0; k < level.length; k++) {
      open.push(k);
      while (!open.isEmpty()) {
        int top = open.peek();
        BitSet wait = (BitSet) before.get(top).clone();
        wait.andNot(ready);
        if (wait.isEmpty()) {
          level[top] = before.get(top).stream().map(b -> level[b] + 1).max().orElse(0);
          ready.set(open.pop());
        } else {
          wait.stream().forEach(open::push);
        }
      }
    }
    for (int k = 0; k < level.length; k++) {
      while (phases.size() <= level[k]) {
        phases.add(new ArrayList<>());
      }
      phases.get(level[k]).add(kernels.get(k));
    }
    return phases;
  }
}
