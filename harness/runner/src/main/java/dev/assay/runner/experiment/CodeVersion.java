package dev.assay.runner.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    return Path.of(java.net.URI.create(source.getLocation().toString()));
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
    MessageDigest digest = sha256();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    List<String> names =
        files.stream()
            .map(file -> root.relativize(file).toString().replace('\\', '/'))
            .filter(name -> !name.equals("META-INF/MANIFEST.MF"))
            .filter(name -> !name.startsWith("META-INF/maven/"))
            .sorted()
            .toList();
    for (String name : names) {
      digest.update(
          (name + "\0" + Files.size(root.resolve(name)) + "\0").getBytes(StandardCharsets.UTF_8));
      try (InputStream in = Files.newInputStream(root.resolve(name))) {
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
        }
      }
    }
    return hex(digest, DIGITS);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String hex(MessageDigest digest, int digits) {
    return java.util.HexFormat.of().formatHex(digest.digest()).substring(0, digits);
  }
}
