package dev.assay.runner.yaml;

import org.jspecify.annotations.Nullable;

/** What an unquoted scalar means: YAML 1.2 with the number syntax of JSON. */
public final class Scalars {
  private Scalars() {}

  /**
   * Null for nothing, {@code null} and {@code ~}; Boolean for {@code true} and {@code false}; Long
   * or Double for a number of JSON that fits; else the text.
   */
  static @Nullable Object resolve(String text) {
    switch (text) {
      case "", "~", "null" -> {
        return null;
      }
      case "true" -> {
        return true;
      }
      case "false" -> {
        return false;
      }
      default -> {
        return isNumber(text) ? number(text) : text;
      }
    }
  }

  private static Object number(String text) {
    if (text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException tooLarge) {
        return Double.valueOf(text);
      }
    }
    double value = Double.parseDouble(text);
    return Double.isInfinite(value) ? text : value;
  }

  /** {@code -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [-+]? [0-9]+)?}. */
  static boolean isNumber(String text) {
    int i = text.startsWith("-") ? 1 : 0;
    int whole = digits(text, i);
    if (whole == i || (whole > i + 1 && text.charAt(i) == '0')) {
      return false;
    }
    i = whole;
    if (i < text.length() && text.charAt(i) == '.') {
      int end = digits(text, i + 1);
      if (end == i + 1) {
        return false;
      }
      i = end;
    }
    if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      i++;
      if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
        i++;
      }
      int end = digits(text, i);
      if (end == i) {
        return false;
      }
      i = end;
    }
    return i == text.length();
  }

  private static int digits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  /**
   * Why a text that may have been meant as a number or a truth value is none, and what to write;
   * empty if it looks like neither.
   */
  public static String hint(String text, boolean quoted) {
    if (quoted && resolve(text) instanceof Object value && !(value instanceof String)) {
      return "quotes make it text; write " + text + " without them";
    }
    switch (text) {
      case "yes", "Yes", "YES", "on", "On", "ON", "y", "Y", "True", "TRUE" -> {
        return "in YAML 1.2 that is text; write true";
      }
      case "no", "No", "NO", "off", "Off", "OFF", "n", "N", "False", "FALSE" -> {
        return "in YAML 1.2 that is text; write false";
      }
      default -> {
        return numberHint(text);
      }
    }
  }

  private static String numberHint(String text) {
    String bare = text.startsWith("+") ? text.substring(1) : text;
    String plain = bare.replace("_", "").replace(",", "");
    if (!plain.equals(text) && isNumber(plain)) {
      return "numbers have no '+', '_' or ','; write " + plain;
    }
    String trimmed = plain.replaceFirst("^(-?)0+(?=[0-9])", "$1");
    if (!trimmed.equals(plain) && isNumber(trimmed)) {
      return "numbers have no leading zero; write " + trimmed;
    }
    String padded = (plain.startsWith(".") ? "0" : "") + plain + (plain.endsWith(".") ? "0" : "");
    if (!padded.equals(plain) && isNumber(padded)) {
      return "a number has digits on both sides of its point; write " + padded;
    }
    if (plain.matches("0[xX][0-9a-fA-F]{1,15}")) {
      return "numbers are decimal; write " + Long.parseLong(plain.substring(2), 16);
    }
    if (plain.matches("0o[0-7]{1,20}")) {
      return "numbers are decimal; write " + Long.parseLong(plain.substring(2), 8);
    }
    if (plain.matches("(?i)[-.]{0,2}(inf|nan|infinity)")) {
      return "numbers are finite";
    }
    return isNumber(text) ? "the number is too large" : "";
  }
}
