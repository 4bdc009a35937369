package dev.assay.cli;

import dev.assay.runner.experiment.PlainJson;
import dev.assay.runner.experiment.Registry;
import dev.assay.runner.experiment.SettingDoc;
import dev.assay.runner.task.Task;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.Metric;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelProvider;
import dev.assay.tensor.BackendProvider;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay list}: what can be named in an experiment file. */
@Command(
    name = "list",
    description = {
      "List models, datasets, metrics, backends or tasks.",
      "With an ID, everything about one of them: a model's or a task's settings, a dataset's files."
    })
final class ListCommand implements Runnable {
  private final PrintStream out;

  /** What can be listed. */
  enum Kind {
    MODELS,
    DATASETS,
    METRICS,
    BACKENDS,
    TASKS;

    /** Reads a word of the command line. */
    static final class Converter implements ITypeConverter<Kind> {
      @Override
      public Kind convert(String word) {
        return Choice.of(Kind.values(), word);
      }
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      converter = Kind.Converter.class,
      description = "One of: models, datasets, metrics, backends, tasks.")
  private Kind kind;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "Show all about this one; a model's settings, for example.")
  private @Nullable String id;

  @Option(names = "--json", description = "As JSON, with every detail.")
  private boolean json;

  ListCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    Registry registry = Registry.load();
    if (json) {
      out.print(PlainJson.pretty(Listing.json(registry, kind, Optional.ofNullable(id))));
      return;
    }
    switch (kind) {
      case MODELS -> models(registry);
      case DATASETS -> datasets(registry);
      case METRICS -> metrics(registry);
      case BACKENDS -> backends(registry);
      case TASKS -> tasks(registry);
    }
  }

  private void models(Registry registry) {
    if (id != null) {
      model(registry.model(id));
      return;
    }
    TextTable table = new TextTable(4, List.of("id", "family", "name", "paper"));
    for (ModelProvider<?, ?> model : registry.models()) {
      ModelCard card = model.card();
      table.add(List.of(model.id(), card.family(), card.name(), card.paper() + ", " + card.year()));
    }
    table.lines().forEach(out::println);
    out.println("\nassay list models ID shows a model's settings");
  }

  private void model(ModelProvider<?, ?> model) {
    ModelCard card = model.card();
    out.println(model.id() + ": " + card.name() + " (" + card.family() + ")");
    out.println(card.paper() + ", " + card.year());
    out.println("implements " + card.equations());
    settings("params", model.configType());
    settings("samplers", model.samplerType());
  }

  private void settings(String title, Class<? extends Record> type) {
    List<SettingDoc> settings = SettingDoc.of(type);
    out.println("\n" + title + (settings.isEmpty() ? ": no settings" : ""));
    for (SettingDoc setting : settings) {
      out.println(
          "  "
              + setting.key()
              + (setting.standard().isEmpty() ? "" : " = " + setting.standard())
              + "  ("
              + setting.allowed()
              + ")");
      out.println("      " + setting.meaning());
    }
  }

  private void datasets(Registry registry) {
    if (id != null) {
      dataset(registry.dataset(id));
      return;
    }
    TextTable table = new TextTable(4, List.of("id", "name", "what", "licence"));
    for (DatasetCard card : registry.datasets()) {
      table.add(List.of(card.id(), card.name(), card.summary(), card.license()));
    }
    table.lines().forEach(out::println);
    out.println("\nassay data list shows which files are here");
  }

  private void dataset(DatasetCard card) {
    out.println(card.id() + ": " + card.name());
    out.println(card.summary());
    out.println("split     " + card.split());
    out.println("licence   " + card.license());
    out.println("citation  " + card.citation());
    if (card.sources().isEmpty()) {
      out.println("files     none: it ships with the program");
    }
    for (DatasetCard.Source source : card.sources()) {
      out.println(
          String.format(
              Locale.ROOT,
              "file      %s, %,d bytes, from %s",
              source.file(),
              source.bytes(),
              source.url()));
      out.println("          sha256 " + source.sha256());
    }
  }

  private void metrics(Registry registry) {
    List<Metric> metrics = id == null ? registry.metrics() : List.of(registry.metric(id));
    TextTable table = new TextTable(5, List.of("id", "name", "better", "unit", "source"));
    for (Metric metric : metrics) {
      Metric.Info info = metric.info();
      table.add(
          List.of(
              metric.id(),
              info.name(),
              Listing.direction(info.direction()),
              info.unit(),
              info.source()));
    }
    table.lines().forEach(out::println);
  }

  private void tasks(Registry registry) {
    if (id != null) {
      Task<?> task = registry.task(id);
      out.println(task.id() + ": " + task.summary());
      settings("params", task.settingsType());
      return;
    }
    TextTable table = new TextTable(2, List.of("id", "what"));
    for (Task<?> task : registry.tasks()) {
      table.add(List.of(task.id(), task.summary()));
    }
    table.lines().forEach(out::println);
    out.println("\nassay list tasks ID shows a task's settings");
  }

  private void backends(Registry registry) {
    List<BackendProvider> backends =
        id == null ? registry.backends() : List.of(registry.backend(id));
    TextTable table = new TextTable(3, List.of("id", "precisions", "available"));
    for (BackendProvider backend : backends) {
      table.add(
          List.of(
              backend.id(),
              String.join(", ", backend.precisions()),
              backend.unavailable().map(why -> "no: " + why).orElse("yes")));
    }
    table.lines().forEach(out::println);
  }
}
