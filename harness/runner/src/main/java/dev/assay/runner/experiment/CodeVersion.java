package dev.assay.runner.experiment;

import dev.assay.store.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Tells builds of a piece of code apart by their content, so that a result is never taken for that
 * of changed code.
 */
final class CodeVersion {
  private static final int DIGITS = 12;
  private static final Map<Path, String> KNOWN = new ConcurrentHashMap<>();

  private CodeVersion() {}

  /**
   * Hash over the names and contents of all files in the jar or folder that a class comes from: the
   * same for a jar and for the folder it was made of, but for {@code META-INF} written by the jar
   * tool.
   */
  static String of(Class<?> type) {
    return KNOWN.computeIfAbsent(location(type), CodeVersion::hash);
  }

  /** The jar or folder that a class comes from. */
  static Path location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IllegalStateException(type.getName() + " comes from no file");
    }
    return Path.of(URI.create(source.getLocation().toString()));
  }

  private static String hash(Path location) {
    try {
      if (Files.isDirectory(location)) {
        return hashTree(location);
      }
      try (FileSystem jar = FileSystems.newFileSystem(location)) {
        return hashTree(jar.getPath("/"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + location, e);
    }
  }

  private static String hashTree(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      String name = root.relativize(file).toString().replace('\\', '/');
      if (!name.equals("META-INF/MANIFEST.MF") && !name.startsWith("META-INF/maven/")) {
        lines.add(name + " " + Digests.ofBytes(Files.readAllBytes(file)));
      }
    }
    Collections.sort(lines);
    return Digests.ofText(String.join("\n", lines)).substring(0, DIGITS);
  }
}
