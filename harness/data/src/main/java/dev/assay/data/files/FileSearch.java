package dev.assay.data.files;

import dev.assay.spi.DatasetCard.Source;
import dev.assay.spi.DatasetFiles.Progress;
import dev.assay.spi.DatasetFiles.State;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One file, looked for in every place in turn, and what was found there. */
final class FileSearch {
  private final Path cached;
  private final List<Mirror> mirrors;
  private final Checksums checksums;
  private final Download download;
  private final Source source;
  private final String name;
  private final List<String> tried = new ArrayList<>();

  FileSearch(
      Path cache,
      List<Mirror> mirrors,
      Checksums checksums,
      Download download,
      String dataset,
      Source source) {
    this.mirrors = mirrors;
    this.checksums = checksums;
    this.download = download;
    this.source = source;
    name = source.path(dataset);
    Path relative = Path.of(name);
    if (relative.isAbsolute()
        || relative.startsWith("..")
        || !relative.normalize().equals(relative)) {
      throw new IllegalArgumentException("'" + name + "' is no path inside a dataset's folder");
    }
    cached = cache.resolve("data").resolve(relative);
  }

  /**
   * The verified file.
   *
   * @throws IOException if it is nowhere to be had; the message has one line for each place
   */
  Path find(Progress progress) throws IOException {
    if (isRight(cached, "cache")) {
      return cached;
    }
    for (Mirror mirror : mirrors) {
      switch (mirror) {
        case Mirror.Folder(Path folder) -> {
          Path file = folder.resolve(name);
          if (isRight(file, "mirror")) {
            return file;
          }
        }
        case Mirror.Web(String base) -> {
          if (isDownloaded(base + "/" + name, "mirror", progress)) {
            return cached;
          }
        }
      }
    }
    if (isDownloaded(source.url(), "official address", progress)) {
      return cached;
    }
    throw new IOException(
        """
        %s cannot be had:
          %s
        Put the file (%d bytes, SHA-256 %s)
        at its place in the cache, or set ASSAY_MIRROR to a folder or address laid out as \
        <dataset>/<file>\
        """
            .formatted(name, String.join("\n  ", tried), source.bytes(), source.sha256()));
  }

  /** What is on this machine; every copy is read afresh until one is right. */
  State state() throws IOException {
    if (Files.exists(cached)) {
      return fault(cached, true).isEmpty() ? State.CACHED : State.DAMAGED;
    }
    State state = State.REMOTE;
    for (Mirror mirror : mirrors) {
      if (mirror instanceof Mirror.Folder(Path folder) && Files.exists(folder.resolve(name))) {
        if (fault(folder.resolve(name), true).isEmpty()) {
          return State.MIRRORED;
        }
        state = State.DAMAGED;
      }
    }
    return state;
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
    String hash = afresh ? checksums.sha256Afresh(file) : checksums.sha256(file);
    return hash.equals(source.sha256())
        ? Optional.empty()
        : Optional.of("its SHA-256 is " + hash + ", but " + source.sha256() + " is expected");
  }

  private boolean isDownloaded(String url, String place, Progress progress) throws IOException {
    if (url.isBlank()) {
      tried.add(place + ": the dataset names none");
      return false;
    }
    try {
      AtomicFiles.write(
          cached,
          channel ->
              download.fetch(url, source, channel, done -> progress.update(done, source.bytes())));
      return true;
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      tried.add(place + " " + url + ": " + e.getMessage());
      return false;
    }
  }
}
