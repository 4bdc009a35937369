package dev.assay.data.read;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Bytes that can be read more than once. Names that end in {@code .gz} are unpacked on the way.
 *
 * @param name for messages
 * @param stored number of bytes before unpacking
 * @param opener opens the stored bytes
 */
public record ByteSource(String name, long stored, Opener opener) {
  private static final int BUFFER = 1 << 16;

  /** Deflate packs 258 bytes into 2 bits at best. */
  private static final long MAX_RATIO = 1032;

  /** Opens a fresh stream at the first byte. */
  @FunctionalInterface
  public interface Opener {
    InputStream open() throws IOException;
  }

  /**
   * A file.
   *
   * @throws FileNotFoundException if there is none
   */
  public static ByteSource of(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new FileNotFoundException(
          path + (Files.isDirectory(path) ? ": is a folder, not a file" : ": no such file"));
    }
    return new ByteSource(path.toString(), Files.size(path), () -> Files.newInputStream(path));
  }

  /** A resource beside a class. */
  public static ByteSource resource(Class<?> owner, String name) throws IOException {
    Opener opener =
        () -> {
          InputStream stream = owner.getResourceAsStream(name);
          if (stream == null) {
            throw new FileNotFoundException(name + " is not in the jar of " + owner.getName());
          }
          return stream;
        };
    try (InputStream stream = opener.open()) {
      return new ByteSource(name, stream.readAllBytes().length, opener);
    }
  }

  /** No more bytes than this can come out of {@link #open}. */
  long limit() {
    return isPacked() ? Math.multiplyExact(stored, MAX_RATIO) : stored;
  }

  /**
   * The unpacked bytes.
   *
   * @throws MalformedFileException if a {@code .gz} is none
   */
  public InputStream open() throws IOException {
    InputStream bytes = opener.open();
    if (!isPacked()) {
      return new BufferedInputStream(bytes, BUFFER);
    }
    try {
      return new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER);
    } catch (ZipException e) {
      bytes.close();
      throw new MalformedFileException(name, "", "not a gzip file (" + e.getMessage() + ")");
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private boolean isPacked() {
    return name.endsWith(".gz");
  }
}
