package dev.assay.cli;

import dev.assay.runner.execute.DatasetFeatures;
import dev.assay.runner.experiment.Registry;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;

/** {@code assay data}: the files of datasets. */
@Command(
    name = "data",
    description = {
      "List, fetch or verify the files of datasets, or show the network that metrics see them by.",
      "Files are looked for in the cache (ASSAY_CACHE), then in the mirrors (ASSAY_MIRROR), then at"
          + " their official address; none is used before its SHA-256 is right."
    })
final class DataCommand implements Callable<Integer> {
  private static final double NANOS = 1e9;

  private final PrintStream out;

  /** What to do with the files. */
  enum Action {
    LIST,
    FETCH,
    VERIFY,
    FEATURES;

    /** Reads a word of the command line. */
    static final class Converter implements ITypeConverter<Action> {
      @Override
      public Action convert(String word) {
        return Choice.of(Action.values(), word);
      }
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "ACTION",
      converter = Action.Converter.class,
      description =
          "One of: list, fetch, verify, features. fetch downloads what is not here; verify reads"
              + " every file and exits with 1 if one is damaged; features finds or trains the"
              + " classifier of labelled images and tells its accuracy.")
  private Action action;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "A dataset; all of them unless given.")
  private @Nullable String id;

  DataCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    Registry registry = Registry.load();
    List<DatasetCard> cards = id == null ? registry.datasets() : List.of(registry.dataset(id));
    DatasetFiles files = registry.files();
    return switch (action) {
      case LIST -> list(cards, files);
      case FETCH -> fetch(cards, files);
      case VERIFY -> verify(cards, files);
      case FEATURES -> features(cards, registry);
    };
  }

  private int list(List<DatasetCard> cards, DatasetFiles files) throws IOException {
    TextTable table = new TextTable(3, List.of("dataset", "file", "where", "bytes"));
    for (DatasetCard card : cards) {
      if (card.sources().isEmpty()) {
        table.add(List.of(card.id(), "", "ships with the program", ""));
      }
      for (DatasetCard.Source source : card.sources()) {
        table.add(
            List.of(
                card.id(),
                source.file(),
                where(files.state(card.id(), source)),
                String.valueOf(source.bytes())));
      }
    }
    table.lines().forEach(out::println);
    out.println("\ncache: " + files.cache());
    return Exit.GOOD;
  }

  private int fetch(List<DatasetCard> cards, DatasetFiles files) throws IOException {
    for (DatasetCard card : cards) {
      if (card.sources().isEmpty()) {
        out.println(card.id() + ": ships with the program");
      }
      for (DatasetCard.Source source : card.sources()) {
        String name = card.id() + "/" + source.file();
        Path path = files.get(card.id(), source, progress(name));
        out.println(name + ": " + path);
      }
    }
    return Exit.GOOD;
  }

  private int verify(List<DatasetCard> cards, DatasetFiles files) throws IOException {
    int damaged = 0;
    for (DatasetCard card : cards) {
      for (DatasetCard.Source source : card.sources()) {
        DatasetFiles.State state = files.state(card.id(), source);
        String verdict =
            switch (state) {
              case CACHED, MIRRORED -> "good, " + where(state);
              case DAMAGED -> "DAMAGED: its size or SHA-256 is wrong";
              case REMOTE -> "not here";
            };
        damaged += state == DatasetFiles.State.DAMAGED ? 1 : 0;
        out.println(card.id() + "/" + source.file() + ": " + verdict);
      }
    }
    return damaged == 0 ? Exit.GOOD : Exit.FAILED;
  }

  private int features(List<DatasetCard> cards, Registry registry) throws IOException {
    if (id == null) {
      throw new UsageException(
          "'features' needs a dataset", List.of("name one of those of assay data list"));
    }
    for (DatasetCard card : cards) {
      Optional<DatasetFeatures> found = DatasetFeatures.of(card.id(), registry, out::println);
      if (found.isEmpty()) {
        out.println(card.id() + ": no feature extractor fits " + card.spec());
        return Exit.FAILED;
      }
      try (DatasetFeatures features = found.get()) {
        long start = System.nanoTime();
        String signature = features.extractor().signature();
        double seconds = (System.nanoTime() - start) / NANOS;
        out.println(
            card.id()
                + ": "
                + signature
                + ", "
                + features.width()
                + " features, there after "
                + Show.seconds(seconds));
        features
            .accuracy()
            .ifPresent(
                share -> out.println("accuracy on the test examples: " + Show.number(share)));
      }
    }
    return Exit.GOOD;
  }

  /** On a terminal, a line that is written over and over. */
  private DatasetFiles.Progress progress(String name) {
    if (!TerminalWidth.isTerminal()) {
      return (done, total) -> {};
    }
    long[] shown = {-1};
    return (done, total) -> {
      long percent = total == 0 ? 100 : 100 * done / total;
      if (percent != shown[0]) {
        shown[0] = percent;
        out.print("\r" + name + ": " + percent + " %" + (done == total ? "\r" : ""));
        out.flush();
      }
    };
  }

  private static String where(DatasetFiles.State state) {
    return switch (state) {
      case CACHED -> "in the cache";
      case MIRRORED -> "in a mirror folder";
      case REMOTE -> "to be fetched";
      case DAMAGED -> "damaged";
    };
  }
}
