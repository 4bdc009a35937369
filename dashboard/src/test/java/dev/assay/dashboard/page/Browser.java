package dev.assay.dashboard.page;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with what the tests ask of it. */
final class Browser implements AutoCloseable {
  /** Far more than any step takes, so that a busy machine fails no test. */
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final int LOOK_MILLIS = 10;

  /**
   * It says at each start that it has no classes of this Chromium's own protocol; none are used.
   */
  private static final Logger TALK = Logger.getLogger("org.openqa.selenium");

  static {
    TALK.setLevel(Level.SEVERE);
  }

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts one; the test is skipped where there is none to start.
   *
   * @param downloads where files that the page saves go
   */
  static Browser start(Path downloads) {
    Optional<Path> chromium =
        found("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    Optional<Path> chromedriver = found("/usr/bin/chromedriver", "/usr/local/bin/chromedriver");
    if (chromium.isEmpty() || chromedriver.isEmpty()) {
      abort(
          "the page is not tested: there is no Chromium with its driver here"
              + " (Debian: apt-get install chromium chromium-driver)");
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-gpu",
        "--hide-scrollbars",
        "--autoplay-policy=no-user-gesture-required",
        "--mute-audio",
        "--window-size=1360,900");
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", downloads.toAbsolutePath().toString()));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.orElseThrow().toFile())
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Optional<Path> found(String... places) {
    return List.of(places).stream().map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /** Opens an address as a first visit does. */
  void open(String address) {
    driver.get("about:blank");
    driver.get(address);
  }

  /** The only element, or the first, once it is there. */
  WebElement see(String css) {
    waitFor(css, () -> !all(css).isEmpty());
    return all(css).getFirst();
  }

  /** The element that reads so, once it is there. */
  WebElement see(String css, String text) {
    waitFor(css + " with the text '" + text + "'", () -> saying(css, text).isPresent());
    return saying(css, text).orElseThrow();
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** What elements read, now. */
  List<String> texts(String css) {
    Object texts =
        js(
            "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent.trim())",
            css);
    return ((List<?>) texts).stream().map(String::valueOf).toList();
  }

  private Optional<WebElement> saying(String css, String text) {
    Object found =
        js(
            "return [...document.querySelectorAll(arguments[0])]"
                + ".find((e) => e.textContent.includes(arguments[1])) ?? null",
            css,
            text);
    return Optional.ofNullable((WebElement) found);
  }

  void waitFor(String what, BooleanSupplier there) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds(there)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "not seen: " + what + "\nThe page reads: " + js("return document.body.innerText"));
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  private static boolean holds(BooleanSupplier there) {
    try {
      return there.getAsBoolean();
    } catch (StaleElementReferenceException e) {
      return false; // drawn anew between two looks
    }
  }

  /** The value of a script that ends with {@code return}; null where that is undefined. */
  Object js(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** The value that a script's callback, its last argument, gets. */
  Object later(String script, Object... arguments) {
    return driver.executeAsyncScript(script, arguments);
  }

  void size(int width, int height) {
    // A window cannot be narrower than 500 pixels; a device can.
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /** Prefers "dark" or "light", as a system does, and that colours change at once. */
  void prefers(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Shuts the network off, or on. */
  void offline(boolean off) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand(
        "Network.emulateNetworkConditions",
        Map.of("offline", off, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  /** Errors and warnings on the console since the last call. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  ChromeDriver driver() {
    return driver;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
