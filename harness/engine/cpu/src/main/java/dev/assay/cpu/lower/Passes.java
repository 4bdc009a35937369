package dev.assay.cpu.lower;

import dev.assay.cpu.lower.Block.Value;
import dev.assay.cpu.lower.Ranks.Level;
import dev.assay.cpu.vector.TraceChoices;
import dev.assay.cpu.x86.TileCode;
import dev.assay.cpu.x86.Trace;
import dev.assay.cpu.x86.Trace.Accumulator;
import dev.assay.cpu.x86.Trace.Constant;
import dev.assay.cpu.x86.Trace.Slot;
import dev.assay.cpu.x86.Trace.Source;
import dev.assay.tensor.Op;
import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.ReduceFn;
import dev.assay.tensor.plan.Kernel.Instr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Cuts a tile's code into what is the same for all rows, what is the same along a row, and passes
 * along the row: a pass begins where a reduction's result is needed. Values that a later pass needs
 * are computed again where that is cheap, else kept for the length of a row. Traces are made from
 * the last to the first, so that each knows what later ones ask of it.
 */
final class Passes {
  private final List<Instr> code;
  private final Usage usage;
  private final Places places;
  private final Map<Instr, Value> operands;
  private final Supplier<Value> newRow;
  private final Ranks ranks;
  private final List<Value> streams = new ArrayList<>();
  private final Map<Integer, Integer> slots = new HashMap<>();
  private final Map<Integer, Value> kept = new HashMap<>();

  /**
   * @param operands where loads and stores lie, and the last value if nothing is stored
   * @param newRow makes room for a row that is kept
   */
  Passes(
      List<Instr> code,
      Usage usage,
      Places places,
      Map<Instr, Value> operands,
      Supplier<Value> newRow) {
    this.code = code;
    this.usage = usage;
    this.places = places;
    this.operands = operands;
    this.newRow = newRow;
    ranks = new Ranks(code, usage, operands);
  }

  /** The operands that the traces' streams are, by number. */
  List<Value> streams() {
    return streams;
  }

  private Value operand(Instr instr) {
    return Objects.requireNonNull(operands.get(instr));
  }

  private int stream(Value value) {
    int known = streams.indexOf(value);
    if (known >= 0) {
      return known;
    }
    streams.add(value);
    return streams.size() - 1;
  }

  /**
   * The traces.
   *
   * @param columns of a row, if there are reductions
   */
  TileCode code(int columns) {
    Part end = new Part(Level.BY_ROW, ranks.passes());
    end.finishRow();
    end.keepWhatIsAsked();
    Deque<TileCode.Stage> stages = new ArrayDeque<>();
    for (int pass = ranks.passes() - 1; pass >= 0; pass--) {
      TileCode.Pass work = pass(pass);
      Part row = new Part(Level.BY_ROW, pass);
      row.keepWhatIsAsked();
      stages.addFirst(new TileCode.Stage(row.trace, work));
    }
    Part once = new Part(Level.ONCE, 0);
    once.keepWhatIsAsked();
    List<Long> steps = streams.stream().map(v -> (long) Float.BYTES * v.rowStride()).toList();
    return new TileCode(once.trace, List.copyOf(stages), end.trace, steps, slots.size(), columns);
  }

  private TileCode.Pass pass(int pass) {
    List<Instr.Reduce> reductions = new ArrayList<>();
    for (Instr instr : code) {
      if (instr instanceof Instr.Reduce reduce && ranks.stage(reduce.arg()) == pass) {
        reductions.add(reduce);
      }
    }
    if (reductions.isEmpty()) {
      Part each = new Part(Level.BY_COLUMN, pass);
      each.finish();
      return new TileCode.Each(each.trace);
    }
    Part first = new Part(Level.BY_COLUMN, pass);
    Part next = new Part(Level.BY_COLUMN, pass);
    Trace result = new Trace();
    List<Constant> empty = new ArrayList<>();
    for (int i = 0; i < reductions.size(); i++) {
      Instr.Reduce reduce = reductions.get(i);
      Accumulator accumulator = new Accumulator(i, 0);
      first.begin(reduce, accumulator);
      next.accumulate(reduce, accumulator);
      empty.add(empty(reduce.fn()));
      result.keep(result(result, reduce.fn(), i), slot(reduce.dst()));
    }
    first.finish();
    next.finish();
    return new TileCode.Fold(first.trace, next.trace, result, empty);
  }

  private static Constant empty(ReduceFn fn) {
    return Constant.of(fn == ReduceFn.SUM ? 0 : Float.NEGATIVE_INFINITY);
  }

  /** As {@link dev.assay.cpu.vector.Sums} has it. */
  private static Source result(Trace trace, ReduceFn fn, int number) {
    Source[] a = new Source[4];
    for (int position = 0; position < 4; position++) {
      a[position] = new Accumulator(number, position);
    }
    return fn == ReduceFn.SUM
        ? TraceChoices.sumOfLanes(trace, trace.add(trace.add(a[0], a[1]), trace.add(a[2], a[3])))
        : TraceChoices.maxOfLanes(
            trace,
            TraceChoices.max(
                trace, TraceChoices.max(trace, a[0], a[1]), TraceChoices.max(trace, a[2], a[3])));
  }

  private int slot(int value) {
    return slots.computeIfAbsent(value, unused -> slots.size());
  }

  /**
   * The pass that stores a value: not before memory that it overwrites was read for the last time.
   */
  private int passOf(Instr.Store store) {
    boolean overwrites =
        code.stream()
            .anyMatch(instr ->
                instr instanceof Instr.Load load && places.sameStorage(load.view(), store.view()));
    return overwrites ? ranks.passes() - 1 : ranks.stage(store.src());
  }

  /** One trace in the making. */
  private final class Part {
    private final Trace trace = new Trace();
    private final Level own;
    private final int turn;
    private final Map<Integer, Source> made = new HashMap<>();

    Part(Level own, int turn) {
      this.own = own;
      this.turn = turn;
    }

    /** A value as this trace has it. */
    Source source(int value) {
      Instr definition = usage.definition(value);
      if (definition instanceof Instr.Const(int _, float number)) {
        return Constant.of(number);
      }
      boolean known =
          ranks.level(value) != own || (own == Level.BY_ROW && ranks.stage(value) < turn);
      if (known || definition instanceof Instr.Reduce) {
        return new Slot(slot(value));
      }
      Source source = made.get(value);
      if (source == null) {
        source = make(value, definition);
        made.put(value, source);
      }
      return source;
    }

    private Source make(int value, Instr definition) {
      if (own == Level.BY_COLUMN && ranks.stage(value) < turn && !ranks.isCheap(value)) {
        return trace.load(stream(kept.computeIfAbsent(value, unused -> newRow.get())));
      }
      return switch (definition) {
        case Instr.Load load -> {
          int stream = stream(operand(load));
          yield own == Level.BY_COLUMN ? trace.load(stream) : trace.repeat(stream);
        }
        case Instr.Apply apply -> apply(apply);
        case Instr.Const _, Instr.Reduce _, Instr.Store _ ->
            throw new IllegalStateException("not made by a trace: " + definition);
      };
    }

    private Source apply(Instr.Apply apply) {
      List<Integer> args = apply.args();
      if (apply.op() instanceof Op.Binary(BinaryFn fn) && fn == BinaryFn.ADD) {
        int product = usage.isFused(args.get(0)) ? 0 : 1;
        if (usage.isFused(args.get(product))) {
          List<Source> factors = factors(args.get(product));
          return trace.fma(factors.get(0), factors.get(1), source(args.get(1 - product)));
        }
      }
      return Formulas.apply(trace, apply.op(), args.stream().map(this::source).toList());
    }

    private List<Source> factors(int product) {
      return Usage.args(usage.definition(product)).stream().map(this::source).toList();
    }

    void begin(Instr.Reduce reduce, Accumulator to) {
      Source a = source(reduce);
      trace.begin(to, a, empty(reduce.fn()));
    }

    private Source source(Instr.Reduce reduce) {
      if (!usage.isFused(reduce.arg())) {
        return source(reduce.arg());
      }
      List<Source> factors = factors(reduce.arg());
      return trace.mul(factors.get(0), factors.get(1));
    }

    void accumulate(Instr.Reduce reduce, Accumulator to) {
      if (usage.isFused(reduce.arg())) {
        List<Source> factors = factors(reduce.arg());
        trace.multiplyAddTo(to, factors.get(0), factors.get(1));
      } else if (reduce.fn() == ReduceFn.SUM) {
        trace.addTo(to, source(reduce.arg()));
      } else {
        trace.set(to, TraceChoices.max(trace, to, source(reduce.arg())));
      }
    }

    /**
     * Stores what this pass stores, and keeps what later ones ask for: everything is read before
     * anything is stored, since results may lie where operands do.
     */
    void finish() {
      Map<Value, Source> results = new LinkedHashMap<>();
      for (Instr instr : code) {
        if (instr instanceof Instr.Store store && !store.row() && passOf(store) == turn) {
          results.put(operand(store), source(store.src()));
        }
      }
      if (ranks.isAsked() && turn == ranks.passes() - 1) {
        Instr last = code.getLast();
        results.put(operand(last), source(Usage.dst(last)));
      }
      // what is asked of earlier passes meanwhile is not of this one
      for (Map.Entry<Integer, Value> row : List.copyOf(kept.entrySet())) {
        if (ranks.stage(row.getKey()) == turn) {
          results.put(row.getValue(), source(row.getKey()));
        }
      }
      results.forEach((place, source) -> trace.store(source, stream(place)));
    }

    /** Stores what has one number for each row; it too is read before anything is stored. */
    void finishRow() {
      Map<Value, Source> results = new LinkedHashMap<>();
      for (Instr instr : code) {
        if (instr instanceof Instr.Store store && store.row()) {
          results.put(operand(store), source(store.src()));
        }
      }
      results.forEach((place, source) -> trace.storeOne(source, stream(place)));
    }

    /** Keeps the numbers that later traces ask for. */
    void keepWhatIsAsked() {
      for (int value : List.copyOf(slots.keySet())) {
        boolean own =
            ranks.level(value) == this.own
                && (this.own == Level.ONCE || ranks.stage(value) == turn)
                && !(usage.definition(value) instanceof Instr.Reduce);
        if (own) {
          trace.keep(source(value), slot(value));
        }
      }
    }
  }
}
