package dev.assay.data.read;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Bytes that can be read more than once. Names that end in {@code .gz} are unpacked on the way.
 *
 * @param name for messages
 * @param opener opens the stored bytes
 */
public record ByteSource(String name, Opener opener) {
  private static final int BUFFER = 1 << 16;

  /** Opens a fresh stream at the first byte. */
  @FunctionalInterface
  public interface Opener {
    InputStream open() throws IOException;
  }

  public static ByteSource of(Path path) {
    return new ByteSource(path.toString(), () -> Files.newInputStream(path));
  }

  /** A resource beside a class. */
  public static ByteSource resource(Class<?> owner, String name) {
    return new ByteSource(
        name,
        () -> {
          InputStream stream = owner.getResourceAsStream(name);
          if (stream == null) {
            throw new FileNotFoundException(name + " is not in the jar of " + owner.getName());
          }
          return stream;
        });
  }

  /**
   * The unpacked bytes.
   *
   * @throws IOException if there is no such file
   * @throws MalformedFileException if a {@code .gz} is none
   */
  public InputStream open() throws IOException {
    InputStream stored;
    try {
      stored = opener.open();
    } catch (NoSuchFileException e) {
      throw new FileNotFoundException(name + ": no such file");
    }
    if (!name.endsWith(".gz")) {
      return new BufferedInputStream(stored, BUFFER);
    }
    try {
      return new BufferedInputStream(new GZIPInputStream(stored, BUFFER), BUFFER);
    } catch (ZipException e) {
      stored.close();
      throw new MalformedFileException(name, "", "not a gzip file (" + e.getMessage() + ")");
    } catch (IOException e) {
      stored.close();
      throw e;
    }
  }
}
