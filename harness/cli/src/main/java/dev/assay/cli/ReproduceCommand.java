package dev.assay.cli;

import dev.assay.runner.execute.Cancellation;
import dev.assay.runner.execute.Provenance;
import dev.assay.runner.execute.Reproduction;
import dev.assay.runner.execute.RunObserver;
import dev.assay.runner.experiment.Registry;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay reproduce}: runs again and compares bit for bit. */
@Command(
    name = "reproduce",
    description = {
      "Run a run again from its record and compare numbers and hashes bit for bit.",
      "Exit code 1 if they differ though code, JDK and processor are the same."
    })
final class ReproduceCommand implements Callable<Integer> {
  private final PrintStream out;

  @Parameters(paramLabel = "RUN", description = "A run, as show takes it.")
  private String run;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "results/runs",
      description = "Where runs are (default: ${DEFAULT-VALUE}).")
  private Path results;

  ReproduceCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    RunFinder.Found found = new RunFinder(results).find(run);
    Optional<String> obstacle = Reproduction.obstacle(found.record());
    if (obstacle.isPresent()) {
      throw new UsageException(obstacle.get(), List.of());
    }
    Optional<Path> root = Optional.ofNullable(System.getProperty("assay.root")).map(Path::of);
    Cancellation cancellation = new Cancellation();
    Interrupts.install(cancellation, () -> out.println("stopping; Ctrl-C again exits at once"));
    try (Scratch scratch = Scratch.create("assay-reproduce-")) {
      Reproduction reproduction =
          Reproduction.of(
              found.record(),
              new RunStore(scratch.path()),
              Registry.load(),
              Provenance.collect(root),
              cancellation,
              RunObserver.NONE);
      if (cancellation.isRequested()) {
        out.println("stopped; nothing is compared");
        return Exit.FAILED;
      }
      return report(found, reproduction);
    }
  }

  private int report(RunFinder.Found found, Reproduction reproduction) {
    List<String> differences = reproduction.differences();
    if (differences.isEmpty()) {
      out.println(
          found.record().run()
              + " is reproduced: "
              + found.record().hashes().size()
              + " hashes and every number but times are equal, bit for bit");
      return 0;
    }
    out.println(found.record().run() + " differs");
    differences.forEach(line -> out.println("  " + line));
    if (reproduction.excuses().isEmpty()) {
      return 1;
    }
    out.println("equal bits are not promised, since");
    reproduction.excuses().forEach(line -> out.println("  " + line));
    return 0;
  }
}
