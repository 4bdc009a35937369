package dev.assay.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The one writer of whole files: a reader sees the old content or the new, never a part, whatever
 * is killed when.
 *
 * <p>The order is: unique temporary file beside the target, write, fsync, atomic rename, fsync of
 * the folder. After a failed fsync nobody knows what is on the disk, and a later fsync may wrongly
 * succeed (Rebello et al. 2020), so such an error ends the process.
 */
public final class AtomicFiles {
  /**
   * Marks files that were being written; such a file found later is left over and worth nothing.
   */
  static final String TEMPORARY = ".tmp";

  private static final AtomicFiles DISK =
      new AtomicFiles(channel -> channel.force(true), AtomicFiles::endProcess);

  private final Sync sync;
  private final Fatal fatal;

  AtomicFiles(Sync sync, Fatal fatal) {
    this.sync = sync;
    this.fatal = fatal;
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Forces what was written to the disk. */
  @FunctionalInterface
  interface Sync {
    void force(FileChannel channel) throws IOException;
  }

  /** What happens after a failed sync. */
  @FunctionalInterface
  interface Fatal {
    void end(Path file, IOException failure);
  }

  /** Replaces the file, which may be absent, by these bytes. */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, out -> out.write(content));
  }

  /**
   * Replaces the file, which may be absent. If writing fails the old file stays.
   *
   * @param content is given a buffered stream; need not close it
   */
  public static void write(Path file, Content content) throws IOException {
    DISK.replace(file, content);
  }

  /** Makes a folder and those above it, and their entries durable. */
  public static void createFolders(Path folder) throws IOException {
    DISK.create(folder.toAbsolutePath());
  }

  /** Removes a file if it is there; the removal is durable. */
  public static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      DISK.syncFolder(parent(file));
    }
  }

  void replace(Path file, Content content) throws IOException {
    Path folder = parent(file);
    Path temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
        force(temporary, channel);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncFolder(folder);
  }

  private void create(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path above = folder.getParent();
    if (above != null) {
      create(above);
    }
    Files.createDirectories(folder);
    if (above != null) {
      syncFolder(above);
    }
  }

  private void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      force(folder, channel);
    }
  }

  private void force(Path file, FileChannel channel) throws IOException {
    try {
      sync.force(channel);
    } catch (IOException e) {
      fatal.end(file, e);
      throw e;
    }
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException(file + " is not a file in a folder");
    }
    return parent;
  }

  private static void endProcess(Path file, IOException failure) {
    System.getLogger(AtomicFiles.class.getName())
        .log(
            System.Logger.Level.ERROR,
            "the disk did not confirm a write to " + file + "; stopping at once",
            failure);
    Runtime.getRuntime().halt(74);
  }
}
