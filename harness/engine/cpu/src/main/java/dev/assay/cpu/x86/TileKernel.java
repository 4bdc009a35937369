package dev.assay.cpu.x86;

import static dev.assay.cpu.x86.Assembler.Register.R10;
import static dev.assay.cpu.x86.Assembler.Register.R11;
import static dev.assay.cpu.x86.Assembler.Register.R12;
import static dev.assay.cpu.x86.Assembler.Register.R13;
import static dev.assay.cpu.x86.Assembler.Register.R14;
import static dev.assay.cpu.x86.Assembler.Register.R15;
import static dev.assay.cpu.x86.Assembler.Register.R8;
import static dev.assay.cpu.x86.Assembler.Register.R9;
import static dev.assay.cpu.x86.Assembler.Register.RAX;
import static dev.assay.cpu.x86.Assembler.Register.RBP;
import static dev.assay.cpu.x86.Assembler.Register.RBX;
import static dev.assay.cpu.x86.Assembler.Register.RCX;
import static dev.assay.cpu.x86.Assembler.Register.RDI;
import static dev.assay.cpu.x86.Assembler.Register.RDX;
import static dev.assay.cpu.x86.Assembler.Register.RSI;

import dev.assay.cpu.x86.Assembler.Address;
import dev.assay.cpu.x86.Assembler.Condition;
import dev.assay.cpu.x86.Assembler.Register;
import dev.assay.cpu.x86.Trace.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Assembles the function of a {@link TileCode}; its constants lie behind its instructions. */
final class TileKernel {
  private static final int VECTOR = VectorAssembler.BYTES;
  private static final int LANES = VECTOR / Float.BYTES;
  private static final int BATCH = Registers.BATCH;

  private static final Register FRAME = RDI;
  private static final Register COLUMN = RCX;
  private static final Register COUNT = RAX;
  private static final Register CONSTANTS = R15;
  private static final List<Register> POINTERS =
      List.of(RDX, RBX, RSI, RBP, R8, R9, R10, R11, R12, R13);

  /** For the addresses of streams beyond those. */
  private static final Register OTHER = R14;

  private static final List<Register> SAVED = List.of(RBX, RBP, R12, R13, R14, R15);

  private final VectorAssembler code = new VectorAssembler();
  private final TileCode tile;
  private final List<Integer> pool = new ArrayList<>();
  private final int slots;
  private final int spills;
  private int mostSpills;

  private final byte[] instructions;

  private TileKernel(TileCode tile) {
    this.tile = tile;
    slots = TileFrame.stream(tile.rowBytes().size());
    spills = (slots + Float.BYTES * tile.slots() + VECTOR - 1) & -VECTOR;
    instructions = assemble();
  }

  private static Set<Integer> streams(Trace... traces) {
    Set<Integer> streams = new LinkedHashSet<>();
    for (Trace trace : traces) {
      for (Step step : trace.steps()) {
        if (step.streamOrNone() >= 0) {
          streams.add(step.streamOrNone());
        }
      }
    }
    return streams;
  }

  static TileKernel of(TileCode tile) {
    return new TileKernel(tile);
  }

  /** The function, which may lie at any multiple of 64. */
  byte[] instructions() {
    return instructions;
  }

  /** Bytes of its argument. */
  int frameBytes() {
    return spills + VECTOR * mostSpills;
  }

  private byte[] assemble() {
    SAVED.forEach(code::push);
    fillPool();
    int constants = code.addressAhead(CONSTANTS);
    get(RAX, TileFrame.MASK);
    code.mask(TraceCode.TAIL, RAX);
    straight(tile.once());
    int row = code.here();
    for (TileCode.Stage stage : tile.stages()) {
      straight(stage.row());
      switch (stage.pass()) {
        case TileCode.Each(Trace vector) -> each(vector);
        case TileCode.Fold fold -> fold(fold);
      }
    }
    straight(tile.last());
    advance();
    get(RAX, TileFrame.ROWS);
    code.subtract(RAX, 1);
    code.store(Address.of(FRAME, TileFrame.ROWS), RAX);
    code.jump(Condition.NOT_EQUAL, row);
    SAVED.reversed().forEach(code::pop);
    code.vectorReturn();
    code.align(VECTOR);
    code.land(constants);
    pool.forEach(code::data);
    return code.bytes();
  }

  private void get(Register to, int field) {
    code.load(to, Address.of(FRAME, field));
  }

  /** Finds all constants. */
  private void fillPool() {
    tile.traces()
        .flatMap(trace -> trace.steps().stream())
        .flatMap(step -> step.sources().stream())
        .forEach(this::pool);
    for (TileCode.Stage stage : tile.stages()) {
      if (stage.pass() instanceof TileCode.Fold fold) {
        fold.empty().forEach(this::pool);
      }
    }
  }

  private void pool(Source source) {
    if (source instanceof Trace.Constant(int bits) && !pool.contains(bits)) {
      pool.add(bits);
    }
  }

  private void advance() {
    for (int stream = 0; stream < tile.rowBytes().size(); stream++) {
      int bytes = (int) (long) tile.rowBytes().get(stream);
      if (bytes != 0) {
        get(RAX, TileFrame.stream(stream));
        code.address(RAX, Address.of(RAX, bytes));
        code.store(Address.of(FRAME, TileFrame.stream(stream)), RAX);
      }
    }
  }

  /** Loads the addresses of streams; the operands begin {@code bytes} further on. */
  private Operands operands(boolean indexed, int bytes, Trace... traces) {
    Map<Integer, Register> pointers = new HashMap<>();
    for (int stream : streams(traces)) {
      if (pointers.size() < POINTERS.size()) {
        Register pointer = POINTERS.get(pointers.size());
        get(pointer, TileFrame.stream(stream));
        pointers.put(stream, pointer);
      }
    }
    return new Operands() {
      @Override
      public Address stream(int stream, int vector) {
        Register index = indexed ? COLUMN : Register.RSP;
        Register pointer = pointers.getOrDefault(stream, OTHER);
        if (pointer == OTHER) {
          get(OTHER, TileFrame.stream(stream));
        }
        return new Address(pointer, index, 1, bytes + VECTOR * vector);
      }

      @Override
      public Address slot(int number) {
        return Address.of(FRAME, slots + Float.BYTES * number);
      }

      @Override
      public Address constant(int bits) {
        return Address.of(CONSTANTS, Float.BYTES * pool.indexOf(bits));
      }

      @Override
      public Address spill(int number) {
        return Address.of(FRAME, spills + VECTOR * number);
      }
    };
  }

  private void straight(Trace trace) {
    emit(trace, operands(false, 0, trace), 0, 1, 0, -1, Map.of());
  }

  private void emit(
      Trace trace,
      Operands operands,
      int accumulators,
      int vectors,
      int first,
      int partial,
      Map<Source, Integer> hoisted) {
    TraceCode traceCode =
        new TraceCode(code, trace, operands, accumulators, vectors, first, partial, hoisted);
    mostSpills = Math.max(mostSpills, traceCode.emit());
  }

  private void each(Trace trace) {
    int vectors = Registers.fitting(trace, 0);
    Operands operands = operands(true, 0, trace);
    Map<Source, Integer> hoisted = TraceCode.hoist(code, trace, operands, 0, vectors);
    code.clear(COLUMN);
    get(COUNT, TileFrame.VECTORS);
    code.shiftRight(COUNT, Integer.numberOfTrailingZeros(vectors));
    loop(vectors, () -> emit(trace, operands, 0, vectors, 0, -1, hoisted));
    if (vectors > 1) {
      get(COUNT, TileFrame.VECTORS);
      code.and(COUNT, vectors - 1);
      loop(1, () -> emit(trace, operands, 0, 1, 0, -1, hoisted));
    }
    get(COUNT, TileFrame.MASK);
    code.test(COUNT);
    int end = code.jump(Condition.EQUAL);
    emit(trace, operands, 0, 1, 0, 0, hoisted);
    code.land(end);
  }

  /** Repeats code that works on some vectors as often as the register of the count says. */
  private void loop(int vectors, Runnable body) {
    code.test(COUNT);
    int end = code.jump(Condition.EQUAL);
    int begin = code.here();
    body.run();
    code.address(COLUMN, Address.of(COLUMN, VECTOR * vectors));
    code.subtract(COUNT, 1);
    code.jump(Condition.NOT_EQUAL, begin);
    code.land(end);
  }

  private void fold(TileCode.Fold fold) {
    int accumulators = fold.empty().size();
    int whole = tile.columns() / (BATCH * LANES);
    int rest = tile.columns() % (BATCH * LANES);
    int ends = Math.ceilDiv(rest, LANES);
    int partial = rest % LANES == 0 ? -1 : ends - 1;
    Operands end = operands(false, whole * BATCH * VECTOR, fold.first(), fold.next());
    for (int number = 0; number < accumulators; number++) {
      for (int position = ends; position < BATCH; position++) {
        clear(end, fold.empty().get(number), new Trace.Accumulator(number, position));
      }
    }
    int fitting = Registers.fitting(fold.first(), accumulators);
    for (int first = 0; first < ends; first += fitting) {
      int vectors = Math.min(fitting, ends - first);
      int cut = partial >= first && partial < first + vectors ? partial - first : -1;
      emit(fold.first(), end.after(first), accumulators, vectors, first, cut, Map.of());
    }
    if (whole > 0) {
      batches(fold.next(), accumulators);
    }
    emit(fold.result(), end, accumulators, 1, 0, -1, Map.of());
  }

  private void batches(Trace trace, int accumulators) {
    Operands operands = operands(true, 0, trace);
    int vectors = Registers.fitting(trace, accumulators);
    Map<Source, Integer> hoisted = TraceCode.hoist(code, trace, operands, accumulators, vectors);
    Runnable batch =
        () ->
            IntStream.iterate(0, first -> first < BATCH, first -> first + vectors)
                .forEach(first ->
                    emit(trace, operands.after(first), accumulators, vectors, first, -1, hoisted));
    code.clear(COLUMN);
    get(COUNT, TileFrame.VECTORS);
    code.shiftRight(COUNT, Integer.numberOfTrailingZeros(BATCH));
    loop(BATCH, batch);
  }

  private void clear(Operands operands, Trace.Constant empty, Trace.Accumulator accumulator) {
    Trace trace = new Trace();
    trace.set(accumulator, empty);
    emit(trace, operands, 0, 1, 0, -1, Map.of());
  }
}
