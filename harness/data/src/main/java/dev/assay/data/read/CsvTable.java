package dev.assay.data.read;

import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table in a file of separated cells. The file is read once for its form and once for each kind
 * of value that is wanted, so that exactly the arrays needed are allocated.
 *
 * <p>The first row is a header if none of its cells is a number; columns without a header are named
 * by their number, from 1. Missing cells (empty, {@code ?}, {@code NA}, {@code NaN}, {@code null})
 * are errors.
 */
public final class CsvTable {
  private static final int MAX_COLUMNS = 100_000;
  private static final int MAX_NUMBERS = 1 << 29;
  private static final int MAX_CLASSES = 10_000;
  private static final Set<String> MISSING = Set.of("", "?", "na", "n/a", "nan", "null");

  private final ByteSource source;
  private final Layout layout;
  private final List<String> names;
  private final boolean header;
  private final int rows;

  /**
   * How a file is written.
   *
   * @param separator between cells
   * @param skip rows to leave out at the start, before any header
   */
  public record Layout(char separator, int skip) {
    /** Commas, nothing to skip. */
    public static final Layout COMMAS = new Layout(',', 0);
  }

  /**
   * Classes of a column.
   *
   * @param names in order: by value if all are whole numbers, else alphabetical
   * @param labels index into {@code names} of each row
   */
  public record Classes(List<String> names, Values.Labels labels) {}

  private interface RowReader {
    void accept(int row, CSVRecord cells) throws IOException;
  }

  private CsvTable(ByteSource source, Layout layout, List<String> names, boolean header, int rows) {
    this.source = source;
    this.layout = layout;
    this.names = names;
    this.header = header;
    this.rows = rows;
  }

  /**
   * Reads the form of a table: its columns and the number of its rows.
   *
   * @throws MalformedFileException if it is empty, not UTF-8, or a row differs in length
   */
  public static CsvTable open(ByteSource source, Layout layout) throws IOException {
    List<String> first = new ArrayList<>();
    int[] rows = {0};
    new CsvTable(source, layout, List.of(), false, 0)
        .read((row, cells) -> {
          if (row == 0) {
            cells.forEach(first::add);
          }
          rows[0]++;
        });
    if (first.size() > MAX_COLUMNS) {
      throw new MalformedFileException(
          source.name(), "", first.size() + " columns, more than " + MAX_COLUMNS);
    }
    boolean header = !first.isEmpty() && first.stream().noneMatch(CsvTable::isNumber);
    int count = header ? rows[0] - 1 : rows[0];
    if (count < 1) {
      throw new MalformedFileException(source.name(), "", "no rows of data");
    }
    List<String> names =
        header ? first : IntStream.rangeClosed(1, first.size()).mapToObj(String::valueOf).toList();
    return new CsvTable(source, layout, List.copyOf(names), header, count);
  }

  /** Column names, from the left. */
  public List<String> names() {
    return names;
  }

  public int rows() {
    return rows;
  }

  /**
   * The given columns as numbers, item shape [columns].
   *
   * @throws MalformedFileException naming line, column and value of a cell that is no finite number
   */
  public Values.Dense numbers(int[] columns) throws IOException {
    if ((long) rows * columns.length > MAX_NUMBERS) {
      throw new MalformedFileException(
          source.name(), "", rows + " × " + columns.length + " numbers, more than " + MAX_NUMBERS);
    }
    float[] data = new float[rows * columns.length];
    read((row, cells) -> {
      for (int i = 0; i < columns.length; i++) {
        data[row * columns.length + i] = number(cells, columns[i]);
      }
    });
    return new Values.Dense(Shape.of(columns.length), data);
  }

  /**
   * A column as classes.
   *
   * @throws MalformedFileException if a cell is missing or there are too many classes
   */
  public Classes classes(int column) throws IOException {
    Map<String, Integer> firstSeen = new HashMap<>();
    int[] indices = new int[rows];
    read((row, cells) -> {
      String text = present(cells, column);
      indices[row] = firstSeen.computeIfAbsent(text, t -> firstSeen.size());
      if (firstSeen.size() > MAX_CLASSES) {
        throw at(cells, column, "more than " + MAX_CLASSES + " classes; is it a label?");
      }
    });
    boolean whole = firstSeen.keySet().stream().allMatch(text -> text.matches("[-+]?\\d{1,9}"));
    Comparator<String> order =
        whole ? Comparator.comparing(Integer::valueOf) : Comparator.naturalOrder();
    List<String> classes = firstSeen.keySet().stream().sorted(order).toList();
    int[] labelOf = new int[classes.size()];
    for (int label = 0; label < labelOf.length; label++) {
      labelOf[firstSeen.getOrDefault(classes.get(label), 0)] = label;
    }
    int[] labels = IntStream.of(indices).map(i -> labelOf[i]).toArray();
    return new Classes(classes, new Values.Labels(labels));
  }

  private void read(RowReader reader) throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(layout.separator())
            .setTrim(true)
            .setIgnoreEmptyLines(true)
            .get();
    try (Reader text = Utf8.reader(source.open());
        CSVParser parser = CSVParser.builder().setReader(text).setFormat(format).get()) {
      Iterator<CSVRecord> records = parser.iterator();
      for (int i = 0; i < layout.skip() + (header ? 1 : 0) && records.hasNext(); i++) {
        records.next();
      }
      int width = -1;
      for (int row = 0; records.hasNext(); row++) {
        CSVRecord cells = records.next();
        if (width >= 0 && cells.size() != width) {
          throw new MalformedFileException(
              source.name(),
              "line " + parser.getCurrentLineNumber(),
              cells.size() + " cells where the rows before have " + width);
        }
        width = cells.size();
        reader.accept(row, cells);
      }
    } catch (CharacterCodingException e) {
      throw Utf8.malformed(source.name(), e);
    } catch (UncheckedIOException e) {
      throw unwrap(Objects.requireNonNull(e.getCause()));
    } catch (CSVException e) {
      throw unwrap(e);
    }
  }

  private IOException unwrap(IOException e) {
    return switch (e) {
      case CharacterCodingException coding -> Utf8.malformed(source.name(), coding);
      case CSVException csv ->
          new MalformedFileException(source.name(), "", String.valueOf(csv.getMessage()));
      default -> e;
    };
  }

  private float number(CSVRecord cells, int column) throws IOException {
    String text = present(cells, column);
    if (!isNumber(text)) {
      throw at(cells, column, "'" + text + "' is not a finite number");
    }
    return Float.parseFloat(text);
  }

  private String present(CSVRecord cells, int column) throws IOException {
    String text = cells.get(column);
    if (MISSING.contains(text.toLowerCase(Locale.ROOT))) {
      throw at(cells, column, "missing value '" + text + "'; fill it in or leave the row out");
    }
    return text;
  }

  private MalformedFileException at(CSVRecord cells, int column, String problem) {
    return new MalformedFileException(
        source.name(),
        "line " + cells.getParser().getCurrentLineNumber() + ", column " + names.get(column),
        problem);
  }

  /** Whether it is a decimal number that a float can hold; Java's own suffixes are none. */
  private static boolean isNumber(String text) {
    if (text.isEmpty() || text.chars().anyMatch(c -> "fFdDxX".indexOf(c) >= 0)) {
      return false;
    }
    try {
      return Float.isFinite(Float.parseFloat(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
