package dev.assay.cpu.gemm;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;

/**
 * The user's folder of unpacked native libraries. A file's name holds its checksum and size, so one
 * that exists is the right one, and versions live side by side.
 */
final class NativeCache {
  private NativeCache() {}

  /** The resource as a file, unpacked unless it is there already. */
  static Path file(URL resource, String name) throws IOException {
    Print print = print(resource.openConnection());
    Path folder = folder();
    Path file = folder.resolve(name + "-" + print);
    if (!Files.isRegularFile(file) || Files.size(file) != print.size) {
      Files.createDirectories(folder);
      write(resource, folder, file);
    }
    return file;
  }

  /** {@code $XDG_CACHE_HOME/assay/natives}, by default under {@code ~/.cache}. */
  private static Path folder() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache != null && Path.of(cache).isAbsolute()
            ? Path.of(cache)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("assay").resolve("natives");
  }

  /** Through a file of its own and an atomic move: other processes may be doing the same. */
  private static void write(URL resource, Path folder, Path file) throws IOException {
    Path unique = Files.createTempFile(folder, file.getFileName().toString(), ".part");
    try {
      try (InputStream in = resource.openStream();
          FileChannel out = FileChannel.open(unique, StandardOpenOption.WRITE)) {
        in.transferTo(Channels.newOutputStream(out));
        out.force(true);
      }
      Files.move(unique, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unique);
    }
  }

  private record Print(long checksum, long size) {
    @Override
    public String toString() {
      return HexFormat.of().toHexDigits(checksum, 8) + "-" + size;
    }
  }

  /** The jar's index has it; reading the library itself would cost a second at each start. */
  private static Print print(URLConnection connection) throws IOException {
    if (connection instanceof JarURLConnection jar) {
      JarEntry entry = jar.getJarEntry();
      return new Print(entry.getCrc(), entry.getSize());
    }
    CRC32 checksum = new CRC32();
    long size = 0;
    try (InputStream in = connection.getInputStream()) {
      byte[] buffer = new byte[1 << 16];
      for (int read; (read = in.read(buffer)) >= 0; size += read) {
        checksum.update(buffer, 0, read);
      }
    }
    return new Print(checksum.getValue(), size);
  }
}
