package dev.assay.cpu.x86;

import dev.assay.cpu.x86.Assembler.Address;
import dev.assay.cpu.x86.Trace.Accumulator;
import dev.assay.cpu.x86.Trace.Constant;
import dev.assay.cpu.x86.Trace.Place;
import dev.assay.cpu.x86.Trace.Slot;
import dev.assay.cpu.x86.Trace.Source;
import dev.assay.cpu.x86.Trace.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The instructions of a trace, for several vectors in turns, which hides their latency. */
final class TraceCode {
  /** Mask of the lanes that there are. */
  static final int TAIL = 1;

  /** Masks from this one on are for comparisons, one for each vector. */
  private static final int FIRST_MASK = 2;

  private static final int SWAP_HALVES = 0x4E;
  private static final int SWAP_NEIGHBOURS = 0xB1;

  private final VectorAssembler code;
  private final Trace trace;
  private final Operands operands;
  private final int vectors;
  private final int first;
  private final int partial;
  private final Map<Source, Integer> hoisted;
  private final Registers registers;
  private int vector;

  /**
   * @param vectors to work on at once, 1, 2 or 4
   * @param first position of the first of them in its batch
   * @param partial which of them is cut short by the mask, or −1
   * @param hoisted registers of numbers, from {@link #hoist}
   */
  TraceCode(
      VectorAssembler code,
      Trace trace,
      Operands operands,
      int accumulators,
      int vectors,
      int first,
      int partial,
      Map<Source, Integer> hoisted) {
    this.code = code;
    this.trace = trace;
    this.operands = operands;
    this.vectors = vectors;
    this.first = first;
    this.partial = partial;
    this.hoisted = hoisted;
    int available = Registers.COUNT - Registers.BATCH * accumulators - hoisted.size();
    registers = new Registers(code, operands, trace, vectors, available);
  }

  /**
   * Loads the numbers that a trace uses most, before its loop, into registers that it leaves free.
   */
  static Map<Source, Integer> hoist(
      VectorAssembler code, Trace trace, Operands operands, int accumulators, int vectors) {
    Map<Source, Integer> uses = new LinkedHashMap<>();
    for (Step step : trace.steps()) {
      for (Source source : step.sources()) {
        if (source instanceof Constant || source instanceof Slot) {
          uses.merge(source, 1, Integer::sum);
        }
      }
    }
    List<Source> often =
        uses.entrySet().stream()
            .sorted(Map.Entry.<Source, Integer>comparingByValue().reversed())
            .map(Map.Entry::getKey)
            .toList();
    int top = Registers.COUNT - Registers.BATCH * accumulators;
    int free = top - vectors * Registers.live(trace) - 1;
    Map<Source, Integer> hoisted = new HashMap<>();
    for (Source source : often.subList(0, Math.clamp(free, 0, often.size()))) {
      int register = top - 1 - hoisted.size();
      code.broadcast(register, address(operands, source));
      hoisted.put(source, register);
    }
    return hoisted;
  }

  private static Address address(Operands operands, Source source) {
    return switch (source) {
      case Constant(int bits) -> operands.constant(bits);
      case Slot(int number) -> operands.slot(number);
      case Place place -> throw new IllegalStateException("in a register: " + place);
    };
  }

  /** Emits the code. Returns how many vectors it keeps in memory. */
  int emit() {
    for (int i = 0; i < trace.steps().size(); i++) {
      for (vector = 0; vector < vectors; vector++) {
        registers.turnTo(i, vector);
        step(trace.steps().get(i));
        registers.release();
      }
    }
    return registers.spills();
  }

  private void step(Step step) {
    switch (step) {
      case Step.Unary(VectorOp op, Place to, Source a) -> {
        int from = register(a);
        code.vector(op, target(to), from);
      }
      case Step.Binary s -> binary(s);
      case Step.MultiplyAdd s -> multiplyAdd(s);
      case Step.Shift(VectorAssembler.Shift way, Place to, Source a, int by) -> {
        int from = register(a);
        code.shift(way, target(to), from, by);
      }
      case Step.Exchange(Place to, Source a, int distance) -> {
        int from = register(a);
        exchange(target(to), from, distance);
      }
      case Step.Compare(Trace.Predicate predicate, Source a, Source b) -> {
        int left = register(a);
        if (inMemory(b)) {
          code.compare(mask(), left, address(operands, b), predicate.number);
        } else {
          code.compare(mask(), left, register(b), predicate.number);
        }
      }
      case Step.Test(Source a, Source b) -> {
        int left = register(a);
        if (inMemory(b)) {
          code.test(mask(), left, address(operands, b));
        } else {
          code.test(mask(), left, register(b));
        }
      }
      case Step.ChooseBits s -> chooseBits(s);
      case Step.Blend(Place to, Source a, Source b) -> blend(to, mask(), a, b);
      case Step.Load(Place to, int stream) ->
          code.load(target(to), operands.stream(stream, vector), lanes());
      case Step.Repeat(Place to, int stream) ->
          code.broadcast(target(to), operands.stream(stream, vector));
      case Step.Store(Source a, int stream) ->
          code.store(operands.stream(stream, vector), register(a), lanes());
      case Step.StoreOne(Source a, int stream) ->
          code.storeOne(operands.stream(stream, vector), register(a));
      case Step.Keep(Source a, int slot) -> code.storeOne(operands.slot(slot), register(a));
      case Step.Begin(Place to, Source a, Constant rest) -> {
        if (vector == partial) {
          blend(to, TAIL, rest, a);
        } else {
          int from = register(a);
          code.vector(VectorOp.MOVE, target(to), from);
        }
      }
    }
  }

  private int mask() {
    return FIRST_MASK + vector;
  }

  private int lanes() {
    return vector == partial ? TAIL : VectorAssembler.ALL;
  }

  private boolean inMemory(Source source) {
    return !(source instanceof Place) && !hoisted.containsKey(source);
  }

  /** The register that holds a source, or that is made to for the step at hand. */
  private int register(Source source) {
    return switch (source) {
      case Value value -> registers.of(value);
      case Accumulator accumulator -> register(accumulator);
      case Constant _, Slot _ -> {
        Integer known = hoisted.get(source);
        if (known != null) {
          yield known;
        }
        int temporary = registers.temporary();
        copy(temporary, source);
        yield temporary;
      }
    };
  }

  private void copy(int to, Source source) {
    if (source instanceof Constant(int bits) && bits == 0) {
      code.zero(to);
    } else if (inMemory(source)) {
      code.broadcast(to, address(operands, source));
    } else {
      code.vector(VectorOp.MOVE, to, register(source));
    }
  }

  private int register(Accumulator accumulator) {
    int position = accumulator.position() + first + vector;
    return Registers.COUNT - 1 - (Registers.BATCH * accumulator.number() + position);
  }

  /** The register for a result; what the step alone needed may be among those to choose from. */
  private int target(Place to) {
    registers.release();
    return switch (to) {
      case Value value -> registers.make(value);
      case Accumulator accumulator -> register(accumulator);
    };
  }

  private void binary(Step.Binary step) {
    boolean swap = inMemory(step.a()) && !inMemory(step.b()) && step.op().commutes();
    Source a = swap ? step.b() : step.a();
    Source b = swap ? step.a() : step.b();
    int left = register(a);
    if (inMemory(b)) {
      code.vector(step.op(), target(step.to()), left, address(operands, b));
    } else {
      int right = register(b);
      code.vector(step.op(), target(step.to()), left, right);
    }
  }

  private void blend(Place to, int mask, Source a, Source b) {
    int left = register(a);
    if (inMemory(b)) {
      code.blend(target(to), mask, left, address(operands, b));
    } else {
      int right = register(b);
      code.blend(target(to), mask, left, right);
    }
  }

  private void exchange(int to, int from, int distance) {
    int choice = distance == 8 || distance == 2 ? SWAP_HALVES : SWAP_NEIGHBOURS;
    if (distance > 2) {
      code.quarters(to, from, from, choice);
    } else {
      code.permute(to, from, choice);
    }
  }

  /** The result overwrites an operand: one that dies, or a copy of c. */
  private void multiplyAdd(Step.MultiplyAdd step) {
    boolean swap = inMemory(step.a()) || (!dies(step.a()) && dies(step.b()));
    Source a = swap ? step.b() : step.a();
    Source b = swap ? step.a() : step.b();
    Source c = step.c();
    if (c.equals(step.to()) || dies(c)) {
      int to = register(c);
      int left = register(a);
      operate(VectorOp.MULTIPLY_ADD_231, to, left, b);
      claim(step.to(), to);
    } else if (dies(a)) {
      int to = register(a);
      if (inMemory(b)) {
        operate(VectorOp.MULTIPLY_ADD_132, to, register(c), b);
      } else {
        operate(VectorOp.MULTIPLY_ADD_213, to, register(b), c);
      }
      claim(step.to(), to);
    } else {
      int left = register(a);
      int right = inMemory(b) ? -1 : register(b);
      int to = registers.temporary();
      copy(to, c);
      if (right < 0) {
        code.vector(VectorOp.MULTIPLY_ADD_231, to, left, address(operands, b));
      } else {
        code.vector(VectorOp.MULTIPLY_ADD_231, to, left, right);
      }
      claim(step.to(), to);
    }
  }

  /** The result overwrites a: itself if it dies, or a copy. */
  private void chooseBits(Step.ChooseBits step) {
    int other = register(step.b());
    int to;
    if (dies(step.a())) {
      to = register(step.a());
    } else {
      to = registers.temporary();
      copy(to, step.a());
    }
    if (inMemory(step.choice())) {
      code.chooseBits(to, other, address(operands, step.choice()));
    } else {
      code.chooseBits(to, other, register(step.choice()));
    }
    claim(step.to(), to);
  }

  private boolean dies(Source source) {
    return source instanceof Value value && registers.dies(value);
  }

  private void operate(VectorOp op, int to, int a, Source b) {
    if (inMemory(b)) {
      code.vector(op, to, a, address(operands, b));
    } else {
      code.vector(op, to, a, register(b));
    }
  }

  /** Makes a register that the step has overwritten that of its result. */
  private void claim(Place to, int register) {
    registers.release();
    if (to instanceof Value value) {
      registers.make(value, register);
    }
  }
}
