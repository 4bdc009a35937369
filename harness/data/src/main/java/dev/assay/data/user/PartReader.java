package dev.assay.data.user;

import dev.assay.data.read.ByteSource;
import dev.assay.data.read.CsvTable;
import dev.assay.data.read.Idx;
import dev.assay.data.read.ImageFolder;
import dev.assay.data.read.JsonLines;
import dev.assay.data.read.MalformedFileException;
import dev.assay.data.read.TextFile;
import dev.assay.data.user.UserData.Format;
import dev.assay.spi.ConfigException;
import dev.assay.spi.Modality;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.Values;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads one part, training or test, as a description says. */
final class PartReader {
  private static final int LEVELS = 256;

  private final UserData data;
  private final Format format;

  PartReader(UserData data, Format format) {
    this.data = data;
    this.format = format;
  }

  /**
   * @param labels file of classes, for {@link Format#IDX}
   */
  Part read(Path path, Optional<Path> labels) throws IOException {
    return switch (format) {
      case CSV -> table(path);
      case IDX -> array(path, labels);
      case IMAGES -> images(path);
      case TEXT -> text(Form.STREAM, List.of(TextFile.whole(ByteSource.of(path))));
      case LINES -> text(Form.DOCUMENTS, TextFile.lines(ByteSource.of(path)));
      case JSONL ->
          text(
              Form.DOCUMENTS,
              JsonLines.texts(ByteSource.of(path), data.field().isEmpty() ? "text" : data.field()));
      case AUTO -> throw new IllegalStateException("the format is settled before reading");
    };
  }

  private static Part text(Form form, List<String> texts) {
    return new Part(new Modality.Text(form), new Values.Texts(texts), Optional.empty());
  }

  private Part table(Path path) throws IOException {
    CsvTable table = CsvTable.open(ByteSource.of(path), new CsvTable.Layout(separator(path), 0));
    int label = data.label().isEmpty() ? -1 : column(table, "label", data.label());
    int[] columns =
        data.columns().isEmpty()
            ? IntStream.range(0, table.names().size()).filter(i -> i != label).toArray()
            : data.columns().stream().mapToInt(name -> column(table, "columns", name)).toArray();
    if (columns.length == 0) {
      throw new MalformedFileException(path.toString(), "", "has no column besides the label");
    }
    Optional<Part.Classes> classes = Optional.empty();
    if (label >= 0) {
      CsvTable.Classes found = table.classes(label);
      classes = Optional.of(new Part.Classes(found.names(), found.labels()));
    }
    return new Part(new Modality.Tabular(columns.length), table.numbers(columns), classes);
  }

  private char separator(Path path) {
    return switch (data.separator()) {
      case AUTO -> FileNames.bare(path).endsWith(".tsv") ? '\t' : ',';
      case COMMA -> ',';
      case SEMICOLON -> ';';
      case TAB -> '\t';
    };
  }

  private static int column(CsvTable table, String key, String name) {
    int index = table.names().indexOf(name);
    if (index < 0) {
      throw new ConfigException(
          key, "'" + key + "' names '" + name + "', which is no column", table.names());
    }
    return index;
  }

  private static Part array(Path path, Optional<Path> labels) throws IOException {
    Idx idx = Idx.read(ByteSource.of(path));
    Values.Dense values = idx.examples(path.toString());
    int[] item = values.item().dims();
    Modality x = new Modality.Tabular(item[0]);
    if (item.length == 3) {
      if (!idx.bytes()) {
        throw new MalformedFileException(
            path.toString(), "byte 2", "images need unsigned bytes (type 08)");
      }
      x = new Modality.Image(item[0], item[1], item[2], LEVELS);
    }
    if (labels.isEmpty()) {
      return new Part(x, values, Optional.empty());
    }
    String file = labels.get().toString();
    Values.Labels classes = Idx.read(ByteSource.of(labels.get())).labels(file);
    if (classes.count() != values.count()) {
      throw new MalformedFileException(
          file,
          "",
          "%d labels, but %s has %d examples".formatted(classes.count(), path, values.count()));
    }
    int count = IntStream.of(classes.labels()).max().orElse(0) + 1;
    List<String> names = IntStream.range(0, count).mapToObj(String::valueOf).toList();
    return new Part(x, values, Optional.of(new Part.Classes(names, classes)));
  }

  private static Part images(Path path) throws IOException {
    ImageFolder folder = ImageFolder.read(path);
    int[] item = folder.examples().item().dims();
    return new Part(
        new Modality.Image(item[0], item[1], item[2], LEVELS),
        folder.examples(),
        folder.labels().map(labels -> new Part.Classes(folder.classes(), labels)));
  }
}
