package dev.assay.cli;

import dev.assay.dashboard.DashboardOptions;
import dev.assay.dashboard.StaticSite;
import dev.assay.dashboard.http.Limits;
import dev.assay.runner.experiment.Registry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay publish}: the dashboard as files. */
@Command(
    name = "publish",
    description = "Write boards, runs and samples as a static site, which opens from a folder too.")
final class PublishCommand implements Callable<Integer> {
  private final PrintStream out;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "Where to write it; made if it is absent.")
  private Path target;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "results",
      description = "The folder to show (default: ${DEFAULT-VALUE}).")
  private Path results;

  PublishCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    ShownFolder.check(results);
    DashboardOptions options =
        new DashboardOptions(
            results,
            results.toString(),
            Optional.empty(),
            "127.0.0.1",
            0,
            Set.of(),
            true,
            Limits.standard(),
            Cards.of(Registry.load()),
            AssayCommand.Version.number());
    StaticSite.Written written = StaticSite.write(options, target);
    out.println(
        written.boards()
            + " boards and "
            + written.runs()
            + " runs in "
            + written.files()
            + " files; open "
            + target.resolve("index.html"));
    return Exit.GOOD;
  }
}
