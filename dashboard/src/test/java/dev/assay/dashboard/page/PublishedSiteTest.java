package dev.assay.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dashboard.StaticSite;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as {@code assay publish} writes it. */
class PublishedSiteTest {
  @TempDir Path folder;

  @Test
  void aFolderShowsBoardsFrontierSamplesAndComparisonsWithoutAServer() throws Exception {
    Path results = folder.resolve("results");
    Gallery.in(results).write();
    Path site = folder.resolve("site");
    StaticSite.write(Served.options(results), site);
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
}
