package dev.assay.cli;

import dev.assay.runner.execute.CellWorker;
import dev.assay.runner.execute.PlanRunner;
import dev.assay.runner.execute.Provenance;
import dev.assay.runner.experiment.Plan;
import dev.assay.runner.experiment.Registry;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code assay cell}: runs one cell of an experiment in a process of its own. {@code assay run}
 * starts it; it is none of the commands for people.
 */
@Command(name = CellCommand.NAME, hidden = true, description = "Run one cell for 'assay run'.")
final class CellCommand implements Callable<Integer> {
  static final String NAME = "cell";

  private final PrintStream out;

  @Parameters(index = "0", paramLabel = "FILE", description = "The experiment, YAML.")
  private Path file;

  @Parameters(index = "1", paramLabel = "CELL", description = "Id of the cell.")
  private String id;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where results go.")
  private Path folder;

  @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Override a setting.")
  private List<String> overrides = List.of();

  @Option(names = "--jobs", paramLabel = "N", description = "Cells at work at once.")
  private int jobs = 1;

  CellCommand(PrintStream out) {
    this.out = out;
  }

  /** What starts it, in a Java that is started as this one was; a cell's id is to be added. */
  static List<String> starter(Path file, Path folder, List<String> overrides, int jobs) {
    List<String> words =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    words.addAll(List.of(NAME, "--out", folder.toString(), "--jobs", String.valueOf(jobs)));
    overrides.forEach(override -> words.addAll(List.of("--set", override)));
    words.add(file.toString());
    return words;
  }

  @Override
  public Integer call() throws IOException {
    // signals may go to both processes; the other one says what to do
    Interrupts.ignore();
    Registry registry = Registry.load();
    Plan plan = ExperimentArgument.read(file, overrides, registry).plan();
    Optional<Path> root = Optional.ofNullable(System.getProperty("assay.root")).map(Path::of);
    Map<String, String> provenance = Provenance.collect(root);
    provenance.put("process", "a fresh one: the first had lost the device");
    PlanRunner.Settings settings = new PlanRunner.Settings(jobs, false, provenance);
    CellWorker.run(plan, id, new RunStore(folder), registry, settings, System.in, out);
    return Exit.GOOD;
  }
}
