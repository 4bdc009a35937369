package dev.assay.data.user;

import dev.assay.data.user.UserData.Format;
import dev.assay.spi.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the name of a file tells. */
final class FileNames {
  private static final Pattern IDX = Pattern.compile(".*([.-]idx\\d?|ubyte)$");

  private FileNames() {}

  /** Last part of the path in lower case, without {@code .gz}. */
  static String bare(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
  }

  /**
   * The form of a file.
   *
   * @throws ConfigException if the name does not tell
   */
  static Format format(Path path) {
    String name = bare(path);
    if (Files.isDirectory(path)) {
      return Format.IMAGES;
    }
    if (name.endsWith(".csv") || name.endsWith(".tsv")) {
      return Format.CSV;
    }
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return Format.JSONL;
    }
    if (IDX.matcher(name).matches()) {
      return Format.IDX;
    }
    throw new ConfigException(
        "format",
        "the name of " + path + " does not tell its format; say it",
        List.of("csv", "idx", "images", "text", "lines", "jsonl"));
  }

  /** Lower-case words joined by hyphens, from a file's name. */
  static String id(Path path) {
    String stem = bare(path).replaceFirst("(?<=.)\\.[a-z0-9]+$", "");
    String id = stem.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return id.isEmpty() ? "data" : id;
  }
}
