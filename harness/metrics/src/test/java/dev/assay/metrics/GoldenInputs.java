package dev.assay.metrics;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Inputs of golden cases as arrays. */
final class GoldenInputs {
  private GoldenInputs() {}

  static Points points(JsonNode in, String name) {
    return Points.of(rows(in, name));
  }

  /** Bare numbers stand for rows of one. */
  static double[][] rows(JsonNode in, String name) {
    return in.get(name)
        .valueStream()
        .map(row -> row.isArray() ? row(row) : new double[] {row.asDouble()})
        .toArray(double[][]::new);
  }

  static double[] row(JsonNode in, String name) {
    return row(in.get(name));
  }

  static int[] integers(JsonNode in, String name) {
    return in.get(name).valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  static double number(JsonNode in, String name) {
    return in.get(name).asDouble();
  }

  static String string(JsonNode in, String name) {
    return in.get(name).asString();
  }

  static List<String> strings(JsonNode in, String name) {
    return strings(in.get(name));
  }

  static List<String> strings(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  private static double[] row(JsonNode row) {
    return row.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }
}
