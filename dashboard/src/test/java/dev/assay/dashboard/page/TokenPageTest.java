package dev.assay.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dashboard.DashboardOptions;
import dev.assay.dashboard.token.TokenStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Where reading needs a token the page asks for one, and then is as everywhere. */
class TokenPageTest {
  @TempDir Path folder;

  @Test
  void thePageAsksForATokenUntilTheServerTakesItAndAgainWhenItIsRevoked() throws IOException {
    Path results = folder.resolve("results");
    Gallery.in(results).write();
    TokenStore tokens = new TokenStore(DashboardOptions.state(results), Clock.systemUTC());
    TokenStore.Created token = tokens.create("read", "", Duration.ofDays(1));
    TokenStore.Created upload = tokens.create("upload", "", Duration.ofDays(1));
    try (Browser browser = Browser.start(folder);
        Served served = Served.guarded(results)) {
      browser.open(served.address());
      browser.see("h2", "This server wants a token");
      assertThat(browser.driver().getPageSource()).doesNotContain("digits");
      browser.see("#token").sendKeys("assay_wrong", Keys.ENTER);
      browser.see("[role=alert]", "not known");
      browser.see("#token").clear();
      browser.see("#token").sendKeys(upload.secret(), Keys.ENTER);
      browser.see("[role=alert]", "this needs read");
      browser.see("#token").clear();
      browser.see("#token").sendKeys(token.secret(), Keys.ENTER);
      browser.see(".board tbody .model-name a", "gmm");
      assertThat(browser.driver().manage().getCookies()).isEmpty();
      browser.complaints(); // the refusals, which a browser notes by itself

      browser.open(served.address() + "#/run/" + Gallery.VAE);
      browser.waitFor(
          "the samples are drawn",
          () ->
              Boolean.TRUE.equals(
                  browser.js(
                      "const all = [...document.querySelectorAll('.picture img')];"
                          + " return all.length > 1 && all.every((i) => i.naturalWidth > 0)")));
      browser.open(served.address() + "#/runs");
      browser.see("label.field", "Status");
      browser.see(".runs tbody tr");
      browser.js("location.hash = '#/live'");
      browser.see(".badge", "live");
      assertThat(browser.complaints()).isEmpty();

      tokens.revoke(token.token().id());
      browser.js("location.hash = '#/docs'");
      browser.see("h2", "This server wants a token");
      browser.see("[role=alert]", "revoked");
    }
  }
}
