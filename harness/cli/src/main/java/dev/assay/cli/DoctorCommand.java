package dev.assay.cli;

import dev.assay.runner.experiment.PlainJson;
import dev.assay.runner.experiment.Registry;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay doctor}: what this machine offers, and what is amiss. */
@Command(
    name = "doctor",
    description = {
      "Show what this machine offers and what is amiss.",
      "JDK, vector width, BLAS, cores, memory, backends, data folders, and measured peaks of"
          + " arithmetic and memory. Takes a few seconds; exits with 1 if something is broken."
    })
final class DoctorCommand implements Callable<Integer> {
  private final PrintStream out;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  DoctorCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    List<Finding> findings = new Examination(Registry.load()).findings();
    if (json) {
      List<Map<String, Object>> list = new ArrayList<>();
      findings.forEach(finding -> list.add(plain(finding)));
      out.print(PlainJson.pretty(list));
    } else {
      findings.forEach(this::print);
    }
    boolean broken = findings.stream().anyMatch(f -> f.verdict() == Finding.Verdict.BROKEN);
    return broken ? Exit.FAILED : Exit.GOOD;
  }

  private void print(Finding finding) {
    String mark =
        switch (finding.verdict()) {
          case GOOD -> "  ";
          case NOTE -> "! ";
          case BROKEN -> "X ";
        };
    out.println(
        mark + String.format(Locale.ROOT, "%-18s", finding.subject()) + " " + finding.value());
    if (!finding.help().isEmpty()) {
      out.println(" ".repeat(21) + finding.help());
    }
  }

  private static Map<String, Object> plain(Finding finding) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("subject", finding.subject());
    map.put("value", finding.value());
    map.put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT));
    if (!finding.help().isEmpty()) {
      map.put("help", finding.help());
    }
    return map;
  }
}
