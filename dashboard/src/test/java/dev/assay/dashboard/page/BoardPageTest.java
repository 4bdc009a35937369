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

/** What a visitor does with a board. */
class BoardPageTest extends Visit {
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

  @Test
  void backendsStandSideBySide() {
    open("");
    browser.see(".pills button", "Side by side").click();
    browser.see(".table.beside");

    String gmm = browser.see(".table.beside tbody tr", "gmm").getText();
    assertThat(gmm).contains("60.0k").contains("900k").contains("15×").contains("5.0×");
    assertThat(browser.see(".table.beside tbody tr", "vae").getText()).contains("≤");
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
}
