package dev.assay.jcuda.emulator;

import dev.assay.jcuda.driver.Launch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Executes one kernel. Threads of a block go on together, those that are furthest behind first, so
 * that they meet again after a branch. Blocks run from the last to the first.
 */
final class Machine {
  private static final int ALIGNMENT = 16;

  private enum Control {
    NONE,
    BRANCH,
    END,
    BARRIER
  }

  private record Instruction(Control control, int guard, int target, Action action, String text) {}

  private final PtxModule.Kernel kernel;
  private final DeviceMemory memory;
  private final Operands operands;
  private final Instruction[] code;
  private final int staticShared;
  private final Map<Integer, Frame> frames = new HashMap<>();

  Machine(PtxModule.Kernel kernel, DeviceMemory memory) {
    this.kernel = kernel;
    this.memory = memory;
    Map<String, Integer> addresses = new LinkedHashMap<>();
    int end = 0;
    String dynamic = null;
    for (Map.Entry<String, Integer> array : kernel.shared().entrySet()) {
      if (array.getValue() == 0) {
        dynamic = array.getKey();
      } else {
        addresses.put(array.getKey(), end);
        end += (array.getValue() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      }
    }
    if (dynamic != null) {
      addresses.put(dynamic, end);
    }
    staticShared = end;
    operands = new Operands(addresses);
    Decoder decoder = new Decoder(operands, kernel);
    code = new Instruction[kernel.statements().size()];
    for (int i = 0; i < code.length; i++) {
      code[i] = instruction(kernel.statements().get(i), decoder);
    }
  }

  private Instruction instruction(PtxModule.Statement s, Decoder decoder) {
    int guard = s.guard().isEmpty() ? Integer.MAX_VALUE : operands.predicate(s.guard());
    return switch (s.op()) {
      case "bra", "bra.uni" ->
          new Instruction(
              Control.BRANCH, guard, kernel.labels().get(s.operands().get(0)), null, s.text());
      case "ret", "exit" -> new Instruction(Control.END, guard, 0, null, s.text());
      case "bar.sync" -> new Instruction(Control.BARRIER, guard, 0, null, s.text());
      default -> new Instruction(Control.NONE, guard, 0, decoder.decode(s), s.text());
    };
  }

  void run(Launch launch) {
    Launch.Grid block = launch.block();
    int threads = block.x() * block.y() * block.z();
    Frame f = frames.computeIfAbsent(threads, this::frame);
    f.arguments = arguments(launch.arguments());
    int bytes = staticShared + launch.sharedBytes();
    if (f.shared.length != bytes) {
      f.shared = new byte[bytes];
    }
    fill(f, "%ntid.x", _ -> block.x());
    fill(f, "%ntid.y", _ -> block.y());
    fill(f, "%tid.x", t -> t % block.x());
    fill(f, "%tid.y", t -> t / block.x() % block.y());
    Launch.Grid grid = launch.grid();
    fill(f, "%nctaid.x", _ -> grid.x());
    for (int z = grid.z() - 1; z >= 0; z--) {
      for (int y = grid.y() - 1; y >= 0; y--) {
        for (int x = grid.x() - 1; x >= 0; x--) {
          int[] at = {x, y, z};
          fill(f, "%ctaid.x", _ -> at[0]);
          fill(f, "%ctaid.y", _ -> at[1]);
          fill(f, "%ctaid.z", _ -> at[2]);
          Arrays.fill(f.shared, (byte) -1);
          block(f);
        }
      }
    }
  }

  private Frame frame(int threads) {
    Frame f = new Frame(threads, operands.words(), operands.longs(), operands.predicates(), memory);
    operands
        .wordLiterals()
        .forEach((at, value) -> Arrays.fill(f.r, at * threads, (at + 1) * threads, value));
    operands
        .longLiterals()
        .forEach((at, value) -> Arrays.fill(f.d, at * threads, (at + 1) * threads, value));
    return f;
  }

  private void fill(Frame f, String register, java.util.function.IntUnaryOperator value) {
    int at = operands.special(register);
    if (at >= 0) {
      for (int t = 0; t < f.width; t++) {
        f.r[at * f.width + t] = value.applyAsInt(t);
      }
    }
  }

  private long[] arguments(List<Number> given) {
    if (given.size() != kernel.parameters().size()) {
      throw new AssertionError(
          kernel.name()
              + " has "
              + kernel.parameters().size()
              + " parameters, not "
              + given.size());
    }
    long[] values = new long[given.size()];
    for (int i = 0; i < values.length; i++) {
      String type = kernel.parameters().get(i).type();
      Number number = given.get(i);
      String fits = number instanceof Long ? "64" : number instanceof Float ? "f32" : "u32";
      if (!type.endsWith(fits)) {
        throw new AssertionError(
            "parameter %d of %s is %s, not %s"
                .formatted(i, kernel.name(), type, number.getClass()));
      }
      values[i] = number instanceof Float x ? Float.floatToRawIntBits(x) : number.longValue();
    }
    return values;
  }

  private void block(Frame f) {
    int threads = f.width;
    int[] pc = new int[threads];
    boolean[] waiting = new boolean[threads];
    int[] lanes = new int[threads];
    int[] some = new int[threads];
    Arrays.fill(f.ended, false);
    f.live = threads;
    while (f.live > 0) {
      int least = Integer.MAX_VALUE;
      for (int t = 0; t < threads; t++) {
        if (!f.ended[t] && !waiting[t]) {
          least = Math.min(least, pc[t]);
        }
      }
      if (least == Integer.MAX_VALUE) {
        Arrays.fill(waiting, false);
        f.copies.appear();
        continue;
      }
      int n = 0;
      int next = Integer.MAX_VALUE;
      for (int t = 0; t < threads; t++) {
        if (!f.ended[t] && !waiting[t]) {
          if (pc[t] == least) {
            lanes[n++] = t;
          } else {
            next = Math.min(next, pc[t]);
          }
        }
      }
      together(f, pc, waiting, lanes, n, next, some);
    }
    f.copies.finish(kernel.name());
  }

  /** Runs threads that stand at one place until they part, end, wait or meet others. */
  private void together(
      Frame f, int[] pc, boolean[] waiting, int[] lanes, int n, int next, int[] some) {
    int at = pc[lanes[0]];
    while (true) {
      Instruction instruction = code[at];
      int taken = n;
      int[] chosen = lanes;
      if (instruction.guard != Integer.MAX_VALUE) {
        taken = choose(f, instruction.guard, lanes, n, some);
        chosen = some;
      }
      at++;
      switch (instruction.control) {
        case NONE -> {
          if (taken > 0) {
            act(f, instruction, chosen, taken);
          }
        }
        case BRANCH -> {
          if (taken == n) {
            at = instruction.target;
          } else if (taken > 0) {
            leave(pc, lanes, n, at);
            leave(pc, chosen, taken, instruction.target);
            return;
          }
        }
        case END -> {
          leave(pc, lanes, n, at);
          for (int i = 0; i < taken; i++) {
            f.ended[chosen[i]] = true;
          }
          f.live -= taken;
          return;
        }
        case BARRIER -> {
          leave(pc, lanes, n, at);
          for (int i = 0; i < n; i++) {
            waiting[lanes[i]] = true;
          }
          return;
        }
      }
      if (at >= next || (instruction.control == Control.BRANCH && next != Integer.MAX_VALUE)) {
        leave(pc, lanes, n, at);
        return;
      }
    }
  }

  private void act(Frame f, Instruction instruction, int[] lanes, int n) {
    try {
      instruction.action.run(f, lanes, n);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(kernel.name() + ": " + instruction.text + ": " + e.getMessage(), e);
    }
  }

  private static void leave(int[] pc, int[] lanes, int n, int at) {
    for (int i = 0; i < n; i++) {
      pc[lanes[i]] = at;
    }
  }

  private static int choose(Frame f, int guard, int[] lanes, int n, int[] into) {
    int count = 0;
    int place = (guard < 0 ? ~guard : guard) * f.width;
    boolean wanted = guard >= 0;
    for (int i = 0; i < n; i++) {
      if (f.p[place + lanes[i]] == wanted) {
        into[count++] = lanes[i];
      }
    }
    return count;
  }
}
