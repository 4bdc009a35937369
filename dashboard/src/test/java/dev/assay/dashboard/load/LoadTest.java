package dev.assay.dashboard.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dashboard.Folders;
import dev.assay.dashboard.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small load for a few seconds: nothing fails and nothing piles up. {@link FullLoadTest} takes
 * the times.
 */
@Timeout(180)
final class LoadTest {
  private static final long BOUND = 48L << 20;

  @TempDir Path results;

  @Test
  void aServerUnderLoadMakesNoErrorAndItsHeapDoesNotGrow() throws Exception {
    Folders.fill(results);
    try (TestServer server = TestServer.start(results, Duration.ofMinutes(1).toNanos());
        Activity activity = Activity.in(results)) {
      Load load = new Load(server.uri("/").getPort(), paths(server.uri("/")), 8, 100, 40, 10);
      Load.Report first = load.run(Duration.ofSeconds(2));
      long before = used();
      Load.Report second = load.run(Duration.ofSeconds(2));
      assertThat(first.errors()).isEmpty();
      assertThat(second.errors()).isEmpty();
      assertThat(second.millis()).hasSize(200);
      assertThat(second.events()).isPositive();
      assertThat(used() - before).isLessThan(BOUND);
    }
  }

  /** Of several tries the least: a collector need not collect all at once. */
  private static long used() {
    long least = Long.MAX_VALUE;
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /** What visitors ask for: the page, boards, runs, curves. */
  static List<String> paths(URI server) throws IOException {
    List<String> paths = new ArrayList<>();
    paths.addAll(List.of("/", "/js/app.js", "/api/v1/site", "/api/v1/boards", "/api/v1/live"));
    for (JsonNode board : json(server, "/api/v1/boards?size=20").get("boards")) {
      String path = "/api/v1/boards/" + board.get("id").asString();
      paths.addAll(List.of(path, path + "?sort=value&order=desc", path + "/frontier"));
    }
    for (JsonNode run : json(server, "/api/v1/runs?size=20&status=DONE").get("runs")) {
      String path = "/api/v1/runs/" + run.get("id").asString();
      paths.addAll(List.of(path, path + "/curves"));
    }
    return List.copyOf(paths);
  }

  private static JsonNode json(URI server, String path) throws IOException {
    try (InputStream in = server.resolve(path).toURL().openStream()) {
      return JsonMapper.shared().readTree(in);
    }
  }
}
