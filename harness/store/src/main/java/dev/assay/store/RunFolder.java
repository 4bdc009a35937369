package dev.assay.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * The files of one run: {@code DIR/runs/<run>/}.
 *
 * @param path absolute
 */
public record RunFolder(Path path) {
  /** More than a record ever takes; of larger files no more is read. */
  private static final int LARGEST_RECORD = 64 << 20;

  private static final String CHECKPOINT = "step-%012d.safetensors";

  public RunFolder {
    path = path.toAbsolutePath().normalize();
  }

  /** The run's id. */
  public String run() {
    return String.valueOf(path.getFileName());
  }

  public Path recordFile() {
    return path.resolve("run.json");
  }

  /** What happened, one JSON object a line. */
  public Path events() {
    return path.resolve("events.jsonl");
  }

  /** Learning curves. */
  public Path curves() {
    return path.resolve("metrics.csv");
  }

  /** What went wrong in full, where something did. */
  public Path log() {
    return path.resolve("error.log");
  }

  public Path samples() {
    return path.resolve("samples");
  }

  /** Pictures of what the model was put to. */
  public Path tasks() {
    return path.resolve("tasks");
  }

  /** Score of each test example by method. */
  public Path scores() {
    return path.resolve("scores.safetensors");
  }

  public Path checkpoints() {
    return path.resolve("checkpoint");
  }

  /** The checkpoint after this many updates. */
  public Path checkpoint(long step) {
    return checkpoints().resolve(String.format(Locale.ROOT, CHECKPOINT, step));
  }

  /** Checkpoints that exist, the latest first. */
  public List<Path> checkpointFiles() throws IOException {
    if (!Files.isDirectory(checkpoints())) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(checkpoints(), "step-*.safetensors")) {
      found.forEach(files::add);
    }
    files.sort(Comparator.comparing((Path file) -> file.getFileName().toString()).reversed());
    return files;
  }

  /** The lock, or empty if another thread or process works on this run. The folder must exist. */
  public Optional<RunLock> tryLock() throws IOException {
    return RunLock.tryAcquire(lockFile());
  }

  /**
   * What {@code run.json} says; empty if there is none.
   *
   * @throws DamagedFileException if it is not what {@link #write} wrote
   */
  public Optional<RunRecord> read() throws IOException {
    Path file = recordFile();
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST_RECORD + 1);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (bytes.length > LARGEST_RECORD) {
      throw new DamagedFileException(file, "it has " + Files.size(file) + " bytes");
    }
    try {
      RunRecord record = Json.STRICT.readValue(bytes, RunRecord.class);
      if (record.schema() != RunRecord.SCHEMA) {
        throw new DamagedFileException(
            file, "its schema is " + record.schema() + ", not " + RunRecord.SCHEMA);
      }
      return Optional.of(record);
    } catch (JacksonException | NullPointerException e) {
      throw new DamagedFileException(file, String.valueOf(e.getMessage()));
    }
  }

  /** Writes {@code run.json}, the folder included. */
  public void write(RunRecord record) throws IOException {
    AtomicFiles.createFolders(path);
    AtomicFiles.write(
        recordFile(),
        (Json.PRETTY.writeValueAsString(record) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Removes everything but the lock, and what was left over by writers that died. */
  public void clear() throws IOException {
    if (!Files.isDirectory(path)) {
      return;
    }
    // The record goes first: without it the rest counts for nothing.
    AtomicFiles.delete(recordFile());
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(path)) {
      inside = walk.filter(file -> !file.equals(path)).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : inside) {
      if (!file.equals(lockFile())) {
        Files.delete(file);
      }
    }
  }

  private Path lockFile() {
    return path.resolve(".lock");
  }
}
