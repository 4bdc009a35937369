package dev.assay.cli;

import dev.assay.runner.gate.Finding;
import dev.assay.runner.gate.GateReport;
import dev.assay.runner.gate.GateReports;
import dev.assay.runner.gate.GateText;
import dev.assay.store.AtomicFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the gate's verdicts go. */
final class GateOutput {
  private static final List<String> HEADER =
      List.of(
          "verdict",
          "what",
          "metric",
          "why",
          "baseline",
          "candidate",
          "worse by",
          "95 % interval",
          "margin",
          "p");
  private static final int LEFT = 4;

  @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML.")
  private @Nullable Path junit;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Write a table for a pull request.")
  private @Nullable Path markdown;

  @Option(names = "--json", paramLabel = "FILE", description = "Write everything as JSON.")
  private @Nullable Path json;

  /**
   * Prints and writes the report.
   *
   * @return the exit code that it stands for
   */
  int show(GateReport report, PrintStream out) throws IOException {
    int code =
        switch (report.verdict()) {
          case REGRESSED -> Exit.FAILED;
          case INCONCLUSIVE -> Exit.INCONCLUSIVE;
          case IMPROVED, EQUIVALENT -> Exit.GOOD;
        };
    print(report, out);
    write(junit, GateReports.junit(report), out);
    write(markdown, GateReports.markdown(report), out);
    write(json, GateReports.json(report, code), out);
    return code;
  }

  private static void print(GateReport report, PrintStream out) {
    TextTable table = new TextTable(LEFT, HEADER);
    for (Finding finding : report.findings()) {
      Optional<Finding.Test> test = finding.test();
      table.add(
          List.of(
              finding.verdict().toString(),
              finding.entrant().label(),
              finding.title(),
              finding.reason(),
              GateText.number(finding.baseline()),
              GateText.number(finding.candidate()),
              test.map(t -> GateText.signed(t.worsening(), t)).orElse(""),
              test.map(GateText::interval).orElse(""),
              test.map(GateText::margin).orElse(""),
              test.map(t -> GateText.p(t.p())).orElse("")));
    }
    table.lines().forEach(out::println);
    out.println();
    report.ungated().forEach(line -> out.println("not gated: " + line));
    report.fresh().forEach(line -> out.println("new: " + line));
    out.println(report.verdict() + ": " + GateText.summary(report));
  }

  private static void write(@Nullable Path path, String text, PrintStream out) throws IOException {
    if (path != null) {
      createFolderOf(path);
      AtomicFiles.write(path, text.getBytes(StandardCharsets.UTF_8));
      out.println("written: " + path);
    }
  }

  /** Makes the folder that a file is to be in. */
  static void createFolderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      AtomicFiles.createFolders(folder);
    }
  }
}
