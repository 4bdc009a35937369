package dev.assay.jcuda.emulator;

import java.util.Arrays;
import java.util.List;

/**
 * Instructions that the threads of a warp execute together; all that have not ended must be there.
 */
final class Together {
  private static final int WARP = 32;

  private final Operands at;

  Together(Operands operands) {
    at = operands;
  }

  Action decode(String[] op, List<String> o) {
    String name = String.join(".", op);
    return switch (name) {
      case "bar.warp.sync" -> (f, lanes, n) -> meet(f, lanes, n);
      case "shfl.sync.bfly.b32" -> shuffle(o, true);
      case "shfl.sync.idx.b32" -> shuffle(o, false);
      case "vote.sync.ballot.b32" -> ballot(o);
      case "ldmatrix.sync.aligned.m8n8.x4.shared.b16" -> loadMatrices(o);
      case "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32" -> product(o, false);
      case "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32" -> product(o, true);
      default -> throw Decoder.unknown(name);
    };
  }

  private static void meet(Frame f, int[] lanes, int n) {
    if (n == f.live) {
      return;
    }
    Arrays.fill(f.active, false);
    for (int i = 0; i < n; i++) {
      f.active[lanes[i]] = true;
    }
    for (int i = 0; i < n; i++) {
      int warp = lanes[i] / WARP * WARP;
      for (int t = warp; t < Math.min(f.width, warp + WARP); t++) {
        if (!f.active[t] && !f.ended[t]) {
          throw new AssertionError("thread " + t + " misses an instruction of its warp");
        }
      }
    }
  }

  private Action shuffle(List<String> o, boolean exclusive) {
    int to = at.word(o.get(0).split("\\|")[0]);
    int from = at.word(o.get(1));
    int which = at.word(o.get(2));
    if (!o.get(3).equals("31") && !o.get(3).startsWith("%")) {
      throw Decoder.unknown("shfl of segments");
    }
    return (f, lanes, n) -> {
      meet(f, lanes, n);
      int w = f.width;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        int lane = t % WARP;
        int other = exclusive ? lane ^ f.r[which * w + t] : f.r[which * w + t] & (WARP - 1);
        int source = t - lane + other;
        if (source >= w || f.ended[source]) {
          throw new AssertionError("a shuffle from thread " + source + ", which has ended");
        }
        f.scratch[t] = f.r[from * w + source];
      }
      for (int i = 0; i < n; i++) {
        f.r[to * w + lanes[i]] = f.scratch[lanes[i]];
      }
    };
  }

  private Action ballot(List<String> o) {
    int to = at.word(o.get(0));
    int predicate = at.predicate(o.get(1));
    return (f, lanes, n) -> {
      meet(f, lanes, n);
      Arrays.fill(f.scratch, 0);
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        if (f.p[predicate * f.width + t]) {
          f.scratch[t / WARP] |= 1 << t % WARP;
        }
      }
      for (int i = 0; i < n; i++) {
        f.r[to * f.width + lanes[i]] = f.scratch[lanes[i] / WARP];
      }
    };
  }

  private int[] registers(String operand) {
    String[] names = operand.substring(1, operand.length() - 1).trim().split("\\s*,\\s*");
    return Arrays.stream(names).mapToInt(at::word).toArray();
  }

  /**
   * Four matrices of eight rows of 16 bytes: lane l names row l % 8 of matrix l / 8, and gets four
   * bytes of row l / 4 of each. The kernels promise that the rows of a matrix lie in different
   * banks.
   */
  private Action loadMatrices(List<String> o) {
    int[] to = registers(o.get(0));
    Operands.Place place = at.place(o.get(1));
    return (f, lanes, n) -> {
      meet(f, lanes, n);
      for (int i = 0; i < n; i++) {
        int lane = lanes[i] % WARP;
        for (int matrix = 0; matrix < to.length; matrix++) {
          long row = row(f, place, lanes[i] - lane + 8 * matrix, lane / 4);
          f.r[to[matrix] * f.width + lanes[i]] = f.sharedLoad(row + 4 * (lane % 4));
        }
      }
    };
  }

  /** The address of a row of a matrix whose rows are named by the threads from {@code first} on. */
  private static long row(Frame f, Operands.Place place, int first, int row) {
    long address = place.of(f, first + row);
    if (address % 16 != 0) {
      throw new AssertionError("a matrix row at byte " + address);
    }
    for (int other = 0; other < row; other++) {
      if ((place.of(f, first + other) - address) % 128 == 0) {
        throw new AssertionError("two rows of a matrix in the same banks");
      }
    }
    return address;
  }

  /** Figures of the PTX ISA, "Matrix fragments for mma.m16n8k8" and "mma.m16n8k16". */
  private Action product(List<String> o, boolean pairs) {
    int[] d = registers(o.get(0));
    int[] a = registers(o.get(1));
    int[] b = registers(o.get(2));
    int[] c = registers(o.get(3));
    int depth = pairs ? 16 : 8;
    return (f, lanes, n) -> {
      if (n != f.width) {
        throw new AssertionError("a matrix instruction needs all threads");
      }
      double[][] left = new double[16][depth];
      double[][] right = new double[depth][8];
      for (int warp = 0; warp < f.width; warp += WARP) {
        for (int lane = 0; lane < WARP; lane++) {
          int g = lane / 4;
          int t = lane % 4;
          for (int i = 0; i < 4; i++) {
            int bits = f.r[a[i] * f.width + warp + lane];
            put(left[g + i % 2 * 8], t, i / 2, bits, pairs);
          }
          for (int i = 0; i < 2; i++) {
            int bits = f.r[b[i] * f.width + warp + lane];
            double[] column = new double[depth];
            put(column, t, i, bits, pairs);
            for (int k : places(t, i, pairs)) {
              right[k][g] = column[k];
            }
          }
        }
        for (int lane = 0; lane < WARP; lane++) {
          for (int i = 0; i < 4; i++) {
            int row = lane / 4 + i / 2 * 8;
            int column = lane % 4 * 2 + i % 2;
            double sum = f.f(c[i] * f.width + warp + lane);
            for (int k = 0; k < depth; k++) {
              sum += left[row][k] * right[k][column];
            }
            f.f(d[i] * f.width + warp + lane, (float) sum);
          }
        }
      }
    };
  }

  /** Where register i of a thread's fragment lies along the summed axis. */
  private static int[] places(int t, int i, boolean pairs) {
    return pairs ? new int[] {2 * t + 8 * i, 2 * t + 8 * i + 1} : new int[] {t + 4 * i};
  }

  private static void put(double[] row, int t, int i, int bits, boolean pairs) {
    int[] places = places(t, i, pairs);
    if (pairs) {
      row[places[0]] = Float.intBitsToFloat(bits << 16);
      row[places[1]] = Float.intBitsToFloat(bits & 0xFFFF0000);
    } else {
      if ((bits & 0x1FFF) != 0) {
        throw new AssertionError("a factor is not rounded to tf32");
      }
      row[places[0]] = Float.intBitsToFloat(bits);
    }
  }
}
