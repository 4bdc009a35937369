package dev.assay.runner.gate;

import dev.assay.runner.experiment.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The gate's report for readers of CI: JUnit XML, Markdown, JSON. */
public final class GateReports {
  private GateReports() {}

  /**
   * JUnit XML as CI viewers read it: a failure for each REGRESSED, an error for each INCONCLUSIVE,
   * neither of which a viewer shows as passed.
   */
  public static String junit(GateReport report) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    String counts =
        " tests=\""
            + report.findings().size()
            + "\" failures=\""
            + report.count(Verdict.REGRESSED)
            + "\" errors=\""
            + report.count(Verdict.INCONCLUSIVE)
            + "\"";
    xml.append("<testsuites name=\"assay gate\"").append(counts).append(" time=\"0\">\n");
    xml.append("  <testsuite name=\"assay gate\"").append(counts);
    xml.append(" skipped=\"0\" time=\"0\">\n");
    report.findings().forEach(finding -> testcase(finding, xml));
    return xml.append("  </testsuite>\n</testsuites>\n").toString();
  }

  private static void testcase(Finding finding, StringBuilder xml) {
    xml.append("    <testcase classname=\"").append(escape(finding.entrant().label()));
    xml.append("\" name=\"").append(escape(finding.title())).append("\" time=\"0\"");
    String element =
        switch (finding.verdict()) {
          case REGRESSED -> "failure";
          case INCONCLUSIVE -> "error";
          case IMPROVED, EQUIVALENT -> "";
        };
    if (element.isEmpty()) {
      xml.append("/>\n");
      return;
    }
    String sentence = escape(sentence(finding));
    xml.append(">\n      <").append(element).append(" type=\"").append(finding.verdict());
    xml.append("\" message=\"").append(sentence).append("\">").append(sentence);
    xml.append("</").append(element).append(">\n    </testcase>\n");
  }

  /** What happened and why, on one line. */
  static String sentence(Finding finding) {
    if (finding.test().isEmpty()) {
      return finding.verdict() + ": " + finding.reason();
    }
    Finding.Test test = finding.test().get();
    return finding.verdict()
        + ": "
        + GateText.number(finding.baseline())
        + " → "
        + GateText.number(finding.candidate())
        + (finding.unit().equals("1") ? "" : " " + finding.unit())
        + ", worse by "
        + GateText.change(test)
        + ", margin "
        + GateText.margin(test)
        + ", p "
        + GateText.p(test.p())
        + ", "
        + finding.reason();
  }

  /** Text as XML 1.0 may hold it; characters that it must not are left out. */
  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .filter(c ->
            c == '\t' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000)
        .forEach(c -> {
          switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            default -> escaped.appendCodePoint(c);
          }
        });
    return escaped.toString();
  }

  /** A table for a pull request; what passed is folded away. */
  public static String markdown(GateReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("### assay gate: " + report.verdict());
    lines.add("");
    lines.add(GateText.summary(report) + ".");
    List<Finding> bad = report.findings().stream().filter(GateReports::isBad).toList();
    List<Finding> good = report.findings().stream().filter(f -> !isBad(f)).toList();
    lines.addAll(table(bad));
    if (!good.isEmpty()) {
      lines.addAll(List.of("", "<details><summary>" + good.size() + " passed</summary>"));
      lines.addAll(table(good));
      lines.addAll(List.of("", "</details>"));
    }
    lines.add("");
    report.ungated().forEach(line -> lines.add("Not gated: " + cell(line) + "."));
    report.fresh().forEach(line -> lines.add("New in the candidate: " + cell(line) + "."));
    return String.join("\n", lines).stripTrailing() + "\n";
  }

  private static boolean isBad(Finding finding) {
    return finding.verdict() == Verdict.REGRESSED || finding.verdict() == Verdict.INCONCLUSIVE;
  }

  private static List<String> table(List<Finding> findings) {
    if (findings.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "| verdict | what | metric | baseline | candidate | worse by (95 %) | margin | p | why |");
    lines.add("|---|---|---|--:|--:|--:|--:|--:|---|");
    for (Finding finding : findings) {
      List<String> cells = new ArrayList<>();
      cells.add(finding.verdict().toString());
      cells.add(finding.entrant().label());
      cells.add(finding.title());
      cells.add(GateText.number(finding.baseline()));
      cells.add(GateText.number(finding.candidate()));
      cells.add(finding.test().map(GateText::change).orElse(""));
      cells.add(finding.test().map(GateText::margin).orElse(""));
      cells.add(finding.test().map(test -> GateText.p(test.p())).orElse(""));
      cells.add(finding.reason());
      lines.add("| " + String.join(" | ", cells.stream().map(GateReports::cell).toList()) + " |");
    }
    return lines;
  }

  private static String cell(String text) {
    return text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replaceAll("\\R", " ");
  }

  /** Everything, for programs. */
  public static String json(GateReport report, int exit) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("schema", 1);
    root.put("verdict", report.verdict().toString());
    root.put("exit", exit);
    Map<String, Object> counts = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict.toString(), report.count(verdict));
    }
    root.put("counts", counts);
    root.put("findings", report.findings().stream().map(GateReports::plain).toList());
    root.put("not_gated", report.ungated());
    root.put("new", report.fresh());
    return PlainJson.pretty(root);
  }

  private static Map<String, Object> plain(Finding finding) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("verdict", finding.verdict().toString());
    plain.put("exact", finding.exact());
    plain.put("experiment", finding.entrant().experiment());
    plain.put("dataset", finding.entrant().dataset());
    plain.put("model", finding.entrant().model());
    plain.put("params", finding.entrant().params());
    plain.put("backend", finding.entrant().backend());
    plain.put("precision", finding.entrant().precision());
    plain.put("metric", finding.metric());
    plain.put("kind", finding.kind());
    plain.put("unit", finding.unit());
    plain.put("signature", finding.signature());
    number(plain, "baseline", finding.baseline());
    number(plain, "candidate", finding.candidate());
    finding
        .test()
        .ifPresent(test -> {
          plain.put("scale", test.ratio() ? "ratio" : "difference");
          number(plain, "worse_by", test.worsening());
          number(plain, "ci_low", test.low());
          number(plain, "ci_high", test.high());
          number(plain, "margin", test.margin());
          number(plain, "p_holm", test.p());
          plain.put("repeats", test.repeats());
        });
    plain.put("reason", finding.reason());
    return plain;
  }

  /** JSON has no NaN and no infinity: such numbers are left out. */
  private static void number(Map<String, Object> plain, String key, double value) {
    if (Double.isFinite(value)) {
      plain.put(key, value);
    }
  }
}
