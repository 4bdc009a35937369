package dev.assay.data.files;

import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetCard.Source;
import dev.assay.spi.DatasetProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files of datasets, looked for in the cache, then in the mirrors, then at their official address.
 * No file is given out before its size and SHA-256 are right. A folder mirror's file is used in
 * place; what is downloaded goes into the cache. Safe for use by several threads and processes.
 */
public final class DataFiles implements DatasetProvider.Files {
  private static final Duration STALL = Duration.ofSeconds(30);

  private final FileSearch.Places places;

  /** What is known of a file without reading it or asking any server. */
  public enum State {
    /** In the cache, of the right size. */
    CACHED,
    /** In a folder mirror, of the right size. */
    MIRRORED,
    /** Somewhere, but of another size. */
    DAMAGED,
    /** Nowhere on this machine. */
    ABSENT
  }

  /**
   * @param path where it lies, if it does
   */
  public record FileStatus(Source source, State state, Optional<Path> path) {}

  /**
   * @param cache folder for downloads, under {@code data/}, and for remembered hashes
   * @param mirrors places to look in after the cache, in this order
   */
  public DataFiles(Path cache, List<Mirror> mirrors, Progress progress) {
    this(cache, mirrors, progress, STALL);
  }

  DataFiles(Path cache, List<Mirror> mirrors, Progress progress, Duration stall) {
    Path folder = cache.toAbsolutePath();
    places =
        new FileSearch.Places(
            folder,
            List.copyOf(mirrors),
            new Checksums(folder.resolve("verified")),
            new Download(stall),
            progress);
  }

  /**
   * As the user has set things up: the cache is {@code ASSAY_CACHE}, else {@code
   * XDG_CACHE_HOME/assay}, else {@code ~/.cache/assay}; the mirrors are the system property {@code
   * assay.mirror}, else {@code ASSAY_MIRROR}.
   *
   * @throws IllegalArgumentException if a mirror's address is malformed
   */
  public static DataFiles ofUser(Progress progress) {
    Map<String, String> environment = System.getenv();
    String home = System.getProperty("user.home", ".");
    Path cache =
        set(environment, "ASSAY_CACHE")
            .map(Path::of)
            .or(() -> set(environment, "XDG_CACHE_HOME").map(xdg -> Path.of(xdg, "assay")))
            .orElse(Path.of(home, ".cache", "assay"));
    String mirrors =
        Optional.ofNullable(System.getProperty("assay.mirror"))
            .or(() -> set(environment, "ASSAY_MIRROR"))
            .orElse("");
    return new DataFiles(cache, Mirror.parse(mirrors), progress);
  }

  private static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** The folder of the cache. */
  public Path cache() {
    return places.cache();
  }

  public List<Mirror> mirrors() {
    return places.mirrors();
  }

  /**
   * The file of this card, verified. A large download may take minutes.
   *
   * @throws IOException if it cannot be had; the message has one line for each place, and how to
   *     mend it
   */
  @Override
  public synchronized Path get(String dataset, Source source) throws IOException {
    return new FileSearch(places, dataset, source).find();
  }

  /** What is known of a dataset's files; empty if it needs none. */
  public List<FileStatus> status(DatasetCard card) throws IOException {
    List<FileStatus> statuses = new ArrayList<>();
    for (Source source : card.sources()) {
      statuses.add(new FileSearch(places, card.id(), source).status());
    }
    return statuses;
  }

  /**
   * Makes all files of a dataset usable.
   *
   * @return where they lie, in the card's order
   * @throws IOException as {@link #get}
   */
  public List<Path> fetch(DatasetCard card) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (Source source : card.sources()) {
      paths.add(get(card.id(), source));
    }
    return paths;
  }

  /**
   * Reads and hashes all files of a dataset that are on this machine, whatever is remembered of
   * them. Downloads nothing.
   *
   * @return complaints, each beginning with a path; empty if all is well
   */
  public synchronized List<String> verify(DatasetCard card) throws IOException {
    List<String> complaints = new ArrayList<>();
    for (Source source : card.sources()) {
      complaints.addAll(new FileSearch(places, card.id(), source).verify());
    }
    return complaints;
  }
}
