package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dashboard.DashboardOptions;
import dev.assay.dashboard.token.TokenStore;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code assay serve}, {@code publish} and {@code token} from the command line. */
@Timeout(120)
final class DashboardCommandsTest {
  @TempDir private Path results;

  private record Result(int code, String out, String err) {}

  private static Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code;
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      code = Main.run(arguments, outStream, errStream);
    }
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Result token(String action, String... more) {
    String[] arguments = new String[4 + more.length];
    arguments[0] = "token";
    arguments[1] = action;
    arguments[2] = "--results";
    arguments[3] = results.toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return run(arguments);
  }

  @Test
  void aTokenIsShownOnceListedWithoutItsSecretAndRevoked() throws IOException {
    Result made = token("create", "--scope", "upload", "--days", "3", "--note", "for CI");
    assertThat(made.code()).isZero();
    String secret = made.out().lines().findFirst().orElseThrow();
    assertThat(secret).matches("assay_[0-9a-f]{32}");
    assertThat(made.out()).contains("scope upload").contains("only its hash is stored");

    Result listed = token("list");
    assertThat(listed.out()).contains("upload", "for CI").doesNotContain(secret, "(over)");
    assertThat(Files.readString(results.resolve(".assay/tokens.json"))).doesNotContain(secret);
    String id = made.out().replaceFirst("(?s).*token ([0-9a-f]{8}),.*", "$1");
    assertThat(listed.out()).contains(id);

    assertThat(token("revoke", id).out()).contains(id + " is revoked");
    assertThat(token("list").out()).doesNotContain(id);
    Result again = token("revoke", id);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("there is no token '" + id + "'");
  }

  @Test
  void tokensThatHaveExpiredAreMarkedAndLetNobodyIn() throws IOException {
    Clock past = Clock.fixed(Instant.parse("2020-01-01T00:00:00Z"), ZoneOffset.UTC);
    new TokenStore(DashboardOptions.state(results), past).create("read", "", Duration.ofDays(1));
    assertThat(token("list").out()).contains("2020-01-02T00:00:00Z (over)");
    Result public_ =
        run("serve", "--host", "0.0.0.0", "--port", "0", "--results", results.toString());
    assertThat(public_.code()).isEqualTo(2);
    assertThat(public_.err()).contains("there is no token to let anybody in");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token | say what to do; choices: create, list, revoke",
        "token create | Missing required option: '--scope=SCOPE'",
        "token create --scope write | --scope is 'write'; choices: read, upload",
        "token create --scope read --days 0 | --days is 0, but must be from 1 to 3660",
        "token list --results no-such | there is no folder no-such",
        "serve --results no-such | there is no folder no-such",
        "publish --to target/x --results no-such | there is no folder no-such",
        "publish | Missing required option: '--to=DIR'",
        "serve --results pom.xml | pom.xml is no folder",
        "serve --results src --port 70000 | --port is 70000, but must be from 0 to 65535",
        "serve --results src --rate 0 | --rate is 0, but must be at least 1",
      })
  void badUsageIsExplainedWithoutATraceAndExitsWithTwo(String arguments, String message) {
    Result result = run(arguments.split(" "));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("assay: ").contains(message).doesNotContain("\tat ");
  }

  @Test
  void othersAreNotLetInWithoutAToken() {
    Result result =
        run("serve", "--host", "0.0.0.0", "--port", "0", "--results", results.toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("0.0.0.0 can be reached by others")
        .contains("assay token create --scope read")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mysql://me:secret@host/db | it must look like postgresql://user:password@host:5432/database",
        "postgresql://me:secret@127.0.0.1:1/db | cannot open the index postgresql://me:***@127.0.0.1:1/db",
      })
  void aDatabaseThatCannotBeUsedIsNamedWithoutItsPassword(String url, String message) {
    Result result = run("serve", "--port", "0", "--results", results.toString(), "--db", url);
    assertThat(result.code()).isNotZero();
    assertThat(result.err()).contains(message).doesNotContain("secret").doesNotContain("\tat ");
  }

  @Test
  void aPortThatIsTakenIsNamedWithTheWayOut() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());
      Result result = run("serve", "--port", port, "--results", results.toString());
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.err())
          .contains("cannot listen on 127.0.0.1 port " + port)
          .contains("choose another with --port")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void serveSaysWhereItIsAndAnswersThere() throws IOException, InterruptedException {
    PipedInputStream said = new PipedInputStream(1 << 16);
    PrintStream out = new PrintStream(new PipedOutputStream(said), true, StandardCharsets.UTF_8);
    String[] arguments = {"serve", "--port", "0", "--results", results.toString()};
    Thread server =
        Thread.ofPlatform()
            .start(() -> Main.run(arguments, out, new PrintStream(new ByteArrayOutputStream())));
    try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(said, StandardCharsets.UTF_8));
        HttpClient client = HttpClient.newHttpClient()) {
      String line = lines.readLine();
      assertThat(line).startsWith("serving " + results);
      URI address = URI.create(line.substring(line.indexOf("http://")));
      HttpResponse<String> site =
          client.send(
              HttpRequest.newBuilder(address.resolve("api/v1/site")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(site.statusCode()).isEqualTo(200);
      assertThat(site.body()).contains("\"runs\":0");
    } finally {
      server.interrupt();
      server.join();
    }
  }

  @Test
  void publishWritesASiteThatNamesItsStart(@TempDir Path target) {
    Result result = run("publish", "--to", target.toString(), "--results", results.toString());
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .startsWith("0 boards and 0 runs in ")
        .contains("open " + target.resolve("index.html"));
    assertThat(target.resolve("index.html")).isRegularFile();
    assertThat(target.resolve("data/site.js")).isRegularFile();
  }
}
