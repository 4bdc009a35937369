package dev.assay.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.RunFolder;
import dev.assay.store.RunLock;
import dev.assay.store.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is watched from its first update to its end. */
class LiveTest {
  @TempDir Path folder;

  @Test
  void aRunAppearsMovesAndEndsWithoutLoadingThePageAgain() throws IOException {
    Path results = folder.resolve("results");
    Gallery gallery = Gallery.in(results);
    gallery.write();
    try (Browser browser = Browser.start(folder);
        Served served = Served.start(results)) {
      browser.open(served.address() + "#/live");
      browser.see("main", "Nothing is running");
      browser.see(".badge", "live");
      browser.js("globalThis.sameDocument = true");

      RunFolder run = gallery.folder(Gallery.LIVE);
      Gallery.Entry entry =
          new Gallery.Entry("ddpm", "diffusion", "digits", "timesteps=100", "cpu", 1);
      run.write(
          gallery.record(Gallery.LIVE, entry, RunStatus.RUNNING, "", List.of(), "2".repeat(40)));
      try (RunLock lock = run.tryLock().orElseThrow()) {
        Files.writeString(
            run.events(), "{\"time\":\"2026-11-21T10:00:00.000Z\",\"event\":\"start\"}\n");
        GalleryFiles.curves(run, 20, 21, 2);
        browser.see(".live-card", "ddpm");
        browser.waitFor("step 20", () -> browser.texts(".live-facts dd").contains("20"));
        browser.see(".nav .mark");

        browser.offline(true); // cut the stream; what happens meanwhile must not be lost
        browser.offline(false);
        GalleryFiles.curves(run, 40, 21, 4);
        browser.waitFor("step 40", () -> browser.texts(".live-facts dd").contains("40"));

        run.write(
            gallery.record(
                Gallery.LIVE,
                entry,
                RunStatus.DONE,
                "",
                List.of(Gallery.likelihood("exact/mass", "v1|method:exact|data:digits", 17.0, 0.2)),
                "2".repeat(40)));
        Files.writeString(
            run.events(),
            """
            {"time":"2026-11-21T10:00:00.000Z","event":"start"}
            {"time":"2026-11-21T10:00:09.000Z","event":"end","status":"DONE","reason":""}
            """);
      }
      assertThat(browser.see(".ended li", "ddpm").getText()).contains("done");
      browser.see("main", "Nothing is running");

      browser.js("location.hash = '#/board/digits'");
      browser.see(".board .model-name a", "ddpm");
      assertThat(browser.js("return sameDocument")).isEqualTo(true);
    }
  }
}
