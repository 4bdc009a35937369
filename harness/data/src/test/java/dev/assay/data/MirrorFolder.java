package dev.assay.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.spi.DatasetProvider;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder with the catalogue's files, for tests that read real data. */
public final class MirrorFolder {
  private MirrorFolder() {}

  /** The folder; the test is skipped if there is none. */
  public static Path orSkip() {
    Optional<Path> folder =
        Optional.ofNullable(System.getProperty("assay.mirror"))
            .or(() -> Optional.ofNullable(System.getenv("ASSAY_MIRROR")))
            .map(Path::of)
            .filter(Files::isDirectory);
    assumeTrue(folder.isPresent(), "no data mirror; set ASSAY_MIRROR to a folder with one");
    return folder.orElseThrow();
  }

  /** Its files, unverified. */
  public static DatasetProvider.Files files() {
    Path folder = orSkip();
    return (dataset, source) -> {
      Path file = folder.resolve(dataset).resolve(source.file());
      if (!Files.isRegularFile(file)) {
        throw new FileNotFoundException(file + ": no such file");
      }
      return file;
    };
  }
}
