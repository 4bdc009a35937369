package dev.assay.jcuda.ptx;

import dev.assay.tensor.DType;
import dev.assay.tensor.Op;
import dev.assay.tensor.plan.Kernel.Instr;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the arithmetic of tile code; a product that one sum takes is fused with it. */
final class Values {
  /** A register and what it holds. */
  record Value(String register, DType type) {}

  /** Registers by value number. */
  static final class Scope {
    private final Map<Integer, Value> values = new HashMap<>();
    private final @Nullable Scope outer;

    private Scope(@Nullable Scope outer) {
      this.outer = outer;
    }

    /** A scope that also sees the values of another. */
    static Scope within(Scope outer) {
      return new Scope(outer);
    }

    static Scope outermost() {
      return new Scope(null);
    }

    boolean has(int number) {
      return values.containsKey(number) || (outer != null && outer.has(number));
    }

    Value get(int number) {
      Value value = values.get(number);
      if (value == null && outer != null) {
        return outer.get(number);
      }
      if (value == null) {
        throw new IllegalStateException("value " + number + " is not made yet");
      }
      return value;
    }

    void put(int number, Value value) {
      values.put(number, value);
    }
  }

  private final Assembly out;
  private final Functions functions;
  private final Map<Integer, Instr.Apply> products = new HashMap<>();
  private final Set<Integer> fused = new HashSet<>();

  Values(Assembly out, List<Instr> code) {
    this.out = out;
    functions = new Functions(out);
    findProducts(code);
  }

  Functions functions() {
    return functions;
  }

  /** Products whose only use is a sum or difference of the same kind of value. */
  private void findProducts(List<Instr> code) {
    Map<Integer, Integer> uses = new HashMap<>();
    for (Instr instr : code) {
      for (int arg : operands(instr)) {
        uses.merge(arg, 1, Integer::sum);
      }
    }
    for (Instr instr : code) {
      if (instr instanceof Instr.Apply apply) {
        if (apply.op().equals(new Op.Binary(Op.BinaryFn.MUL))
            && uses.getOrDefault(apply.dst(), 0) == 1) {
          products.put(apply.dst(), apply);
        }
        if (apply.op() instanceof Op.Binary(Op.BinaryFn fn)
            && (fn == Op.BinaryFn.ADD || fn == Op.BinaryFn.SUB)) {
          apply.args().stream()
              .filter(arg -> isProduct(arg, apply.row()))
              .findFirst()
              .ifPresent(fused::add);
        }
      }
    }
  }

  private boolean isProduct(int number, boolean row) {
    Instr.Apply product = products.get(number);
    return product != null && product.row() == row;
  }

  /** Values that an instruction reads. */
  static List<Integer> operands(Instr instr) {
    return switch (instr) {
      case Instr.Load _, Instr.Const _ -> List.of();
      case Instr.Apply apply -> apply.args();
      case Instr.Reduce reduce -> List.of(reduce.arg());
      case Instr.Store store -> List.of(store.src());
    };
  }

  void constant(Instr.Const constant, Scope scope) {
    scope.put(constant.dst(), new Value(functions.number(constant.value()), DType.F32));
  }

  void apply(Instr.Apply apply, Scope scope) {
    if (fused.contains(apply.dst())) {
      return;
    }
    List<Integer> args = apply.args();
    scope.put(
        apply.dst(),
        switch (apply.op()) {
          case Op.Unary(Op.UnaryFn fn) ->
              new Value(functions.unary(fn, scope.get(args.get(0)).register()), DType.F32);
          case Op.Binary(Op.BinaryFn fn) -> new Value(binary(fn, args, scope), DType.F32);
          case Op.Where _ ->
              new Value(
                  functions.where(
                      scope.get(args.get(0)).register(),
                      scope.get(args.get(1)).register(),
                      scope.get(args.get(2)).register()),
                  DType.F32);
          case Op.Cast(DType to) -> cast(scope.get(args.get(0)), to);
          default -> throw new IllegalStateException("not elementwise: " + apply.op());
        });
  }

  private Value cast(Value x, DType to) {
    if (x.type() == to) {
      return x;
    }
    return to == DType.F32
        ? new Value(out.f32("cvt.rn.f32.s32", x.register()), to)
        : new Value(out.s32("cvt.rzi.s32.f32", x.register()), to);
  }

  private String binary(Op.BinaryFn fn, List<Integer> args, Scope scope) {
    int left = args.get(0);
    int right = args.get(1);
    if (fn == Op.BinaryFn.ADD || fn == Op.BinaryFn.SUB) {
      if (fused.contains(left)) {
        String addend = scope.get(right).register();
        return product(
            left, scope, false, fn == Op.BinaryFn.ADD ? addend : out.f32("neg.f32", addend));
      }
      if (fused.contains(right)) {
        return product(right, scope, fn == Op.BinaryFn.SUB, scope.get(left).register());
      }
    }
    return functions.binary(fn, scope.get(left).register(), scope.get(right).register());
  }

  private String product(int number, Scope scope, boolean negated, String addend) {
    List<Integer> factors = Objects.requireNonNull(products.get(number)).args();
    String x = scope.get(factors.get(0)).register();
    String y = scope.get(factors.get(1)).register();
    return functions.fma(negated ? out.f32("neg.f32", x) : x, y, addend);
  }

  /** Loads one element. */
  Value load(String address, DType type) {
    return type == DType.F32
        ? new Value(out.f32("ld.global.f32", "[" + address + "]"), type)
        : new Value(out.s32("ld.global.u32", "[" + address + "]"), type);
  }

  static String suffix(DType type) {
    return type == DType.F32 ? "f32" : "u32";
  }
}
