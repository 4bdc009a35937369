package dev.assay.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.store.RunFolder;
import dev.assay.store.RunLock;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is said of runs in progress. */
final class LiveRunsTest {
  @TempDir private Path results;

  private RunFolder running() throws IOException {
    RunRecord record = Folders.record("study", "gmm", "points", 9, RunStatus.RUNNING, 0, "c0ffee");
    return Folders.write(results.resolve("runs").resolve("study"), record);
  }

  private static JsonNode only(TestServer server) throws IOException {
    return server.json("/api/v1/live").get("running").get(0);
  }

  @Test
  void aRunThatWasCutOffHasNoRateAndNoTimeLeftUntilSomebodyWorksOnIt() throws IOException {
    RunFolder folder = running();
    FileTime past = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    for (Path file : List.of(folder.curves(), folder.events(), folder.recordFile())) {
      Files.setLastModifiedTime(file, past);
    }
    try (TestServer server = TestServer.start(results)) {
      JsonNode cut = only(server);
      assertThat(cut.get("stalled").asBoolean()).isTrue();
      assertThat(cut.get("fraction").asDouble()).isEqualTo(0.2);
      for (String speed : List.of("etaSeconds", "stepsPerSecond", "examplesPerSecond")) {
        assertThat(cut.get(speed).isNull()).as(speed).isTrue();
      }
      try (RunLock _ = folder.tryLock().orElseThrow()) {
        server.until(() -> !unchecked(server).get("stalled").asBoolean());
        // 20 of 100 updates took 2 seconds
        assertThat(only(server).get("etaSeconds").asDouble()).isEqualTo(8, within(1e-9));
        assertThat(only(server).get("stepsPerSecond").asDouble()).isEqualTo(10, within(1e-9));
      }
    }
  }

  private static JsonNode unchecked(TestServer server) {
    try {
      return only(server);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The server reads the last 16 KiB = 565 · 29 − 1 bytes: one of 29 lacks its first digit. */
  @Test
  void theRateIsThatOfWholeLines() throws IOException {
    RunFolder folder = running();
    StringBuilder curves = new StringBuilder("step,examples,seconds,name,value\n");
    for (int i = 0; i < 1000; i++) {
      String line =
          String.format(Locale.ROOT, "%d,64,%.2f,train.loss,1\n", 1_000_000 + i, i / 100.0);
      assertThat(line).hasSize(29);
      curves.append(line);
    }
    Files.writeString(folder.curves(), curves);
    try (TestServer server = TestServer.start(results)) {
      assertThat(only(server).get("stepsPerSecond").asDouble()).isEqualTo(100, within(1e-6));
    }
  }
}
