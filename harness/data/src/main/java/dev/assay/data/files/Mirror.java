package dev.assay.data.files;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A place laid out as {@code <dataset>/<file>}. */
public sealed interface Mirror {
  /** A folder; its files are used in place. */
  record Folder(Path path) implements Mirror {}

  /**
   * An {@code http} or {@code https} address.
   *
   * @param base without a slash at the end
   */
  record Web(String base) implements Mirror {}

  /**
   * Mirrors from a list such as {@code /srv/data,https://host/data}.
   *
   * @param list folders and addresses, separated by commas; folders also by the platform's path
   *     separator
   * @throws IllegalArgumentException if an address is malformed
   */
  static List<Mirror> parse(String list) {
    List<Mirror> mirrors = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      String rest = part.strip();
      while (!rest.isEmpty()) {
        int end = isWeb(rest) ? -1 : rest.indexOf(File.pathSeparatorChar);
        String entry = (end < 0 ? rest : rest.substring(0, end)).strip();
        rest = end < 0 ? "" : rest.substring(end + 1).strip();
        if (!entry.isEmpty()) {
          mirrors.add(isWeb(entry) ? web(entry) : new Folder(Path.of(entry).toAbsolutePath()));
        }
      }
    }
    return List.copyOf(mirrors);
  }

  private static boolean isWeb(String entry) {
    return entry.startsWith("http://") || entry.startsWith("https://");
  }

  private static Web web(String entry) {
    String base = entry.replaceAll("/+$", "");
    if (URI.create(base).getHost() == null) {
      throw new IllegalArgumentException("the mirror '" + entry + "' names no host");
    }
    return new Web(base);
  }
}
