package dev.assay.dashboard.upload;

import static dev.assay.dashboard.upload.Rejections.rejected;

import dev.assay.dashboard.index.Indexer;
import dev.assay.dashboard.index.Names;
import dev.assay.dashboard.problem.RefusedException;
import dev.assay.store.AtomicFiles;
import dev.assay.store.RunRecord;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Takes in what was received: from a quarantine folder, through all checks, to its place, in one
 * rename. Whatever happens, nothing remains in quarantine.
 */
public final class Intake {
  private static final int PLACE_DIGITS = 32;

  /**
   * Longer than any upload may take: another server on the folder may be at work on younger ones.
   */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path results;
  private final Path quarantine;

  /**
   * Removes what processes that died left in quarantine; it was never accepted.
   *
   * @param state folder for the quarantine, on the same file system as {@code results}
   */
  public Intake(Path results, Path state) throws IOException {
    this.results = results;
    this.quarantine = state.resolve("quarantine");
    if (Files.isDirectory(quarantine)) {
      Instant old = Instant.now().minus(ABANDONED);
      try (Stream<Path> left = Files.list(quarantine)) {
        for (Path own : left.toList()) {
          if (Files.getLastModifiedTime(own).toInstant().isBefore(old)) {
            remove(own);
          }
        }
      }
    }
  }

  /** How an upload is packed. */
  public enum Packing {
    ZIP,
    TAR_GZ
  }

  /** The answer of {@code POST /results}. */
  public record Uploaded(
      String id, String run, String manifest, int files, long bytes, boolean added) {}

  /**
   * What became of it.
   *
   * @param folder of the run below the results folder
   */
  public record Taken(Uploaded uploaded, String folder) {}

  /** A folder of its own for one upload. */
  public Path open() throws IOException {
    Path own = quarantine.resolve(UUID.randomUUID().toString());
    AtomicFiles.createFolders(own);
    return own;
  }

  /** Removes a folder of quarantine with all that it holds. */
  public void discard(Path own) throws IOException {
    remove(own);
  }

  /**
   * Checks and keeps an upload.
   *
   * @param own the folder of quarantine that holds it
   * @throws RefusedException if a check fails
   */
  public Taken take(Path own, Path packed, Packing packing) throws IOException {
    Path unpacked = own.resolve("run");
    Files.createDirectory(unpacked);
    unpack(packed, packing, unpacked);
    Map<String, Path> files = files(unpacked);
    String manifest = Checks.manifest(files);
    long bytes = 0;
    for (Path file : files.values()) {
      bytes += Files.size(file);
    }
    RunRecord record = Checks.all(unpacked);
    String place = Indexer.UPLOADS + "/" + manifest.substring(0, PLACE_DIGITS);
    boolean added = keep(own, unpacked, record.run(), place);
    return new Taken(
        new Uploaded(
            Names.id(record.run(), place), record.run(), manifest, files.size(), bytes, added),
        place + "/runs/" + record.run());
  }

  private static void unpack(Path packed, Packing packing, Path into) throws IOException {
    try {
      switch (packing) {
        case ZIP -> Archive.unzip(packed, into);
        case TAR_GZ -> Archive.untar(packed, into);
      }
    } catch (FileSystemException e) {
      throw e; // ours, not the sender's
    } catch (EOFException e) {
      throw rejected("the archive ends too early");
    } catch (IOException | IllegalArgumentException e) {
      throw rejected(
          "the archive cannot be read: " + Rejections.shown(String.valueOf(e.getMessage())));
    }
  }

  private boolean keep(Path own, Path unpacked, String run, String place) throws IOException {
    Path target = results.resolve(place);
    if (Files.exists(target)) {
      return false;
    }
    Path store = own.resolve("store");
    Files.createDirectories(store.resolve("runs"));
    Files.move(unpacked, store.resolve("runs").resolve(run), StandardCopyOption.ATOMIC_MOVE);
    AtomicFiles.createFolders(results.resolve(Indexer.UPLOADS));
    try {
      Files.move(store, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      return false; // the same content came twice at once
    } catch (FileSystemException e) {
      if (Files.exists(target)) {
        return false;
      }
      throw e;
    }
  }

  private static Map<String, Path> files(Path folder) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.filter(Files::isRegularFile)
          .forEach(file -> files.put(folder.relativize(file).toString().replace('\\', '/'), file));
    }
    return files;
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
