package dev.assay.tensor.plan;

import dev.assay.tensor.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Places temporary buffers in one arena; buffers whose phases do not meet may share bytes. */
final class Memory {
  private static final long ALIGNMENT = 64;

  private record Life(Buffer buffer, int first, int last, long bytes) {}

  private record Spot(long offset, Life life) {}

  private Memory() {}

  /** Gives every temporary buffer in use its place. Returns the arena's size in bytes. */
  static long place(List<List<Kernel>> phases, List<Buffer> buffers, Set<Buffer> kept) {
    Map<Buffer, int[]> spans = new HashMap<>();
    for (int phase = 0; phase < phases.size(); phase++) {
      for (Kernel kernel : phases.get(phase)) {
        for (View view : kernel.writes()) {
          extend(spans, view.buffer(), phase);
        }
        for (View view : kernel.reads()) {
          extend(spans, view.buffer(), phase);
        }
      }
    }
    List<Life> lives = new ArrayList<>();
    for (Buffer buffer : buffers) {
      int[] span = spans.get(buffer);
      if (buffer.temporary() && (span != null || kept.contains(buffer))) {
        int first = span == null ? 0 : span[0];
        int last = span == null || kept.contains(buffer) ? phases.size() : span[1];
        long bytes =
            (Math.max(1L, buffer.size()) * DType.BYTES + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        lives.add(new Life(buffer, first, last, bytes));
      }
    }
    lives.sort((a, b) -> Long.compare(b.bytes, a.bytes));
    long arena = 0;
    List<Spot> spots = new ArrayList<>();
    for (Life life : lives) {
      long offset = lowest(life, spots);
      int at = 0;
      while (at < spots.size() && spots.get(at).offset <= offset) {
        at++;
      }
      spots.add(at, new Spot(offset, life));
      life.buffer.place(new Buffer.Place.Arena(offset));
      arena = Math.max(arena, offset + life.bytes);
    }
    return arena;
  }

  static boolean isPlaced(Buffer buffer) {
    return !buffer.temporary() || buffer.hasPlace();
  }

  /**
   * The lowest offset at which no buffer alive at the same time lies; spots are ordered by offset.
   */
  private static long lowest(Life life, List<Spot> spots) {
    long offset = 0;
    for (Spot spot : spots) {
      boolean meets = spot.life.first <= life.last && life.first <= spot.life.last;
      if (meets && spot.offset < offset + life.bytes && offset < spot.offset + spot.life.bytes) {
        offset = spot.offset + spot.life.bytes;
      }
    }
    return offset;
  }

  private static void extend(Map<Buffer, int[]> spans, Buffer buffer, int phase) {
    int[] span = spans.computeIfAbsent(buffer, unused -> new int[] {phase, phase});
    span[0] = Math.min(span[0], phase);
    span[1] = Math.max(span[1], phase);
  }
}
