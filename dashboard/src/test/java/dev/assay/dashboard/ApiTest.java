package dev.assay.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assay.dashboard.http.Access;
import dev.assay.dashboard.http.Endpoint;
import dev.assay.dashboard.index.Database;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API answers as {@code openapi.yaml} says, and nobody gets what a token does not allow. */
final class ApiTest {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  @TempDir private static Path results;
  private static TestServer open;
  private static TestServer guarded;
  private static Map<String, Object> openApi;

  @BeforeAll
  static void start() throws IOException {
    Folders.fill(results);
    open = TestServer.start(results);
    open.token("read");
    guarded = TestServer.start(TestServer.options(results, "0.0.0.0", false));
    openApi = openApi();
  }

  @AfterAll
  static void stop() {
    open.close();
    guarded.close();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> openApi() throws IOException {
    try (InputStream in = ApiTest.class.getResourceAsStream("/openapi.yaml")) {
      return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    }
  }

  private static List<Endpoint> endpoints() throws IOException {
    try (Content content = Content.open(TestServer.options(results, "127.0.0.1", false), true)) {
      return content.endpoints();
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void everyRouteOfTheRouterIsInTheOpenApiFileAndEveryOneThereIsRouted() throws IOException {
    TreeSet<String> described = new TreeSet<>();
    Map<String, Map<String, Map<String, Object>>> paths =
        (Map<String, Map<String, Map<String, Object>>>) openApi.get("paths");
    paths.forEach((path, operations) ->
        operations.forEach((method, operation) -> {
          List<Map<String, Object>> parameters =
              (List<Map<String, Object>>) operation.getOrDefault("parameters", List.of());
          TreeSet<String> query = new TreeSet<>();
          parameters.forEach(p -> {
            Map<String, Object> resolved = resolve(p);
            if ("query".equals(resolved.get("in"))) {
              query.add(String.valueOf(resolved.get("name")));
            }
          });
          described.add(
              operation.get("operationId")
                  + " "
                  + method.toUpperCase(java.util.Locale.ROOT)
                  + " "
                  + path
                  + " "
                  + query);
        }));
    TreeSet<String> routed = new TreeSet<>();
    for (Endpoint e : endpoints()) {
      if (e.path().startsWith("/api/")) {
        routed.add(
            e.id() + " " + e.method() + " " + e.path() + " " + new TreeSet<>(e.parameters()));
      }
    }
    assertThat(routed).isEqualTo(described);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> resolve(Map<String, Object> node) {
    Object ref = node.get("$ref");
    if (ref == null) {
      return node;
    }
    Object at = openApi;
    for (String part : String.valueOf(ref).substring(2).split("/")) {
      at = ((Map<String, Object>) at).get(part);
    }
    return (Map<String, Object>) at;
  }

  @TestFactory
  Stream<DynamicTest> everyAnswerIsAsItsSchemaSays() throws IOException {
    Map<String, String> schemas = new LinkedHashMap<>();
    String board = open.json("/api/v1/boards").get("boards").get(0).get("id").asString();
    JsonNode runs = open.json("/api/v1/runs").get("runs");
    String run = runs.get(0).get("id").asString();
    String running =
        open.json("/api/v1/runs?status=RUNNING").get("runs").get(0).get("id").asString();
    schemas.put("/site", "Site");
    schemas.put("/boards", "Boards");
    schemas.put("/boards/" + board, "Board");
    schemas.put("/boards/" + board + "?family=family-g&sort=parameters&order=desc&size=1", "Board");
    schemas.put("/boards/" + board + "/frontier", "Frontier");
    schemas.put("/boards/" + board + "/anytime", "Anytime");
    schemas.put("/boards/" + board + "/history", "History");
    schemas.put("/runs?q=gmm%20digits&sort=seconds", "Runs");
    schemas.put("/runs/" + run, "Run");
    schemas.put("/runs/" + running, "Run");
    schemas.put("/runs/" + run + "/curves?points=10", "Curves");
    schemas.put("/runs/" + run + "/samples", "Samples");
    schemas.put("/compare?run=" + run + "&run=" + runs.get(5).get("id").asString(), "Comparison");
    schemas.put("/live", "Live");
    schemas.put("/docs", "Docs");
    return schemas.entrySet().stream()
        .map(one ->
            DynamicTest.dynamicTest(one.getKey(), () -> valid(one.getKey(), one.getValue())));
  }

  private static void valid(String path, String name) throws IOException {
    Map<String, Object> document = new HashMap<>(Map.of("$ref", "#/components/schemas/" + name));
    document.put("components", openApi.get("components"));
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JsonMapper.shared().<JsonNode>valueToTree(document));
    assertThat(schema.validate(open.json("/api/v1" + path))).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> everyRouteAndMethodLetsInOnlyTokensOfItsScope() throws IOException {
    String read = guarded.token("read");
    String upload = guarded.token("upload");
    Map<String, Optional<String>> tokens = new LinkedHashMap<>();
    tokens.put("no", Optional.empty());
    tokens.put("bad", Optional.of("assay_00000000000000000000000000000000"));
    tokens.put("read", Optional.of(read));
    tokens.put("upload", Optional.of(upload));
    List<DynamicTest> tests = new ArrayList<>();
    for (Endpoint endpoint : endpoints()) {
      for (String method : METHODS) {
        tokens.forEach((kind, token) ->
            tests.add(
                DynamicTest.dynamicTest(
                    method + " " + endpoint.path() + " with " + kind + " token",
                    () -> check(endpoint, method, kind, token))));
      }
    }
    return tests.stream();
  }

  private static void check(Endpoint endpoint, String method, String kind, Optional<String> token)
      throws IOException {
    boolean events = endpoint.id().equals("events");
    String path =
        endpoint.path().replace("{board}", "0000000000000000").replaceAll("\\{\\w+}", "none");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(guarded.uri(path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
    boolean known =
        method.equals(endpoint.method().name())
            || (method.equals("HEAD") && endpoint.handling() instanceof Endpoint.Computed);
    boolean right =
        switch (endpoint.access()) {
          case PUBLIC -> !kind.equals("bad");
          case READ -> kind.equals("read");
          case UPLOAD -> kind.equals("upload");
        };
    if (events && known && right) {
      return; // a stream without end; EventsTest reads it
    }
    int status = guarded.send(request).statusCode();
    if (!known) {
      assertThat(status).isEqualTo(405);
    } else if (right) {
      assertThat(status).isIn(200, 400, 404, 415);
    } else {
      boolean otherScope = kind.equals("read") || kind.equals("upload");
      assertThat(status).isEqualTo(otherScope && endpoint.access() != Access.PUBLIC ? 403 : 401);
    }
  }

  @Test
  void tokensCountOnlyInTheHeaderAndRevokedOnesNoLonger() throws IOException {
    var store =
        new dev.assay.dashboard.token.TokenStore(
            DashboardOptions.state(results), java.time.Clock.systemUTC());
    var made = store.create("read", "", java.time.Duration.ofDays(1));
    String path = "/api/v1/boards";
    assertThat(guarded.get(path + "?token=" + made.secret()).statusCode()).isEqualTo(401);
    HttpRequest.Builder cookie =
        HttpRequest.newBuilder(guarded.uri(path)).header("Cookie", "token=" + made.secret());
    assertThat(guarded.send(cookie).statusCode()).isEqualTo(401);
    HttpRequest.Builder header =
        HttpRequest.newBuilder(guarded.uri(path))
            .header("Authorization", "Bearer " + made.secret());
    assertThat(guarded.send(header).statusCode()).isEqualTo(200);
    assertThat(store.revoke(made.token().id())).isTrue();
    assertThat(guarded.send(header).statusCode()).isEqualTo(401);
    assertThat(Files.readString(DashboardOptions.state(results).resolve("tokens.json")))
        .doesNotContain(made.secret());
  }

  @Test
  void everyAnswerForbidsScriptsFromElsewhereAndGuessesOfTypes() throws IOException {
    for (String path : List.of("/", "/api/v1/boards", "/api/v1/none", "/nothing")) {
      HttpResponse<byte[]> response = open.get(path);
      String policy = response.headers().firstValue("Content-Security-Policy").orElse("");
      assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'");
      assertThat(policy).doesNotContain("unsafe-inline");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void answersThatTheClientHasAreNotSentAgain() throws IOException {
    HttpResponse<byte[]> first = open.get("/api/v1/boards");
    String etag = first.headers().firstValue("ETag").orElseThrow();
    HttpRequest.Builder again =
        HttpRequest.newBuilder(open.uri("/api/v1/boards")).header("If-None-Match", etag);
    HttpResponse<byte[]> second = open.send(again);
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
  }

  @Test
  void mistakesAreProblemDocumentsThatNameTheChoices() throws IOException {
    HttpResponse<byte[]> response = open.get("/api/v1/runs?sort=size");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = JsonMapper.shared().readTree(response.body());
    assertThat(problem.get("parameter").asString()).isEqualTo("sort");
    assertThat(problem.get("choices").toString()).contains("updated");
  }

  @Test
  void ranksAreThoseOfTheStoreAndFailedSeedsCount() throws IOException {
    JsonNode boards = open.json("/api/v1/boards?dataset=digits&metric=nll").get("boards");
    JsonNode rows = open.json("/api/v1/boards/" + boards.get(0).get("id").asString()).get("rows");
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).get("model").asString()).isEqualTo("gmm");
    assertThat(rows.get(0).get("rank").asInt()).isEqualTo(1);
    assertThat(rows.get(0).get("seeds").asInt()).isEqualTo(2);
    assertThat(rows.get(2).get("model").asString()).isEqualTo("vae");
    assertThat(rows.get(2).get("failed").asInt()).isEqualTo(1);
  }

  @Test
  void othersCannotReachAServerThatNoTokenGuards(@TempDir Path empty) {
    assertThatThrownBy(() -> Dashboard.start(TestServer.options(empty, "0.0.0.0", true)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("assay token create");
  }

  @Test
  void aBadAddressOfADatabaseIsSaidInOneLineWithoutItsPassword(@TempDir Path empty) {
    for (String url :
        List.of("mysql://x", "postgresql://", "postgresql://me:secret@127.0.0.1:1/db", "::")) {
      assertThatThrownBy(() -> Database.open(Optional.of(url), empty))
          .isInstanceOf(IOException.class)
          .hasMessageNotContaining("secret")
          .message()
          .doesNotContain("\n");
    }
  }
}
