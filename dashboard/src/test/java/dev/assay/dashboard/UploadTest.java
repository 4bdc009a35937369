package dev.assay.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs from elsewhere come in whole and clean, or not at all. */
final class UploadTest {
  private static final String ZIP = "application/zip";
  private static final String GZIP = "application/gzip";

  @TempDir private static Path results;
  @TempDir private static Path elsewhere;
  private static TestServer server;
  private static String token;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start(results);
    token = server.token("upload");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aRunThatIsSentAsTarOrZipIsShownAndSentAgainChangesNothing() throws IOException {
    Map<String, byte[]> run =
        Packed.files(Folders.write(elsewhere, Folders.record("ci", "vae", "digits", 4, 7)));
    run.put("tasks/infill.png", Pngs.png(3, 3));
    HttpResponse<byte[]> first = server.upload(Packed.tar("run/", run), GZIP, token);
    assertThat(first.statusCode()).as(text(first)).isEqualTo(201);
    JsonNode answer = JsonMapper.shared().readTree(first.body());
    HttpResponse<byte[]> again = server.upload(Packed.zip("", run), ZIP, token);
    assertThat(again.statusCode()).as(text(again)).isEqualTo(200);
    assertThat(JsonMapper.shared().readTree(again.body()).get("manifest"))
        .isEqualTo(answer.get("manifest"));
    JsonNode shown = server.json("/api/v1/runs/" + answer.get("id").asString());
    assertThat(shown.get("run").get("source").asString()).isEqualTo("upload");
    assertThat(shown.get("samples").asInt()).isEqualTo(4);
    String picture = "/api/v1/runs/" + answer.get("id").asString() + "/samples/infill.png";
    assertThat(server.get(picture).statusCode()).isEqualTo(200);
    assertThat(server.json("/api/v1/runs?q=vae").get("page").get("total").asInt()).isEqualTo(1);
  }

  @Test
  void nothingOfAPictureIsKeptButItsPixels() throws IOException {
    Map<String, byte[]> run =
        Packed.files(Folders.write(elsewhere, Folders.record("ci", "flow", "digits", 4, 7)));
    run.put("samples/samples.png", Pngs.laden(Pngs.png(4, 4), "<script>alert(1)</script>"));
    HttpResponse<byte[]> response = server.upload(Packed.zip("", run), ZIP, token);
    assertThat(response.statusCode()).as(text(response)).isEqualTo(201);
    String id = JsonMapper.shared().readTree(response.body()).get("id").asString();
    byte[] served = server.get("/api/v1/runs/" + id + "/samples/samples.png").body();
    assertThat(new String(served, StandardCharsets.ISO_8859_1)).doesNotContain("script", "tEXt");
    assertThat(ImageIO.read(new java.io.ByteArrayInputStream(served)).getWidth()).isEqualTo(4);
  }

  @TestFactory
  Stream<DynamicTest> hostileUploadsAreRefusedAndLeaveNothing() throws IOException {
    Map<String, HostileUploads.Upload> all = HostileUploads.all(elsewhere);
    assertThat(all).hasSizeGreaterThan(60);
    return all.entrySet().stream()
        .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> refused(one.getValue())));
  }

  private static void refused(HostileUploads.Upload hostile) throws IOException {
    TreeSet<String> before = onDisk();
    HttpResponse<byte[]> response =
        server.upload(hostile.body(), hostile.mediaType(), server.token("upload"));
    assertThat(response.statusCode()).as(text(response)).isBetween(400, 499);
    assertThat(onDisk()).isEqualTo(before);
  }

  private static TreeSet<String> onDisk() throws IOException {
    TreeSet<String> files = new TreeSet<>();
    try (Stream<Path> walk = Files.walk(results)) {
      walk.map(results::relativize)
          .map(Path::toString)
          .filter(name -> !name.contains("tokens.json") && !name.contains("index.db"))
          .filter(name -> !name.equals(".assay/quarantine"))
          .forEach(files::add);
    }
    return files;
  }

  private static String text(HttpResponse<byte[]> response) {
    return response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8);
  }
}
