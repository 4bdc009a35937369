package dev.assay.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dashboard.scale.Seed;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FirstPageTest {
  @TempDir Path results;

  @Test
  void aVisitorLoadsAllOfItWithLessThan300Kilobytes() throws IOException {
    new Seed(results, 1, 5, 1).write();
    try (TestServer server = TestServer.start(results)) {
      assertThat(server.json("/api/v1/boards?size=1").get("boards").get(0).get("rows").asInt())
          .isEqualTo(200);
      assertThat(FirstPage.bytes(server)).isBetween(100_000L, 300_000L);
    }
  }
}
