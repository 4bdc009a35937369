package dev.assay.dashboard.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of the page, from the class path, in memory. */
public final class WebFiles {
  private static final Map<String, String> MEDIA_TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html"),
          Map.entry("js", "text/javascript"),
          Map.entry("mjs", "text/javascript"),
          Map.entry("css", "text/css"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("json", "application/json"),
          Map.entry("txt", "text/plain"),
          Map.entry("md", "text/markdown"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("webmanifest", "application/manifest+json"));

  private static final String START = "index.html";

  private final Map<String, Reply> files;

  private WebFiles(Map<String, Reply> files) {
    this.files = files;
  }

  /** All files below {@code /web} beside this class. */
  public static WebFiles load() {
    URL start = WebFiles.class.getResource("/web/" + START);
    if (start == null) {
      throw new IllegalStateException("the page is missing: no /web/index.html in this build");
    }
    try {
      URI uri = start.toURI();
      if (uri.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
          return new WebFiles(read(jar.getPath("/web")));
        }
      }
      return new WebFiles(read(Path.of(uri).resolveSibling(".")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Reply> read(Path folder) throws IOException {
    Map<String, Reply> files = new TreeMap<>();
    Path root = folder.normalize();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        String type = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        String media = type == null ? "application/octet-stream" : type;
        files.put(name, Reply.of(media, Files.readAllBytes(file)));
      }
    }
    return files;
  }

  /** The file at a path of a request, {@code /} for the page itself. */
  Optional<Reply> at(String path) {
    return Optional.ofNullable(files.get(path.equals("/") ? START : path.substring(1)));
  }

  /** Contents by path below {@code web}. */
  public Map<String, byte[]> all() {
    Map<String, byte[]> all = new TreeMap<>();
    files.forEach((name, reply) -> all.put(name, reply.body()));
    return all;
  }
}
