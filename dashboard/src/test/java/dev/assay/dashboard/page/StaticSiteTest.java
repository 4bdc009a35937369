package dev.assay.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a folder: each answer of the API beside it as a script, as openapi.yaml says. */
class StaticSiteTest {
  private static final Pattern ID =
      Pattern.compile("\"id\":\"([0-9a-z-]{16,})\",\"(dataset|run)\":");
  private static final Pattern HREF = Pattern.compile("\"href\":\"([^\"]+)\"");

  @TempDir Path folder;

  @Test
  void aFolderShowsBoardsFrontierSamplesAndComparisonsWithoutAServer() throws Exception {
    Path results = folder.resolve("results");
    Gallery.in(results).write();
    Path site = folder.resolve("site");
    WebFolder.write(site);
    try (Served served = Served.start(results)) {
      new Copy(served.address() + "api/v1/", site.resolve("data")).all();
    }
    try (Browser browser = Browser.start(folder)) {
      String page = site.resolve("index.html").toUri().toString();
      browser.open(page);
      browser.see(".board tbody tr");
      assertThat(browser.texts(".board tbody .model-name a"))
          .containsExactly("gmm", "gmm", "gpt", "independent", "vae");
      assertThat(browser.texts(".nav a")).doesNotContain("Live");
      browser.see(".board th .sorter", "samples/s").click();
      browser.see(".board .model-name a", "vae").click();
      browser.see(".curves canvas");
      browser.waitFor(
          "the samples are drawn",
          () ->
              Boolean.TRUE.equals(
                  browser.js(
                      "return document.querySelector('.picture img')?.naturalWidth === 60")));
      for (String hash : List.of("#/frontier", "#/anytime", "#/history", "#/runs", "#/docs")) {
        browser.open(page + hash);
        browser.waitFor(
            hash, () -> !browser.all(".point, .curves canvas, .runs tr, .doc").isEmpty());
      }
      browser.open(page + "#/runs");
      browser.see(".runs tbody a", "gpt").click();
      browser.see(".pills a", "seed 1").click();
      browser.see("audio");
      String first = browser.js("return location.hash.split('/')[2]").toString();
      browser.open(page + "#/runs?q=independent+statistical");
      browser.see(".runs tbody a", "independent").click();
      browser.see("h1", "independent");
      String second = browser.js("return location.hash.split('/')[2]").toString();
      browser.open(page + "#/compare/" + first + "/" + second);
      browser.see(".curves canvas");
      assertThat(browser.texts("h2"))
          .contains("Numbers", "Settings")
          .doesNotContain("Paired differences");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /** Copies the answers of a server into a folder. */
  private record Copy(String api, Path data) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    void all() throws IOException, InterruptedException {
      put("site", text("site").replaceFirst("\"static\" *: *false", "\"static\":true"));
      put("docs", text("docs"));
      String boards = text("boards?size=1000");
      put("boards", boards);
      for (String id : found(ID, boards)) {
        for (String part : List.of("", "/frontier", "/anytime", "/history")) {
          put("boards/" + id + part, text("boards/" + id + part));
        }
      }
      String runs = text("runs?size=1000");
      put("runs", runs);
      for (String id : found(ID, runs)) {
        put("runs/" + id, text("runs/" + id));
        put("runs/" + id + "/curves", text("runs/" + id + "/curves"));
        String samples = text("runs/" + id + "/samples");
        put("runs/" + id + "/samples", samples);
        for (String href : found(HREF, samples)) {
          Path file = data.resolve(href);
          Files.createDirectories(file.getParent());
          Files.write(file, bytes(href));
        }
      }
    }

    private static List<String> found(Pattern pattern, String text) {
      Matcher matcher = pattern.matcher(text);
      return matcher.results().map(match -> match.group(1)).distinct().toList();
    }

    private void put(String path, String json) throws IOException {
      Path file = data.resolve(path + ".js");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "(globalThis.assayData ??= {})[\"" + path + "\"] = " + json + ";\n");
    }

    private String text(String path) throws IOException, InterruptedException {
      return new String(bytes(path), StandardCharsets.UTF_8);
    }

    private byte[] bytes(String path) throws IOException, InterruptedException {
      HttpResponse<byte[]> response =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(api + path)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(response.statusCode()).as(path).isEqualTo(200);
      return response.body();
    }
  }
}
