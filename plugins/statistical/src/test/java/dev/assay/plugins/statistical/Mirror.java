package dev.assay.plugins.statistical;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Datasets in the folder that ASSAY_MIRROR names; a test that needs a missing one is skipped. */
final class Mirror {
  private Mirror() {}

  static String text(String file) {
    try {
      return Files.readString(find(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> gzipLines(String file) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(find(file))), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path find(String file) {
    String mirror = System.getenv("ASSAY_MIRROR");
    assumeTrue(mirror != null, "ASSAY_MIRROR is not set");
    Path path = Path.of(mirror, file);
    assumeTrue(Files.exists(path), path + " is missing");
    return path;
  }
}
