package dev.assay.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that are longer than a page. */
class PagingTest {
  private static final int RUNS = 250;

  @TempDir Path folder;

  @Test
  void manyRunsAreTurnedOverAndAFilterStartsAtTheFirstPage() throws IOException {
    Path results = folder.resolve("results");
    Gallery gallery = Gallery.in(results);
    for (int i = 0; i < RUNS; i++) {
      String model = i % 2 == 0 ? "gmm" : "vae";
      Gallery.Entry entry = new Gallery.Entry(model, "family", "digits", "", "cpu", i);
      String run = "%016x".formatted(i + 1);
      gallery
          .folder(run)
          .write(gallery.record(run, entry, RunStatus.FAILED, "", List.of(), "2".repeat(40)));
    }
    try (Browser browser = Browser.start(folder);
        Served served = Served.start(results)) {
      browser.open(served.address() + "#/runs");
      browser.waitFor("the first page", () -> rows(browser) == 100);
      assertThat(browser.see(".pager").getText()).contains("1 of 3");
      assertThat(browser.see("button", "Newer").isEnabled()).isFalse();
      browser.see(".pager button", "Older").click();
      browser.see(".pager span", "2 of 3");
      browser.see(".pager button", "Older").click();
      browser.waitFor("the last page", () -> rows(browser) == RUNS - 200);
      assertThat(browser.js("return location.hash").toString()).contains("page=3");
      assertThat(browser.see(".pager button", "Older").isEnabled()).isFalse();

      browser.see("input[type=search]").sendKeys("vae");
      browser.waitFor("half of them, from the start", () -> rows(browser) == 100);
      assertThat(browser.see(".pager").getText()).contains("1 of 2");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static int rows(Browser browser) {
    return browser.all(".runs tbody tr").size();
  }
}
