package dev.assay.data.files;

import com.google.auto.service.AutoService;
import dev.assay.spi.DatasetCard.Source;
import dev.assay.spi.DatasetFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files of datasets, none given out before its size and SHA-256 are right. A folder mirror's file
 * is used in place; what is downloaded goes into the cache. Safe for use by several threads and
 * processes.
 *
 * <p>The cache is the folder {@code ASSAY_CACHE}, else {@code XDG_CACHE_HOME/assay}, else {@code
 * ~/.cache/assay}; the mirrors are the system property {@code assay.mirror}, else {@code
 * ASSAY_MIRROR}, in the form that {@link Mirror#parse} reads.
 */
@AutoService(DatasetFiles.class)
public final class DataFiles implements DatasetFiles {
  private static final Duration STALL = Duration.ofSeconds(30);
  private static final Progress NOBODY = (done, total) -> {};

  private final Path cache;
  private final String mirrors;
  private final Checksums checksums;
  private final Download download;

  /** As the user's environment says. */
  public DataFiles() {
    this(cache(System.getenv()), mirrors(System.getenv()), STALL);
  }

  DataFiles(Path cache, String mirrors, Duration stall) {
    this.cache = cache.toAbsolutePath();
    this.mirrors = mirrors;
    checksums = new Checksums(this.cache.resolve("verified"));
    download = new Download(stall);
  }

  static Path cache(Map<String, String> environment) {
    return set(environment, "ASSAY_CACHE")
        .map(Path::of)
        .or(() -> set(environment, "XDG_CACHE_HOME").map(xdg -> Path.of(xdg, "assay")))
        .orElseGet(() -> Path.of(System.getProperty("user.home", "."), ".cache", "assay"));
  }

  private static String mirrors(Map<String, String> environment) {
    return Optional.ofNullable(System.getProperty("assay.mirror"))
        .or(() -> set(environment, "ASSAY_MIRROR"))
        .orElse("");
  }

  private static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  @Override
  public Path cache() {
    return cache;
  }

  @Override
  public Path get(String dataset, Source source) throws IOException {
    return get(dataset, source, NOBODY);
  }

  @Override
  public synchronized Path get(String dataset, Source source, Progress progress)
      throws IOException {
    return search(dataset, source).find(progress);
  }

  @Override
  public State state(String dataset, Source source) throws IOException {
    return search(dataset, source).state();
  }

  private FileSearch search(String dataset, Source source) throws IOException {
    List<Mirror> places;
    try {
      places = Mirror.parse(mirrors);
    } catch (IllegalArgumentException e) {
      throw new IOException("ASSAY_MIRROR: " + e.getMessage(), e);
    }
    return new FileSearch(cache, places, checksums, download, dataset, source);
  }
}
