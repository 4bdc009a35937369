package dev.assay.jcuda.emulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * {@code cp.async}: copies that a block's threads have under way. Where one will arrive is poisoned
 * at once; its bytes are there after its thread has waited for its group and all threads have met
 * at a barrier after that, not earlier. (A device shows a thread's own copies to it after the wait
 * alone, and may show any earlier.)
 */
final class AsyncCopies {
  private static final int BYTES = 16;
  private static final int POISON = -1;

  private record Copy(long to, long from) {}

  private final Frame frame;
  private final List<Copy> arrived = new ArrayList<>();
  private final List<List<Copy>> open = new ArrayList<>();
  private final List<Deque<List<Copy>>> groups = new ArrayList<>();

  AsyncCopies(Frame frame) {
    this.frame = frame;
    for (int t = 0; t < frame.width; t++) {
      open.add(new ArrayList<>());
      groups.add(new ArrayDeque<>());
    }
  }

  private void begin(int thread, long to, long from) {
    if (to % BYTES != 0 || from % BYTES != 0) {
      throw new AssertionError("a copy from %d to %d".formatted(from, to));
    }
    for (int i = 0; i < BYTES; i += 4) {
      frame.sharedStore(to + i, POISON);
    }
    open.get(thread).add(new Copy(to, from));
  }

  private void commit(int thread) {
    groups.get(thread).addLast(open.get(thread));
    open.set(thread, new ArrayList<>());
  }

  /** Waits until at most a number of a thread's groups are under way. */
  private void await(int thread, int pending) {
    while (groups.get(thread).size() > pending) {
      arrived.addAll(groups.get(thread).removeFirst());
    }
  }

  /** All threads have met at a barrier. */
  void appear() {
    for (Copy copy : arrived) {
      for (int i = 0; i < BYTES; i += 4) {
        frame.sharedStore(copy.to + i, frame.global.load(copy.from + i));
      }
    }
    arrived.clear();
  }

  /** All threads have ended. */
  void finish(String kernel) {
    boolean all = open.stream().allMatch(List::isEmpty) && groups.stream().allMatch(Deque::isEmpty);
    if (!all) {
      throw new AssertionError(kernel + " ends with copies under way");
    }
    arrived.clear();
  }

  /** Instructions as actions. */
  record Decoding(Operands at) {
    Action decode(String op, List<String> o) {
      return switch (op) {
        case "cp.async.cg.shared.global" -> {
          Operands.Place to = at.place(o.get(0));
          Operands.Place from = at.place(o.get(1));
          if (o.size() != 3 || Integer.parseInt(o.get(2)) != BYTES) {
            throw Decoder.unknown(op + " of " + o);
          }
          yield (f, lanes, n) -> {
            for (int i = 0; i < n; i++) {
              f.copies.begin(lanes[i], to.of(f, lanes[i]), from.of(f, lanes[i]));
            }
          };
        }
        case "cp.async.commit_group" ->
            (f, lanes, n) -> {
              for (int i = 0; i < n; i++) {
                f.copies.commit(lanes[i]);
              }
            };
        case "cp.async.wait_group" -> {
          int pending = Integer.parseInt(o.get(0));
          yield (f, lanes, n) -> {
            for (int i = 0; i < n; i++) {
              f.copies.await(lanes[i], pending);
            }
          };
        }
        default -> throw Decoder.unknown(op);
      };
    }
  }
}
