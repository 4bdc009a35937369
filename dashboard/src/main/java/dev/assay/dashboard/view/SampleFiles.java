package dev.assay.dashboard.view;

import dev.assay.store.RunFolder;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** What runs drew, as files; see {@code openapi.yaml}. */
public final class SampleFiles {
  /** Names that addresses may have. */
  public static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,199}";

  private static final Map<String, String> MEDIA_TYPES =
      Map.of("png", "image/png", "txt", "text/plain", "csv", "text/csv", "wav", "audio/wav");

  private static final Map<String, String> KINDS =
      Map.of("image/png", "image", "text/plain", "text", "text/csv", "table", "audio/wav", "audio");

  private static final String NEAREST = "-nearest";
  private static final int TEXT_BYTES = 64 << 10;
  private static final int TABLE_ROWS = 2_000;
  private static final int CELL_LENGTH = 200;
  private static final int FILES = 200;

  private SampleFiles() {}

  /** A file of samples. */
  public record SampleFile(
      String name,
      String kind,
      String mediaType,
      long bytes,
      String href,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable String text,
      boolean truncated,
      @Nullable Table table) {}

  /** The first rows of a CSV; numbers where a cell is one, else text. */
  public record Table(List<String> columns, List<List<Object>> rows, long total) {}

  /** Files of one sampler. */
  public record Group(String name, @Nullable SampleFile nearest, List<SampleFile> files) {}

  /** The answer of {@code /runs/ID/samples}. */
  public record Samples(String run, List<Group> groups) {}

  /** The media type of a file by its name; empty if it is of no kind that is served. */
  public static Optional<String> mediaType(String name) {
    return Optional.ofNullable(MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
  }

  /** What a run drew, then the pictures of its tasks, each by name; no name twice. */
  public static List<Path> files(RunFolder run) throws IOException {
    Map<String, Path> files = new LinkedHashMap<>();
    for (Path folder : List.of(run.samples(), run.tasks())) {
      for (Path file : inside(folder)) {
        files.putIfAbsent(String.valueOf(file.getFileName()), file);
      }
    }
    return files.values().stream().limit(FILES).toList();
  }

  private static List<Path> inside(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
      for (Path file : inside) {
        String name = String.valueOf(file.getFileName());
        if (name.matches(NAME)
            && mediaType(name).isPresent()
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          files.add(file);
        }
      }
    }
    files.sort(null);
    return files;
  }

  /** All of {@link #files}, those of tasks last. */
  public static Samples of(String run, RunFolder folder) throws IOException {
    Map<String, List<SampleFile>> groups = new LinkedHashMap<>();
    Map<String, SampleFile> nearest = new TreeMap<>();
    for (Path path : files(folder)) {
      SampleFile file = describe(run, path);
      String stem = file.name().substring(0, file.name().lastIndexOf('.'));
      if (stem.endsWith(NEAREST) && file.kind().equals("image")) {
        nearest.put(stem.substring(0, stem.length() - NEAREST.length()), file);
      } else {
        groups.computeIfAbsent(stem, s -> new ArrayList<>()).add(file);
      }
    }
    nearest.keySet().forEach(stem -> groups.computeIfAbsent(stem, s -> new ArrayList<>()));
    List<Group> all = new ArrayList<>();
    groups.forEach((stem, files) -> all.add(new Group(stem, nearest.get(stem), files)));
    return new Samples(run, all);
  }

  private static SampleFile describe(String run, Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    String mediaType = mediaType(name).orElseThrow();
    int[] size = mediaType.equals("image/png") ? pixels(file) : new int[0];
    long bytes = Files.size(file);
    String text = mediaType.equals("text/plain") ? start(file) : null;
    Table table = mediaType.equals("text/csv") ? table(file) : null;
    boolean truncated =
        (text != null && bytes > TEXT_BYTES)
            || (table != null && table.total() > table.rows().size());
    return new SampleFile(
        name,
        String.valueOf(KINDS.get(mediaType)),
        mediaType,
        bytes,
        "runs/" + run + "/samples/" + name,
        size.length == 0 ? null : size[0],
        size.length == 0 ? null : size[1],
        text,
        truncated,
        table);
  }

  /** Width and height from a PNG's header; empty if it has none. */
  private static int[] pixels(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      byte[] head = in.readNBytes(16);
      return head.length == 16 ? new int[] {in.readInt(), in.readInt()} : new int[0];
    } catch (java.io.EOFException e) {
      return new int[0];
    }
  }

  private static String start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(TEXT_BYTES), StandardCharsets.UTF_8);
    }
  }

  private static @Nullable Table table(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        Reader reader =
            new java.io.InputStreamReader(
                in,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE))) {
      List<String> columns = List.of();
      List<List<Object>> rows = new ArrayList<>();
      long total = -1;
      for (CSVRecord row : CSVFormat.DEFAULT.parse(reader)) {
        if (total < 0) {
          columns = row.stream().map(SampleFiles::cut).toList();
        } else if (total < TABLE_ROWS) {
          rows.add(row.stream().map(SampleFiles::cell).toList());
        }
        total++;
      }
      return new Table(columns, rows, Math.max(0, total));
    } catch (IllegalStateException | UncheckedIOException e) {
      return null; // no CSV after all: it can still be downloaded
    }
  }

  private static Object cell(String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      return cut(text);
    }
    return cut(text);
  }

  private static String cut(String text) {
    return text.length() <= CELL_LENGTH ? text : text.substring(0, CELL_LENGTH);
  }
}
