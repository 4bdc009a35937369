package dev.assay.jcuda.emulator;

import java.util.Arrays;
import java.util.List;

/** {@code ld} and {@code st}. */
final class Transfers {
  private static final int BYTES = 4;

  private final Operands at;
  private final List<PtxModule.Parameter> parameters;

  Transfers(Operands operands, PtxModule.Kernel kernel) {
    at = operands;
    parameters = kernel.parameters();
  }

  Action decode(String[] op, List<String> o) {
    boolean load = op[0].equals("ld");
    if (op[1].equals("param")) {
      return parameter(o);
    }
    String type = op[op.length - 1];
    if (String.join(".", op).equals("ld.global.u64")) {
      return wide(at.wide(o.get(0)), at.place(o.get(1)));
    }
    if (type.endsWith("64") || type.endsWith("16") || type.endsWith("8")) {
      throw Decoder.unknown(String.join(".", op));
    }
    String[] registers = vector(o.get(load ? 0 : 1));
    Operands.Place place = at.place(o.get(load ? 1 : 0));
    boolean shared = op[1].equals("shared");
    if (!shared && !op[1].equals("global")) {
      throw Decoder.unknown(String.join(".", op));
    }
    if (Operands.isLong(registers[0])) {
      return extended(at.wide(registers[0]), place, shared, type.startsWith("s"));
    }
    int[] values = Arrays.stream(registers).mapToInt(at::word).toArray();
    int alignment = BYTES * values.length;
    return (f, lanes, n) -> {
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        long address = place.of(f, t);
        if (address % alignment != 0) {
          throw new AssertionError("an address is no multiple of " + alignment);
        }
        for (int v = 0; v < values.length; v++) {
          move(f, load, shared, address + (long) BYTES * v, values[v] * f.width + t);
        }
      }
    };
  }

  private static Action wide(int to, Operands.Place place) {
    return (f, lanes, n) -> {
      for (int i = 0; i < n; i++) {
        long address = place.of(f, lanes[i]);
        if (address % Long.BYTES != 0) {
          throw new AssertionError("an address is no multiple of " + Long.BYTES);
        }
        long low = f.global.load(address) & 0xFFFFFFFFL;
        f.d[to * f.width + lanes[i]] = (long) f.global.load(address + BYTES) << 32 | low;
      }
    };
  }

  /** A word loaded into a register of 64 bits. */
  private static Action extended(int to, Operands.Place place, boolean shared, boolean signed) {
    return (f, lanes, n) -> {
      for (int i = 0; i < n; i++) {
        long address = place.of(f, lanes[i]);
        int word = shared ? f.sharedLoad(address) : f.global.load(address);
        f.d[to * f.width + lanes[i]] = signed ? word : word & 0xFFFFFFFFL;
      }
    };
  }

  private static void move(Frame f, boolean load, boolean shared, long address, int register) {
    if (load) {
      f.r[register] = shared ? f.sharedLoad(address) : f.global.load(address);
    } else if (shared) {
      f.sharedStore(address, f.r[register]);
    } else {
      f.global.store(address, f.r[register]);
    }
  }

  private static String[] vector(String operand) {
    return operand.startsWith("{")
        ? operand.substring(1, operand.length() - 1).trim().split("\\s*,\\s*")
        : new String[] {operand};
  }

  private Action parameter(List<String> o) {
    String name = o.get(1).substring(1, o.get(1).length() - 1);
    int number = 0;
    while (!parameters.get(number).name().equals(name)) {
      number++;
    }
    int argument = number;
    if (Operands.isLong(o.get(0))) {
      int to = at.wide(o.get(0));
      return (f, lanes, n) -> {
        for (int i = 0; i < n; i++) {
          f.d[to * f.width + lanes[i]] = f.arguments[argument];
        }
      };
    }
    int to = at.word(o.get(0));
    return (f, lanes, n) -> {
      for (int i = 0; i < n; i++) {
        f.r[to * f.width + lanes[i]] = (int) f.arguments[argument];
      }
    };
  }
}
