package dev.assay.jcuda.driver;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Files of the user's that can be made again: in {@code $XDG_CACHE_HOME/assay}, by default under
 * {@code ~/.cache}.
 */
public final class UserCache {
  /** Of files that people may read. */
  public static final Charset TEXT = StandardCharsets.UTF_8;

  private UserCache() {}

  /** A folder of it, which need not exist. */
  public static Path folder(String name) {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache != null && Path.of(cache).isAbsolute()
            ? Path.of(cache)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("assay").resolve(name);
  }

  /** Writes a file whole or not at all. */
  public static void write(Path file, byte[] content) throws IOException {
    Path folder = file.getParent();
    Files.createDirectories(folder);
    Path unique = Files.createTempFile(folder, "new", ".part");
    try {
      Files.write(unique, content);
      Files.move(unique, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unique);
    }
  }

  /** Half of a content's SHA-256, in hexadecimal digits. */
  public static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
