package dev.assay.data.read;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The files of a tar archive, one after another: POSIX 1003.1-1988, of which names and sizes. */
public final class Tar {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE = 12;
  private static final int TYPE_AT = 156;

  private Tar() {}

  /** Takes one file. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param name path in the archive
     */
    void file(String name, byte[] content) throws IOException;
  }

  /**
   * Visits the files in order; folders and links are left out.
   *
   * @param largest bytes that a file may have
   * @throws MalformedFileException if the archive is cut short, or a file is larger
   */
  public static void visit(ByteSource source, int largest, Visitor visitor) throws IOException {
    byte[] header = new byte[BLOCK];
    try (InputStream in = source.open()) {
      while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
        String name = text(header, 0, NAME);
        long size = size(source.name(), name, header);
        boolean file = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
        if (file && size > largest) {
          throw new MalformedFileException(
              source.name(), name, "has " + size + " bytes, but at most " + largest + " are read");
        }
        long padding = Math.floorMod(-size, (long) BLOCK);
        if (file) {
          byte[] content = in.readNBytes((int) size);
          if (content.length < size) {
            throw new MalformedFileException(source.name(), name, "is cut short");
          }
          in.skipNBytes(padding);
          visitor.file(name, content);
        } else {
          in.skipNBytes(size + padding);
        }
      }
    } catch (EOFException e) {
      throw new MalformedFileException(source.name(), "", "is cut short");
    }
  }

  private static long size(String file, String name, byte[] header) throws MalformedFileException {
    String digits = text(header, SIZE_AT, SIZE).strip();
    if (!digits.matches("[0-7]{0,11}")) {
      throw new MalformedFileException(file, name, "its size is '" + digits + "', not octal");
    }
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }

  private static String text(byte[] bytes, int from, int length) {
    int to = from;
    while (to < from + length && bytes[to] != 0) {
      to++;
    }
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
