package dev.assay.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What a visitor does beside the boards. */
class PageTest extends Visit {
  @Test
  void aModelsNameLeadsToItsRun() {
    open("");
    browser.see(".board .model-name a", "vae").click();
    browser.see("h2", "Learning curves");

    assertThat(browser.js("return location.hash").toString()).startsWith("#/run/" + Gallery.VAE);
    assertThat(browser.see("h1").getText()).isEqualTo("vae");
    browser.see(".curves canvas");
    assertThat(browser.texts("h2"))
        .contains("Samples", "Metrics", "Make it again", "Settings", "Provenance", "Log");
    assertThat(browser.see(".command pre").getText()).startsWith("assay reproduce ");
    browser.waitFor(
        "both pictures are drawn",
        () ->
            Long.valueOf(2)
                .equals(
                    browser.js(
                        "return [...document.querySelectorAll('.picture img')].filter((i) => i.complete && i.naturalWidth === 60).length")));
    assertThat(browser.texts(".picture figcaption"))
        .contains("nearest training examples, place for place");
  }

  @Test
  void soundPlaysAndTextReads() {
    open("#/run/" + Gallery.GPT);
    WebElement audio = browser.see("audio");
    assertThat(browser.see(".drawn").getText()).contains("emma").contains("olivia");
    Object played =
        browser.later(
            """
            const [audio, done] = arguments;
            audio.addEventListener("timeupdate", () => audio.currentTime > 0 && done(audio.duration));
            audio.addEventListener("error", () => done("error " + audio.error.message));
            audio.play().catch((e) => done(String(e)));
            """,
            audio);
    assertThat(((Number) played).doubleValue()).isEqualTo(1.0);
  }

  @Test
  void pointsOfThePlaneAreDrawn() {
    open("#/run/" + Gallery.PLANE);
    WebElement canvas = browser.see(".plane canvas");

    assertThat(canvas.getAttribute("aria-label")).isEqualTo("200 points drawn by the model");
    assertThat(
            (Boolean)
                browser.js(
                    "const c = arguments[0]; return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v > 0)",
                    canvas))
        .isTrue();
  }

  @Test
  void aFailedRunSaysWhy() {
    open("#/run/" + Gallery.BROKEN);

    assertThat(browser.see(".notice").getText()).isEqualTo("out of memory");
    assertThat(browser.see(".error-log").getText()).contains("OutOfMemoryError");
  }

  @Test
  void twoTickedRowsAreCompared() {
    open("");
    browser.see(".board tbody tr");
    browser.see("[aria-label^='Compare gpt']").click();
    assertThat(browser.see(".picked").getText()).contains("Choose one more");
    browser.see("[aria-label^='Compare independent']").click();
    browser.see(".picked a", "Compare").click();
    browser.see("h2", "Numbers");

    assertThat(browser.js("return location.hash"))
        .isEqualTo("#/compare/%s/%s".formatted(id(Gallery.GPT), id(Gallery.INDEPENDENT)));
    assertThat(browser.texts("h2")).contains("Paired differences", "Curves", "Samples");
    browser.see(".curves canvas");
    String settings = browser.see("section", "Settings").getText();
    assertThat(settings)
        .contains("model.id")
        .contains("gpt")
        .contains("independent")
        .doesNotContain("seed 1 1");
    assertThat(browser.see(".winner").getText()).startsWith("18.25");
  }

  /** The id that the server gave to a run. */
  private String id(String run) {
    return browser
        .js("return location.hash")
        .toString()
        .replaceFirst("^#/compare/", "")
        .lines()
        .flatMap(path -> Stream.of(path.split("/")))
        .filter(part -> part.startsWith(run))
        .findFirst()
        .orElse(run);
  }

  @Test
  void theFrontierLeadsToRunsByPointerAndKeyboard() {
    open("#/frontier");
    browser.see(".point");
    assertThat(browser.all(".point")).hasSize(4);
    assertThat(browser.all(".point.best")).hasSize(1);
    WebElement point = browser.see(".point[aria-label^='gpt']");
    browser.js("arguments[0].focus()", point);
    assertThat(browser.see(".hover").getText())
        .contains("gpt")
        .contains("layers=2 width=64")
        .contains("18.30");
    point.sendKeys(Keys.ENTER);
    browser.see("h1", "gpt");

    open("#/frontier/digits?x=parameters&scale=linear");
    browser.see(".axis-label", "parameters");
  }

  @Test
  void curvesOfABoardAreOverlaid() {
    open("#/anytime");
    browser.see(".curves canvas");
    assertThat(browser.texts(".legend li")).hasSize(4);
    browser.see(".pills button", "Steps").click();
    browser.waitFor(
        "steps in the address",
        () -> browser.js("return location.hash").toString().contains("by=steps"));
  }

  @Test
  void historyDrawsNumbersOverCommits() {
    open("#/history");
    browser.see(".curves canvas");
    assertThat(browser.texts(".legend li").toString()).contains("gmm");
    assertThat(browser.see("h2", "Changes").isDisplayed()).isTrue();
  }

  @Test
  void runsAreListedAndFiltered() {
    open("#/runs");
    browser.see(".runs tbody tr");
    assertThat(browser.all(".runs tbody tr")).hasSize(12);
    choose("Status", "FAILED");
    browser.waitFor("one run", () -> browser.all(".runs tbody tr").size() == 1);
    browser.see(".runs tbody a", "maf").click();
    browser.see("h1", "maf");
  }

  @Test
  void aCardOpensByItsLink() {
    open("#/docs/models/vae");
    assertThat(browser.see("#doc-vae[open]").getText()).contains("latent");
    open("#/docs/words");
    browser.see(".words", "Rows that cannot be told from the best");
  }
}
