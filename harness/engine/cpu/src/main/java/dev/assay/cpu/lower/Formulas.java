package dev.assay.cpu.lower;

import dev.assay.cpu.vector.TraceChoices;
import dev.assay.cpu.vector.TraceMath;
import dev.assay.cpu.x86.Trace;
import dev.assay.cpu.x86.Trace.Predicate;
import dev.assay.cpu.x86.Trace.Source;
import dev.assay.tensor.DType;
import dev.assay.tensor.Op;
import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.UnaryFn;
import java.util.List;

/** Elementwise operations as instructions of a trace. */
final class Formulas {
  private Formulas() {}

  /** Whether there are instructions for an operation. */
  static boolean isKnown(Op op) {
    return switch (op) {
      case Op.Unary(UnaryFn fn) -> fn != UnaryFn.SIN && fn != UnaryFn.COS;
      case Op.Binary(BinaryFn fn) -> fn != BinaryFn.POW;
      case Op.Where _, Op.Cast _ -> true;
      default -> false;
    };
  }

  static Source apply(Trace trace, Op op, List<Source> args) {
    TraceMath math = new TraceMath(trace);
    Source a = args.getFirst();
    return switch (op) {
      case Op.Unary(UnaryFn fn) -> unary(trace, math, fn, a);
      case Op.Binary(BinaryFn fn) -> binary(trace, fn, a, args.get(1));
      case Op.Where _ -> TraceChoices.where(trace, a, args.get(1), args.get(2));
      case Op.Cast(DType to) -> to == DType.F32 ? trace.toFloats(a) : TraceChoices.toInts(trace, a);
      default -> throw new IllegalStateException("not elementwise: " + op);
    };
  }

  private static Source unary(Trace trace, TraceMath math, UnaryFn fn, Source a) {
    return switch (fn) {
      case NEG -> math.neg(a);
      case ABS -> math.abs(a);
      case SIGN -> math.sign(a);
      case FLOOR -> math.floor(a);
      case EXP -> math.exp(a);
      case EXPM1 -> math.expm1(a);
      case LOG -> math.log(a);
      case LOG1P -> math.log1p(a);
      case SQRT -> trace.sqrt(a);
      case RSQRT -> math.rsqrt(a);
      case RECIPROCAL -> math.reciprocal(a);
      case TANH -> math.tanh(a);
      case SIGMOID -> math.sigmoid(a);
      case SOFTPLUS -> math.softplus(a);
      case ERF -> math.erf(a);
      case SIN, COS -> throw new IllegalStateException("no instructions for " + fn);
    };
  }

  private static Source binary(Trace trace, BinaryFn fn, Source a, Source b) {
    return switch (fn) {
      case ADD -> trace.add(a, b);
      case SUB -> trace.sub(a, b);
      case MUL -> trace.mul(a, b);
      case DIV -> trace.div(a, b);
      case MAX -> TraceChoices.max(trace, a, b);
      case MIN -> TraceChoices.min(trace, a, b);
      case LESS -> TraceChoices.one(trace, a, Predicate.LESS, b);
      case LESS_EQUAL -> TraceChoices.one(trace, a, Predicate.LESS_EQUAL, b);
      case EQUAL -> TraceChoices.one(trace, a, Predicate.EQUAL, b);
      case POW -> throw new IllegalStateException("no instructions for " + fn);
    };
  }
}
