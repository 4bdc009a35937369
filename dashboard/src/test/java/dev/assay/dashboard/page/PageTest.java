package dev.assay.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What a visitor does. */
class PageTest extends Visit {
  private List<String> models() {
    return browser.texts(".board tbody .model-name a");
  }

  @Test
  void theBoardOpensWithRanksIntervalsAndKinds() {
    open("");
    browser.see(".board tbody tr");

    assertThat(browser.see("h1").getText()).isEqualTo("digits");
    assertThat(models()).containsExactly("gmm", "gmm", "gpt", "independent", "vae");
    assertThat(browser.texts(".board tbody .rank")).containsExactly("1", "1", "1", "4", "1");
    assertThat(browser.texts(".section-head .badge"))
        .containsExactly("exact", "mass", "≤ bound", "mass");
    assertThat(
            browser
                .texts(".board tbody .main")
                .getFirst()
                .replace('\u202f', ' ')
                .replace('\u00a0', ' '))
        .isEqualTo("18.00 ± 0.40");
    assertThat(browser.all(".board .interval .bar")).hasSize(5);
    assertThat(browser.texts(".board tbody [data-label=seeds]"))
        .containsExactly("1", "1", "2", "1", "1");
  }

  @Test
  void referencesFrameTheScoreAndFlaggedSamplesHaveNoRank() {
    open("#/board/digits?metric=c2st");
    browser.see(".board tbody tr");
    assertThat(browser.texts(".reference .badge")).contains("attainable", "floor");
    assertThat(browser.texts(".reference .rank")).containsExactly("", "");
    assertThat(browser.see("label.field", "Backend").getText()).contains("cpu").contains("jcuda");
    assertThat(browser.texts("label.field option")).doesNotContain("");
    String gmm = browser.see(".board tbody tr", "gmm").getText();
    assertThat(gmm).contains("59 %"); // (0.38 - 0.9) / (0.02 - 0.9)
    assertThat(browser.see(".board tbody tr", "vae").findElement(By.cssSelector(".rank")).getText())
        .isEmpty();
    assertThat(browser.see(".board tbody tr", "vae").findElements(By.cssSelector(".badge")))
        .isNotEmpty();
  }

  @Test
  void aBadgeExplainsItselfToTheKeyboard() {
    open("");
    WebElement badge = browser.see(".section-head .badge", "≤ bound");
    browser.js("arguments[0].focus()", badge);

    assertThat(browser.see("[role=tooltip]:not([hidden])").getText())
        .contains("the true value is no worse");
    badge.sendKeys(Keys.ESCAPE);
    browser.waitFor(
        "the note is gone", () -> browser.all("[role=tooltip]:not([hidden])").isEmpty());
  }

  @Test
  void aClickOnAHeadSortsAndTheAddressKeepsIt() {
    open("");
    browser.see(".board th .sorter", "samples/s").click();
    browser.waitFor(
        "the fastest is first",
        () ->
            models().getFirst().equals("gmm")
                && browser
                    .texts(".board tbody [data-label='samples/s']")
                    .getFirst()
                    .equals("900k"));
    assertThat(browser.js("return location.hash").toString())
        .contains("sort=-sampleExamplesPerSecond");

    browser.see(".board th .sorter", "samples/s").click();
    browser.waitFor("the slowest is first", () -> models().getFirst().equals("gpt"));

    open(browser.js("return location.hash").toString());
    browser.see(".board tbody tr");
    assertThat(models()).startsWith("gpt");
  }

  @Test
  void filtersAndSearchNarrowTheRowsAndResetBringsThemBack() {
    open("");
    browser.see(".board tbody tr");
    browser.see("input[type=search]").sendKeys("width=64");
    browser.waitFor("one row", () -> models().equals(List.of("gpt")));
    assertThat(browser.js("return location.hash").toString()).contains("q=width%3D64");

    browser.see("button", "Reset").click();
    browser.waitFor("all rows", () -> models().size() == 5);
    choose("Backend", "jcuda");
    browser.waitFor("one row", () -> models().equals(List.of("gmm")));
    assertThat(browser.texts(".state")).contains("No row fits the filters.");
  }

  /** Chooses an option as a person does: the select changes and says so. */
  private void choose(String label, String option) {
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

  @Test
  void backendsStandSideBySide() {
    open("");
    browser.see(".pills button", "Side by side").click();
    browser.see(".table.beside");

    String gmm = browser.see(".table.beside tbody tr", "gmm").getText();
    assertThat(gmm).contains("60.0k").contains("900k").contains("15×").contains("5.0×");
  }

  @Test
  void whatIsShownCanBeDownloaded() throws IOException {
    open("");
    browser.see(".board tbody tr");
    browser.see("input[type=search]").sendKeys("gmm");
    browser.waitFor("two rows", () -> models().size() == 2);
    browser.see(".head button:not(:disabled)", "CSV").click();
    browser.see(".head button", "JSON").click();
    browser.waitFor(
        "two files",
        () -> names(downloads).containsAll(List.of("digits-nll.csv", "digits-nll.json")));

    List<String> lines = Files.readAllLines(downloads.resolve("digits-nll.csv"));
    assertThat(lines).hasSize(3);
    assertThat(lines.getFirst()).startsWith("dataset,metric,kind,unit,direction,signature,rank,");
    assertThat(Files.readString(downloads.resolve("digits-nll.json"))).contains("\"exact/mass\"");
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

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
