package dev.assay.cli;

import dev.assay.runner.execute.Resampling;
import dev.assay.runner.experiment.Registry;
import dev.assay.runner.yaml.Edit;
import dev.assay.spi.ConfigException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay sample}: draws from a trained model again. */
@Command(
    name = "sample",
    description = "Draw from a run's trained model, with another sampler if wanted.")
final class SampleCommand implements Callable<Integer> {
  private final PrintStream out;

  @Parameters(paramLabel = "RUN", description = "A run, as show takes it.")
  private String run;

  @Option(
      names = "--n",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many samples (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the sampler, such as temperature=0.8; may be repeated.")
  private List<String> settings = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go (default: results/samples/<run>).")
  private @Nullable Path folder;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "results/runs",
      description = "Where runs are (default: ${DEFAULT-VALUE}).")
  private Path results;

  SampleCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    if (count < 1) {
      throw new UsageException("--n is " + count + ", but must be at least 1", List.of());
    }
    RunFinder.Found found = new RunFinder(results).find(run);
    Path into = folder == null ? Path.of("results", "samples", found.record().run()) : folder;
    Map<String, Object> sampler = new LinkedHashMap<>();
    for (String setting : settings) {
      Edit edit = Edit.parse("--set", setting);
      Object value = edit.value().plain();
      if (value != null) {
        sampler.put(edit.path(), value);
      }
    }
    Resampling.Result result = draw(found, sampler, into);
    out.println(
        result.count()
            + " samples in "
            + Show.seconds(result.seconds())
            + ", "
            + Show.count(result.count() / result.seconds())
            + "/s");
    result.files().forEach(out::println);
    return 0;
  }

  private Resampling.Result draw(RunFinder.Found found, Map<String, Object> sampler, Path into)
      throws IOException {
    try {
      return Resampling.draw(found.folder(), found.record(), Registry.load(), count, sampler, into);
    } catch (ConfigException e) {
      throw new UsageException("--set: " + e.getMessage(), List.of());
    }
  }
}
