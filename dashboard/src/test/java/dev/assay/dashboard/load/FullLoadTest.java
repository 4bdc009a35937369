package dev.assay.dashboard.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dashboard.Folders;
import dev.assay.dashboard.scale.Seed;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * 2,000 requests a second for a minute beside 1,000 streams of events, of which 100 are never read,
 * against {@code assay serve} in a process of its own: {@code -Dassay.load=60}, the seconds. Both
 * share the processors of this machine.
 */
@Tag("slow")
@EnabledIfSystemProperty(named = "assay.load", matches = "\\d+")
final class FullLoadTest {
  private static final int RATE = 2_000;
  private static final int CONNECTIONS = 64;
  private static final int STREAMS = 1_000;
  private static final int SILENT = 100;
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final long BOUND = 32L << 20;
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  @TempDir Path results;

  @Test
  void aMinuteOfLoadIsAnsweredInTimeWithAFlatHeap() throws Exception {
    Folders.fill(results);
    new Seed(results, 4, 5, 100).write();
    Path launcher = Path.of(System.getProperty("assay.root"), "assay");
    Process server =
        new ProcessBuilder(
                launcher.toString(),
                "serve",
                "--port",
                "0",
                "--rate",
                "1000000",
                "--results",
                results.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = server.inputReader();
        Activity activity = Activity.in(results)) {
      String line = String.valueOf(said.readLine());
      URI address = URI.create(line.substring(line.indexOf("http://")));
      Load load =
          new Load(address.getPort(), LoadTest.paths(address), CONNECTIONS, RATE, STREAMS, SILENT);
      load.run(WARM_UP);
      long before = heap(server);
      Duration worked = processor(server);
      Load.Report report = load.run(Duration.ofSeconds(Integer.getInteger("assay.load")));
      worked = processor(server).minus(worked);
      long after = heap(server);
      System.getLogger(FullLoadTest.class.getName())
          .log(
              System.Logger.Level.INFO,
              "%d requests, median %.1f ms, p99 %.1f ms, slowest %.1f ms, %d events, %d errors, heap %d → %d MiB, %.1f s of processor time"
                  .formatted(
                      report.millis().length,
                      report.quantile(0.5),
                      report.quantile(0.99),
                      report.quantile(1),
                      report.events(),
                      report.errors().size(),
                      before >> 20,
                      after >> 20,
                      worked.toMillis() / 1e3));
      assertThat(report.errors()).isEmpty();
      assertThat(after - before).isLessThan(BOUND);
      assertThat(report.quantile(0.99)).isLessThan(50);
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  /** Bytes in use after a collection. */
  private static long heap(Process server) throws IOException {
    command(server, "GC.run");
    Matcher used = USED.matcher(command(server, "GC.heap_info"));
    long bytes = 0;
    while (used.find()) {
      bytes = Math.max(bytes, Long.parseLong(used.group(1)) << 10);
    }
    assertThat(bytes).isPositive();
    return bytes;
  }

  private static Duration processor(Process server) {
    return server.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static String command(Process server, String command) throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    ProcessBuilder builder =
        new ProcessBuilder(List.of(jcmd, String.valueOf(server.pid()), command));
    try (BufferedReader out = builder.start().inputReader()) {
      return String.join("\n", out.readAllLines());
    }
  }
}
