package dev.assay.dashboard.index;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What lies under a results folder at one moment: runs, and tables of runs whose folders are not
 * here.
 *
 * @param runs stamp by folder below the results folder
 * @param tables stamp by the folder of a {@code results.csv}
 * @param stores stamp of what a store states of its experiments, by the store's folder
 */
record Scan(Map<String, String> runs, Map<String, String> tables, Map<String, String> stores) {
  private static final int DEEPEST = 6;
  private static final String RECORD = "run.json";
  private static final String TABLE = "results.csv";

  static Scan of(Path root) throws IOException {
    Scan scan = new Scan(new HashMap<>(), new HashMap<>(), new HashMap<>());
    scan.walk(root, "", DEEPEST);
    return scan;
  }

  /** The stamp of a file; empty if there is none. */
  static Optional<String> stamp(Path file) throws IOException {
    return attributes(file).filter(BasicFileAttributes::isRegularFile).map(Scan::stamp);
  }

  private void walk(Path folder, String name, int depth) throws IOException {
    boolean hasRuns = false;
    try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
      for (Path child : inside) {
        String own = String.valueOf(child.getFileName());
        if (own.startsWith(".")) {
          continue;
        }
        String path = name.isEmpty() ? own : name + "/" + own;
        Optional<String> record = stamp(child.resolve(RECORD));
        if (record.isPresent()) {
          runs.put(path, record.get());
          hasRuns = true;
        } else if (depth > 0 && Files.isDirectory(child)) {
          walk(child, path, depth - 1);
        }
      }
    } catch (NotDirectoryException | NoSuchFileException e) {
      return; // gone meanwhile
    }
    if (hasRuns) {
      store(folder, name);
    }
    table(folder, name);
  }

  private void store(Path runsFolder, String name) throws IOException {
    Path parent = runsFolder.getParent();
    if (name.endsWith("runs") && parent != null) {
      String place = place(name + "/x");
      attributes(parent.resolve("experiments"))
          .ifPresent(statements -> stores.put(place, stamp(statements)));
    }
  }

  private void table(Path folder, String name) throws IOException {
    Optional<String> table = stamp(folder.resolve(TABLE));
    if (table.isPresent() && !Files.isDirectory(folder.resolve("runs"))) {
      tables.put(name, table.get());
    }
  }

  /** The store of a run, by the run's folder. */
  static String place(String folder) {
    String above = parent(folder);
    boolean inRuns = above.equals("runs") || above.endsWith("/runs");
    return inRuns ? parent(above) : above;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
    try {
      return Optional.of(Files.readAttributes(file, BasicFileAttributes.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (java.nio.file.FileSystemException e) {
      if (Files.isReadable(file)) {
        throw e;
      }
      return Optional.empty(); // below a file, or not ours to read
    }
  }

  private static String stamp(BasicFileAttributes file) {
    return file.lastModifiedTime().to(TimeUnit.NANOSECONDS) + ":" + file.size();
  }
}
