package dev.assay.dashboard;

import dev.assay.store.RunFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Archives as they are sent, of files by name. */
final class Packed {
  private Packed() {}

  /** The files of a run by their names in it. */
  static Map<String, byte[]> files(RunFolder folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder.path())) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(folder.path().relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  static byte[] zip(String prefix, Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putArchiveEntry(new ZipArchiveEntry(prefix + file.getKey()));
        zip.write(file.getValue());
        zip.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  /** Fills an archive. */
  interface Filling {
    void into(TarArchiveOutputStream tar) throws IOException;
  }

  static byte[] tar(Filling filling) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(out), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      filling.into(tar);
    }
    return out.toByteArray();
  }

  static byte[] tar(String prefix, Map<String, byte[]> files) throws IOException {
    return tar(tar -> {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        put(tar, prefix + file.getKey(), file.getValue());
      }
    });
  }

  static void put(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(name.endsWith("/") ? 0 : content.length);
    tar.putArchiveEntry(entry);
    if (!name.endsWith("/")) {
      tar.write(content);
    }
    tar.closeArchiveEntry();
  }
}
