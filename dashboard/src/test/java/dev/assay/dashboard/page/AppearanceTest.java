package dev.assay.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Whatever is shown: in either theme, on a phone, by keyboard, and when something is wrong. */
class AppearanceTest extends Visit {
  @Test
  void theThemeFollowsTheSystemUntilOneIsChosen() {
    browser.prefers("dark");
    open("");
    browser.see("#theme");
    assertThat(luminance()).isLessThan(60);
    browser.see("#theme").click();
    assertThat(luminance()).isGreaterThan(200);
    open("#/runs");
    browser.see("#theme");
    assertThat(luminance()).as("the choice is kept").isGreaterThan(200);
    browser.js("localStorage.clear()");
  }

  private double luminance() {
    String colour =
        browser.js("return getComputedStyle(document.documentElement).backgroundColor").toString();
    String[] parts = colour.replaceAll("[^0-9,.]", "").split(",");
    return Stream.of(parts).limit(3).mapToDouble(Double::parseDouble).average().orElseThrow();
  }

  @Test
  void everyPageFitsAPhoneWhoseSizesSatisfyAxeToo() {
    browser.size(390, 844);
    for (String hash : pages()) {
      settled(hash);
      assertThat(browser.js("return document.documentElement.scrollWidth - innerWidth"))
          .as(hash)
          .isEqualTo(0L);
      if (BUSY.contains(hash)) {
        assertThat(Axe.serious(browser)).as(hash).isEmpty();
      }
    }
  }

  /** Pages with all that a phone arranges otherwise. */
  private static final Set<String> BUSY =
      Set.of(
          "#/", "#/run/" + Gallery.GPT, "#/compare/" + Gallery.GPT + "/" + Gallery.VAE, "#/live");

  private static List<String> pages() {
    return List.of(
        "#/",
        "#/frontier",
        "#/anytime",
        "#/compare",
        "#/compare/" + Gallery.GPT + "/" + Gallery.VAE,
        "#/run/" + Gallery.GPT,
        "#/run/" + Gallery.PLANE,
        "#/run/" + Gallery.BROKEN,
        "#/runs",
        "#/live",
        "#/history",
        "#/docs",
        "#/docs/models/vae",
        "#/board/digits?view=backends");
  }

  @Test
  void everythingIsReachedByTheKeyboard() {
    open("");
    browser.see(".board tbody tr");
    WebElement body = browser.driver().findElement(By.tagName("body"));
    body.sendKeys(Keys.TAB);
    assertThat(browser.driver().switchTo().activeElement().getText())
        .isEqualTo("Skip to the content");
    for (int i = 0; i < 120; i++) {
      browser.driver().switchTo().activeElement().sendKeys(Keys.TAB);
      if (Boolean.TRUE.equals(
          browser.js("return document.activeElement.matches('.board .model-name a')"))) {
        browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        browser.see("h2", "Learning curves");
        assertThat(browser.js("return document.activeElement.id")).isEqualTo("main");
        return;
      }
    }
    throw new AssertionError("120 tabs did not reach a model");
  }

  @Test
  void nothingJumpsWhileABoardLoads() {
    open("");
    browser.see(".board tbody tr");
    Object shift =
        browser.later(
            """
            const done = arguments[0];
            let sum = 0;
            new PerformanceObserver((list) => list.getEntries().forEach((e) => (sum += e.hadRecentInput ? 0 : e.value)))
              .observe({type: "layout-shift", buffered: true});
            setTimeout(() => done(sum), 300);
            """);
    assertThat(((Number) shift).doubleValue()).isLessThan(0.05);
  }

  @Test
  void anUnknownRunAndALostServerSayWhatToDo() {
    open("#/run/ffffffffffffffff");
    assertThat(browser.see("[role=alert]").getText()).contains("ffffffffffffffff");
    browser.complaints(); // the answer 404, which a browser notes by itself
    open("#/runs");
    browser.see(".runs tbody tr");
    browser.offline(true);
    browser.js("location.hash = '#/docs'");
    assertThat(browser.see("[role=alert]").getText()).contains("assay serve");
    browser.offline(false);
    browser.see("[role=alert] button").click();
    browser.see(".doc");
    browser.complaints();
  }

  @Test
  void axeFindsNothingSeriousAndDarkColoursHaveContrastToo() {
    for (String hash : pages()) {
      browser.prefers("light");
      settled(hash);
      assertThat(Axe.serious(browser)).as(hash).isEmpty();
      browser.prefers("dark");
      assertThat(Axe.serious(browser, "color-contrast")).as("%s, dark", hash).isEmpty();
    }
  }

  @Test
  void theSecurityPolicyForbidsInlineCode() {
    open("");
    browser.see("h1");
    Map<?, ?> ran =
        (Map<?, ?>)
            browser.js(
                """
                const script = document.createElement("script");
                script.textContent = "globalThis.ran = true";
                document.body.append(script);
                const box = document.createElement("div");
                box.innerHTML = "<p style='color: rgb(1, 2, 3)'>x</p>";
                document.body.append(box);
                return {script: globalThis.ran === true, colour: getComputedStyle(box.firstChild).color};
                """);
    assertThat(ran.get("script")).isEqualTo(false);
    assertThat(ran.get("colour")).isNotEqualTo("rgb(1, 2, 3)");
    browser.complaints();
  }
}
