package dev.assay.data.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Files in a zip archive. */
public final class Zip {
  private Zip() {}

  /**
   * One file.
   *
   * @param name path in the archive
   * @param largest bytes that it may have
   * @throws MalformedFileException if it is not there, or larger
   */
  public static ByteSource file(ByteSource archive, String name, int largest) throws IOException {
    Set<String> others = new TreeSet<>();
    try (ZipInputStream in = new ZipInputStream(archive.open())) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().equals(name)) {
          byte[] content = in.readNBytes(largest + 1);
          if (content.length > largest) {
            throw new MalformedFileException(
                archive.name(), name, "has more than the " + largest + " bytes that are read");
          }
          return new ByteSource(
              archive.name() + "!" + name, content.length, () -> new ByteArrayInputStream(content));
        }
        others.add(entry.getName());
      }
    } catch (ZipException e) {
      throw new MalformedFileException(
          archive.name(), "", "not a zip file (" + e.getMessage() + ")");
    }
    throw new MalformedFileException(
        archive.name(), "", "has no '" + name + "'; it has " + String.join(", ", others));
  }
}
