package dev.assay.data.files;

import dev.assay.data.files.DataFiles.FileStatus;
import dev.assay.data.files.DataFiles.State;
import dev.assay.spi.DatasetCard.Source;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One file, looked for in every place in turn, and what was found there. */
final class FileSearch {
  private final Places places;
  private final Source source;
  private final String name;
  private final List<String> tried = new ArrayList<>();

  /** Where files may lie, and the means to get and check them. */
  record Places(
      Path cache,
      List<Mirror> mirrors,
      Checksums checksums,
      Download download,
      Progress progress) {}

  FileSearch(Places places, String dataset, Source source) {
    this.places = places;
    this.source = source;
    name = dataset + "/" + source.file();
    Path relative = Path.of(dataset).resolve(source.file());
    if (relative.isAbsolute() || !relative.normalize().equals(relative)) {
      throw new IllegalArgumentException("'" + name + "' is no path inside a dataset's folder");
    }
  }

  /**
   * The verified file.
   *
   * @throws IOException if it is nowhere to be had; the message has one line for each place
   */
  Path find() throws IOException {
    if (isRight(cached(), "cache")) {
      return cached();
    }
    for (Mirror mirror : places.mirrors()) {
      switch (mirror) {
        case Mirror.Folder(Path folder) -> {
          Path file = folder.resolve(name);
          if (isRight(file, "mirror")) {
            return file;
          }
        }
        case Mirror.Web(String base) -> {
          if (isDownloaded(base + "/" + name, "mirror")) {
            return cached();
          }
        }
      }
    }
    if (isDownloaded(source.url(), "official address")) {
      return cached();
    }
    throw new IOException(
        name
            + " cannot be had:\n  "
            + String.join("\n  ", tried)
            + "\nPut the file ("
            + source.bytes()
            + " bytes, SHA-256 "
            + source.sha256()
            + ") at the place in the cache, or set ASSAY_MIRROR to a folder or address laid out as"
            + " <dataset>/<file>");
  }

  FileStatus status() throws IOException {
    Optional<Path> damaged = Optional.empty();
    for (Path file : localPlaces()) {
      if (!Files.isRegularFile(file)) {
        continue;
      }
      if (Files.size(file) == source.bytes()) {
        State state = file.equals(cached()) ? State.CACHED : State.MIRRORED;
        return new FileStatus(source, state, Optional.of(file));
      }
      damaged = damaged.or(() -> Optional.of(file));
    }
    return new FileStatus(source, damaged.isPresent() ? State.DAMAGED : State.ABSENT, damaged);
  }

  /** Hashes every local copy; complaints about those that are wrong. */
  List<String> verify() throws IOException {
    List<String> complaints = new ArrayList<>();
    for (Path file : localPlaces()) {
      if (Files.isRegularFile(file)) {
        fault(file, true).ifPresent(fault -> complaints.add(file + ": " + fault));
      }
    }
    return complaints;
  }

  private Path cached() {
    return places.cache().resolve("data").resolve(name);
  }

  private List<Path> localPlaces() {
    List<Path> files = new ArrayList<>();
    files.add(cached());
    for (Mirror mirror : places.mirrors()) {
      if (mirror instanceof Mirror.Folder(Path folder)) {
        files.add(folder.resolve(name));
      }
    }
    return files;
  }

  private boolean isRight(Path file, String place) {
    Optional<String> fault;
    try {
      fault = fault(file, false);
    } catch (IOException e) {
      fault = Optional.of(e.toString());
    }
    fault.ifPresent(text -> tried.add(place + " " + file + ": " + text));
    return fault.isEmpty();
  }

  private Optional<String> fault(Path file, boolean afresh) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.of("no such file");
    }
    long size = Files.size(file);
    if (size != source.bytes()) {
      return Optional.of(size + " bytes, but " + source.bytes() + " are expected");
    }
    String hash = afresh ? places.checksums().sha256Afresh(file) : places.checksums().sha256(file);
    return hash.equals(source.sha256())
        ? Optional.empty()
        : Optional.of("its SHA-256 is " + hash + ", but " + source.sha256() + " is expected");
  }

  private boolean isDownloaded(String url, String place) throws IOException {
    if (url.isBlank()) {
      tried.add(place + ": the dataset names none");
      return false;
    }
    try {
      AtomicFiles.write(
          cached(),
          channel ->
              places
                  .download()
                  .fetch(
                      url,
                      source,
                      channel,
                      done -> places.progress().update(name, done, source.bytes())));
      return true;
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      tried.add(place + " " + url + ": " + e.getMessage());
      return false;
    }
  }
}
