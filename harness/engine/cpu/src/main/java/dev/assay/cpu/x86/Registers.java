package dev.assay.cpu.x86;

import dev.assay.cpu.x86.Trace.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Registers for the values of a trace, given in the order of its code. Where none is free, the
 * value goes to memory whose next use is the farthest (Belady 1966).
 */
final class Registers {
  static final int COUNT = 32;

  /** Vectors that belong together: four partial sums of each accumulator. */
  static final int BATCH = 4;

  private static final int FREE = -1;
  private static final int TAKEN = -2;
  private static final int NOWHERE = -1;

  private final VectorAssembler code;
  private final Operands operands;
  private final int vectors;

  /** Of each value, the steps that make and use it. */
  private final int[][] uses;

  /** Of each value of each vector. */
  private final int[] register;

  private final int[] spill;
  private final int[] holder = new int[COUNT];
  private final boolean[] locked = new boolean[COUNT];
  private final List<Integer> temporaries = new ArrayList<>();
  private int spills;
  private int at;
  private int vector;

  /**
   * @param vectors that the trace works on at once
   * @param available registers, from the first on
   */
  Registers(VectorAssembler code, Operands operands, Trace trace, int vectors, int available) {
    this.code = code;
    this.operands = operands;
    this.vectors = vectors;
    uses = uses(trace);
    register = new int[uses.length * vectors];
    spill = new int[uses.length * vectors];
    Arrays.fill(register, NOWHERE);
    Arrays.fill(spill, NOWHERE);
    Arrays.fill(holder, FREE);
    Arrays.fill(holder, available, COUNT, TAKEN);
  }

  /** How many vectors at once fit the registers: 4, 2 or 1, which may not fit either. */
  static int fitting(Trace trace, int accumulators) {
    int live = live(trace);
    int free = COUNT - BATCH * accumulators - 1;
    return 4 * live <= free ? 4 : 2 * live <= free ? 2 : 1;
  }

  /** Most values of a trace that are alive at once. */
  static int live(Trace trace) {
    int[] change = new int[trace.steps().size() + 1];
    for (int[] use : uses(trace)) {
      change[use[0]]++;
      change[use[use.length - 1] + 1]--;
    }
    int live = 0;
    int most = 0;
    for (int c : change) {
      live += c;
      most = Math.max(most, live);
    }
    return most;
  }

  private static int[][] uses(Trace trace) {
    List<List<Integer>> uses = new ArrayList<>();
    for (int i = 0; i < trace.steps().size(); i++) {
      Step step = trace.steps().get(i);
      for (Trace.Source source : step.sources()) {
        if (source instanceof Value(int number) && uses.get(number).getLast() != i) {
          uses.get(number).add(i);
        }
      }
      if (step.to() instanceof Value) { // numbered in this order
        uses.add(new ArrayList<>(List.of(i)));
      }
    }
    return uses.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  /** How many vectors are kept in memory at most. */
  int spills() {
    return spills;
  }

  /** Turns to a step, for one of the vectors. */
  void turnTo(int step, int vector) {
    at = step;
    this.vector = vector;
  }

  private int name(Value value) {
    return value.number() * vectors + vector;
  }

  /** The register of a value, which stays there until {@link #release}. */
  int of(Value value) {
    int name = name(value);
    if (register[name] == NOWHERE) {
      put(name, free());
      code.load(register[name], operands.spill(spill[name]), VectorAssembler.ALL);
    }
    locked[register[name]] = true;
    return register[name];
  }

  /** A register until {@link #release}. */
  int temporary() {
    int free = free();
    holder[free] = TAKEN;
    temporaries.add(free);
    return free;
  }

  /** Whether the step at hand is the last that uses the value. */
  boolean dies(Value value) {
    return lastUse(name(value)) == at;
  }

  /** Gives back temporary registers, and those of values that no later step uses. */
  void release() {
    for (int temporary : temporaries) {
      holder[temporary] = FREE;
    }
    temporaries.clear();
    for (int r = 0; r < COUNT; r++) {
      locked[r] = false;
      int name = holder[r];
      if (name >= 0 && name % vectors == vector && lastUse(name) <= at) {
        register[name] = NOWHERE;
        holder[r] = FREE;
      }
    }
  }

  /** A register for a new value. */
  int make(Value value) {
    put(name(value), free());
    return register[name(value)];
  }

  /** Gives a new value the register of one that died. */
  void make(Value value, int register) {
    put(name(value), register);
  }

  private void put(int name, int free) {
    register[name] = free;
    holder[free] = name;
  }

  private int free() {
    int farthest = NOWHERE;
    int distance = -1;
    for (int r = 0; r < COUNT; r++) {
      if (holder[r] == FREE) {
        return r;
      }
      if (holder[r] >= 0 && !locked[r] && nextUse(holder[r]) > distance) {
        farthest = r;
        distance = nextUse(holder[r]);
      }
    }
    int name = holder[farthest];
    if (spill[name] == NOWHERE) {
      spill[name] = spills++;
      code.store(operands.spill(spill[name]), farthest, VectorAssembler.ALL);
    }
    register[name] = NOWHERE;
    return farthest;
  }

  private int lastUse(int name) {
    int[] use = uses[name / vectors];
    return use[use.length - 1];
  }

  /** The next step that uses a value, the one at hand included if its turn is yet to come. */
  private int nextUse(int name) {
    for (int use : uses[name / vectors]) {
      if (use > at || (use == at && name % vectors > vector)) {
        return use;
      }
    }
    return at;
  }
}
