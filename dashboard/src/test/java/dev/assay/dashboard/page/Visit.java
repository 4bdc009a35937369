package dev.assay.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A browser before a server of the {@link Gallery}, for all tests of a class. After each test
 * nothing may stand on the console.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Visit {
  Path downloads;
  Browser browser;
  Served dashboard;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    downloads = Files.createDirectories(folder.resolve("downloads"));
    browser = Browser.start(downloads);
    Path results = folder.resolve("results");
    Gallery.in(results).write();
    dashboard = Served.start(results);
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (dashboard != null) {
      dashboard.close();
    }
  }

  @BeforeEach
  void wide() {
    browser.size(1360, 900);
    browser.prefers("light");
  }

  @AfterEach
  void theConsoleIsQuiet() {
    assertThat(browser.complaints()).isEmpty();
  }

  void open(String hash) {
    browser.open(dashboard.address() + hash);
  }

  /** Opens a page and waits until all of it is there. */
  void settled(String hash) {
    open(hash);
    browser.see("h1");
    browser.waitFor("all is there", () -> browser.all(".skeleton").isEmpty());
  }

  /** Chooses an option as a person does: the select changes and says so. */
  void choose(String label, String option) {
    browser.js(
        """
        const select = [...document.querySelectorAll("label.field")]
          .find((l) => l.querySelector("span").textContent === arguments[0]).querySelector("select");
        select.value = arguments[1];
        select.dispatchEvent(new Event("change", {bubbles: true}));
        """,
        label,
        option);
  }
}
