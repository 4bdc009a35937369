package dev.assay.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A site without a server says what the server says. */
final class StaticSiteTest {
  @TempDir private Path results;
  @TempDir private Path site;

  private JsonNode data(String path) throws IOException {
    String script = Files.readString(site.resolve("data").resolve(path + ".js"));
    String head = "(globalThis.assayData ??= {})[\"" + path + "\"] = ";
    assertThat(script).startsWith(head).endsWith(";\n");
    return JsonMapper.shared().readTree(script.substring(head.length(), script.length() - 2));
  }

  @Test
  void theSiteHoldsWhatTheServerAnswers() throws IOException {
    Folders.fill(results);
    StaticSite.Written written =
        StaticSite.write(TestServer.options(results, "127.0.0.1", false), site);
    assertThat(written.boards()).isEqualTo(10);
    assertThat(written.runs()).isEqualTo(14);
    assertThat(site.resolve("index.html")).isRegularFile();
    assertThat(data("site").get("static").asBoolean()).isTrue();
    try (TestServer server = TestServer.start(results)) {
      assertThat(data("docs")).isEqualTo(server.json("/api/v1/docs"));
      for (JsonNode board : data("boards").get("boards")) {
        String path = "boards/" + board.get("id").asString();
        assertThat(data(path).get("rows")).isEqualTo(server.json("/api/v1/" + path).get("rows"));
        for (String part : new String[] {"/frontier", "/anytime", "/history"}) {
          assertThat(data(path + part)).isEqualTo(server.json("/api/v1/" + path + part));
        }
      }
      for (JsonNode run : data("runs").get("runs")) {
        String path = "runs/" + run.get("id").asString();
        assertThat(data(path).get("run")).isEqualTo(server.json("/api/v1/" + path).get("run"));
        assertThat(data(path + "/curves")).isEqualTo(server.json("/api/v1/" + path + "/curves"));
        JsonNode samples = data(path + "/samples");
        assertThat(samples).isEqualTo(server.json("/api/v1/" + path + "/samples"));
        for (JsonNode group : samples.get("groups")) {
          for (JsonNode file : group.get("files")) {
            assertThat(site.resolve("data").resolve(file.get("href").asString())).isRegularFile();
          }
        }
      }
    }
  }
}
