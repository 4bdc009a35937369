package dev.assay.jcuda.emulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PTX text cut into kernels and statements. */
final class PtxModule {
  /** {@code guard} is empty or a predicate, with an exclamation mark if negated. */
  record Statement(String guard, String op, List<String> operands, String text) {}

  /** {@code type} as in PTX: u64, u32, f32. */
  record Parameter(String name, String type) {}

  /**
   * @param labels statement that each label stands before
   * @param shared bytes of each array in shared memory, in order; the dynamic one has 0
   */
  record Kernel(
      String name,
      List<Parameter> parameters,
      List<Statement> statements,
      Map<String, Integer> labels,
      Map<String, Integer> shared) {}

  private static final Pattern ENTRY =
      Pattern.compile("\\.entry\\s+([\\w$]+)\\s*\\(([^)]*)\\)([^{]*)\\{");
  private static final Pattern PARAMETER = Pattern.compile("\\.param\\s+\\.(\\w+)\\s+([\\w$]+)");
  private static final Pattern ARRAY =
      Pattern.compile("\\.shared\\s+\\.align\\s+\\d+\\s+\\.b8\\s+([\\w$]+)\\[(\\d*)\\]");
  private static final Pattern LABEL = Pattern.compile("^([$\\w]+)\\s*:");

  private final Map<String, Kernel> kernels = new LinkedHashMap<>();

  PtxModule(String source) {
    String text = source.replaceAll("//[^\n]*", "");
    Matcher entry = ENTRY.matcher(text);
    Map<String, Integer> outside = new LinkedHashMap<>();
    int from = 0;
    while (entry.find(from)) {
      arrays(text.substring(from, entry.start()), outside);
      int end = close(text, entry.end());
      kernels.put(
          entry.group(1),
          kernel(entry.group(1), entry.group(2), text.substring(entry.end(), end), outside));
      from = end;
    }
  }

  Kernel kernel(String name) {
    Kernel kernel = kernels.get(name);
    if (kernel == null) {
      throw new IllegalArgumentException("no kernel " + name + " among " + kernels.keySet());
    }
    return kernel;
  }

  List<String> names() {
    return List.copyOf(kernels.keySet());
  }

  private static int close(String text, int from) {
    int depth = 1;
    for (int i = from; ; i++) {
      char c = text.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
  }

  private static void arrays(String text, Map<String, Integer> into) {
    Matcher array = ARRAY.matcher(text);
    while (array.find()) {
      into.put(array.group(1), array.group(2).isEmpty() ? 0 : Integer.parseInt(array.group(2)));
    }
  }

  private static Kernel kernel(
      String name, String head, String body, Map<String, Integer> outside) {
    List<Parameter> parameters = new ArrayList<>();
    Matcher parameter = PARAMETER.matcher(head);
    while (parameter.find()) {
      parameters.add(new Parameter(parameter.group(2), parameter.group(1)));
    }
    Map<String, Integer> shared = new LinkedHashMap<>();
    List<Statement> statements = new ArrayList<>();
    Map<String, Integer> labels = new LinkedHashMap<>();
    for (String piece : body.split(";")) {
      String rest = piece.strip();
      Matcher label = LABEL.matcher(rest);
      while (label.find()) {
        labels.put(label.group(1), statements.size());
        rest = rest.substring(label.end()).strip();
        label = LABEL.matcher(rest);
      }
      if (rest.startsWith(".shared")) {
        arrays(rest, shared);
      } else if (!rest.isEmpty() && !rest.startsWith(".")) {
        statements.add(statement(rest));
      }
    }
    outside.forEach(shared::putIfAbsent);
    return new Kernel(name, parameters, statements, labels, shared);
  }

  private static Statement statement(String text) {
    String rest = text;
    String guard = "";
    if (rest.startsWith("@")) {
      int end = rest.indexOf(' ') < 0 ? rest.indexOf('\t') : rest.indexOf(' ');
      guard = rest.substring(1, end);
      rest = rest.substring(end).strip();
    }
    String[] parts = rest.split("\\s+", 2);
    List<String> operands = parts.length == 1 ? List.of() : operands(parts[1]);
    return new Statement(guard, parts[0], operands, text);
  }

  /** By commas outside braces. */
  private static List<String> operands(String text) {
    List<String> operands = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == ',' && depth == 0) {
        operands.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    operands.add(text.substring(start).strip());
    return operands;
  }
}
