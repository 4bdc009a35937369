package dev.assay.jcuda.emulator;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the operands of a kernel's instructions are: registers, and a place for each literal. */
final class Operands {
  /** The address that a lane means. */
  @FunctionalInterface
  interface Place {
    long of(Frame f, int lane);
  }

  private final Map<String, Integer> words = new HashMap<>();
  private final Map<String, Integer> longs = new HashMap<>();
  private final Map<String, Integer> predicates = new HashMap<>();
  private final Map<Integer, Integer> wordLiterals = new LinkedHashMap<>();
  private final Map<Integer, Long> longLiterals = new LinkedHashMap<>();
  private final Map<String, Integer> addresses;

  /**
   * @param addresses of arrays in shared memory
   */
  Operands(Map<String, Integer> addresses) {
    this.addresses = addresses;
  }

  int words() {
    return words.size();
  }

  int longs() {
    return longs.size();
  }

  int predicates() {
    return predicates.size();
  }

  /** Values of literals by their place. */
  Map<Integer, Integer> wordLiterals() {
    return wordLiterals;
  }

  Map<Integer, Long> longLiterals() {
    return longLiterals;
  }

  /**
   * The place of a special register such as {@code %tid.x}, or −1 if the kernel has no use for it.
   */
  int special(String name) {
    return words.getOrDefault(name, -1);
  }

  static boolean isLong(String operand) {
    return operand.startsWith("%rd") || operand.startsWith("%fd");
  }

  int word(String operand) {
    Integer known = words.get(operand);
    if (known != null) {
      return known;
    }
    int place = words.size();
    words.put(operand, place);
    if (!operand.startsWith("%")) {
      wordLiterals.put(place, literal(operand));
    }
    return place;
  }

  int wide(String operand) {
    Integer known = longs.get(operand);
    if (known != null) {
      return known;
    }
    int place = longs.size();
    longs.put(operand, place);
    if (!operand.startsWith("%")) {
      longLiterals.put(place, longLiteral(operand));
    }
    return place;
  }

  /** What is in brackets: a register, or one and a number of bytes. */
  Place place(String operand) {
    String[] parts = operand.substring(1, operand.length() - 1).split("\\+");
    String base = parts[0].strip();
    long offset = parts.length > 1 ? Long.parseLong(parts[1].strip()) : 0;
    if (isLong(base)) {
      int from = wide(base);
      return (f, lane) -> f.d[from * f.width + lane] + offset;
    }
    int from = word(base);
    return (f, lane) -> f.r[from * f.width + lane] + offset;
  }

  /** The place of a predicate; its complement if it is negated. */
  int predicate(String operand) {
    boolean negated = operand.startsWith("!");
    int place =
        predicates.computeIfAbsent(
            negated ? operand.substring(1) : operand, _ -> predicates.size());
    return negated ? ~place : place;
  }

  private int literal(String text) {
    Integer address = addresses.get(text);
    if (address != null) {
      return address;
    }
    if (text.startsWith("0f")) {
      return Integer.parseUnsignedInt(text.substring(2), 16);
    }
    return (int) integer(text);
  }

  private long longLiteral(String text) {
    Integer address = addresses.get(text);
    if (address != null) {
      return address;
    }
    if (text.startsWith("0d")) {
      return Long.parseUnsignedLong(text.substring(2), 16);
    }
    return integer(text);
  }

  private static long integer(String text) {
    return text.startsWith("0x")
        ? Long.parseUnsignedLong(text.substring(2), 16)
        : Long.parseLong(text);
  }
}
