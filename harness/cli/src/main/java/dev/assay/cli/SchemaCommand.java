package dev.assay.cli;

import dev.assay.runner.experiment.ExperimentSchema;
import dev.assay.runner.experiment.PlainJson;
import dev.assay.runner.experiment.Registry;
import java.io.PrintStream;
import picocli.CommandLine.Command;

/** {@code assay schema}: what an editor needs to check and complete experiment files. */
@Command(
    name = "schema",
    description = {
      "Print the JSON Schema of experiment files, for editors.",
      "It has the settings of every model there is.",
      "For VS Code's YAML extension: save it as assay.schema.json and begin files with",
      "  # yaml-language-server: $schema=assay.schema.json"
    })
final class SchemaCommand implements Runnable {
  private final PrintStream out;

  SchemaCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    out.print(PlainJson.pretty(ExperimentSchema.of(Registry.load())));
  }
}
