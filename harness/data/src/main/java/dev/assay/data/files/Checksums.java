package dev.assay.data.files;

import dev.assay.data.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;

/**
 * SHA-256 of files, remembered in small files of a folder by path, size and time of change, so that
 * a large file is hashed once and not at each run.
 */
final class Checksums {
  private final Path memory;

  Checksums(Path memory) {
    this.memory = memory;
  }

  /** Hexadecimal, lower case; from memory if the file has not changed since. */
  String sha256(Path file) throws IOException {
    Path note = memory.resolve(Sha256.of(file.toString()));
    String key = key(file);
    if (Files.isRegularFile(note) && Files.size(note) < 4096) {
      String remembered = Files.readString(note);
      if (remembered.startsWith(key) && remembered.length() == key.length() + 64) {
        return remembered.substring(key.length());
      }
    }
    return remember(file, note, key);
  }

  /** Hexadecimal, lower case; read afresh. */
  String sha256Afresh(Path file) throws IOException {
    Path note = memory.resolve(Sha256.of(file.toString()));
    return remember(file, note, key(file));
  }

  private static String remember(Path file, Path note, String key) throws IOException {
    MessageDigest digest = Sha256.digest();
    Sha256.update(digest, file);
    String hash = Sha256.hex(digest);
    try {
      if (key.equals(key(file))) {
        AtomicFiles.write(note, utf8(key + hash));
      }
      return hash;
    } catch (IOException e) {
      // A folder that cannot be written to costs a hash at each run, no more.
      return hash;
    }
  }

  private static String key(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return file
        + "\n"
        + attributes.size()
        + "\n"
        + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)
        + "\n";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
