package dev.assay.jcuda.ptx;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The text of a kernel while it is written: registers are made as they are needed. */
final class Assembly {
  /** A class of registers. */
  enum Kind {
    PRED("%p", "pred"),
    INT("%r", "b32"),
    FLOAT("%f", "f32"),
    LONG("%rd", "b64"),
    DOUBLE("%fd", "f64");

    private final String prefix;
    private final String type;

    Kind(String prefix, String type) {
      this.prefix = prefix;
      this.type = type;
    }
  }

  private final String tag;
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private final List<String> parameters = new ArrayList<>();
  private final StringBuilder shared = new StringBuilder();
  private final StringBuilder body = new StringBuilder();
  private int labels;
  private int arrays;

  Assembly() {
    this("");
  }

  /**
   * @param tag letters in the names of registers, which tell them from those of other code
   */
  Assembly(String tag) {
    this.tag = tag;
  }

  /** A new register. */
  String register(Kind kind) {
    return kind.prefix + tag + counts.merge(kind, 1, Integer::sum);
  }

  /** {@code op operands;} */
  void emit(String op, String... operands) {
    body.append('\t').append(op).append(' ').append(String.join(", ", operands)).append(";\n");
  }

  /** {@code @predicate op operands;} */
  void emitIf(String predicate, String op, String... operands) {
    body.append("\t@").append(predicate).append(' ').append(op).append(' ');
    body.append(String.join(", ", operands)).append(";\n");
  }

  /** A new register that holds the result of an instruction. */
  String make(Kind kind, String op, String... operands) {
    String result = register(kind);
    body.append('\t').append(op).append(' ').append(result);
    for (String operand : operands) {
      body.append(", ").append(operand);
    }
    body.append(";\n");
    return result;
  }

  String f32(String op, String... operands) {
    return make(Kind.FLOAT, op, operands);
  }

  String s32(String op, String... operands) {
    return make(Kind.INT, op, operands);
  }

  String b64(String op, String... operands) {
    return make(Kind.LONG, op, operands);
  }

  String f64(String op, String... operands) {
    return make(Kind.DOUBLE, op, operands);
  }

  String predicate(String op, String... operands) {
    return make(Kind.PRED, op, operands);
  }

  /** The next parameter of the kernel, an address in global memory. */
  String address() {
    String name = Source.NAME + "_" + parameters.size();
    parameters.add(".param .u64 " + name);
    return b64("ld.param.u64", "[" + name + "]");
  }

  /** An array of floats in shared memory: its name. */
  String sharedFloats(int count) {
    String name = "s" + arrays++;
    shared.append("\t.shared .align 16 .b8 ").append(name).append('[').append(4 * count);
    shared.append("];\n");
    return name;
  }

  /** A label to be placed. */
  String label() {
    return "L" + labels++;
  }

  void place(String label) {
    body.append(label).append(":\n");
  }

  static String literal(float value) {
    return String.format(Locale.ROOT, "0f%08X", Float.floatToRawIntBits(value));
  }

  static String literal(double value) {
    return String.format(Locale.ROOT, "0d%016X", Double.doubleToRawLongBits(value));
  }

  /** The kernel. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(".visible .entry ").append(Source.NAME).append("(\n\t");
    text.append(String.join(",\n\t", parameters)).append("\n)\n{\n").append(declarations());
    return text.append(shared).append(body).append("\tret;\n}\n").toString();
  }

  /** The declarations of all registers. */
  String declarations() {
    StringBuilder text = new StringBuilder();
    counts.forEach((kind, count) ->
        text.append("\t.reg .")
            .append(kind.type)
            .append(' ')
            .append(kind.prefix)
            .append(tag)
            .append('<')
            .append(count + 1)
            .append(">;\n"));
    return text.toString();
  }

  /** The declarations of parameters. */
  List<String> parameters() {
    return parameters;
  }

  /** The instructions. */
  String body() {
    return body.toString();
  }
}
