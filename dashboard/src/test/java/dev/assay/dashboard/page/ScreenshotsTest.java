package dev.assay.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the pictures of {@code src/docs/images}, of the committed results with the runs of {@code
 * experiments/quickstart.yaml} beside them: {@code -Dgroups=slow -DexcludedGroups=
 * -Dassay.pictures=results -Dtest=ScreenshotsTest}.
 */
@Tag("slow")
@EnabledIfSystemProperty(named = "assay.pictures", matches = ".+")
class ScreenshotsTest {
  private static final int LARGEST = 150_000;

  @TempDir Path folder;

  @Test
  void thePagesHaveTheirPicturesTaken() throws IOException {
    Path results = Path.of(System.getProperty("assay.pictures"));
    try (Browser browser = Browser.start(folder);
        Served served = Served.start(results)) {
      browser.size(1280, 800);
      browser.prefers("light");
      browser.open(served.address() + "#/board/uci-digits?metric=nll");
      browser.see(".board tbody tr");
      take(browser, "dashboard-board");
      browser.open(served.address() + "#/runs?q=vae+latent%3D4+uci-digits");
      browser.see(".runs tbody a", "vae").click();
      browser.see(".curves canvas");
      browser.waitFor("the samples are drawn", () -> drawn(browser));
      take(browser, "dashboard-run");
      browser.prefers("dark");
      browser.open(served.address() + "#/frontier/uci-digits");
      browser.js("arguments[0].focus()", browser.see(".point.best"));
      take(browser, "dashboard-frontier");
      browser.size(390, 844);
      browser.open(served.address() + "#/board/uci-digits?metric=nll");
      browser.see(".board tbody tr");
      take(browser, "dashboard-phone");
    }
  }

  private static boolean drawn(Browser browser) {
    return Boolean.TRUE.equals(
        browser.js(
            "return [...document.querySelectorAll('.picture img')].every((i) => i.naturalWidth > 0)"));
  }

  private static void take(Browser browser, String name) throws IOException {
    browser.js("document.documentElement.style.scrollBehavior = 'auto'; scrollTo(0, 0)");
    byte[] picture = browser.picture();
    assertThat(picture).as(name).hasSizeLessThan(LARGEST);
    Path images = Path.of(System.getProperty("assay.root"), "src/docs/images");
    Files.write(images.resolve(name + ".png"), picture);
  }
}
