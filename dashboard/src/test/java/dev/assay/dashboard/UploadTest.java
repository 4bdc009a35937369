package dev.assay.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs from elsewhere come in whole and clean, or not at all. */
final class UploadTest {
  private static final String ZIP = "application/zip";
  private static final String GZIP = "application/gzip";
  private static final byte[] NOTHING = {};

  @TempDir private static Path results;
  @TempDir private static Path elsewhere;
  private static TestServer server;
  private static String token;
  private static Map<String, byte[]> good;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start(results);
    token = server.token("upload");
    good = files(Folders.write(elsewhere, Folders.record("ci", "gmm", "digits", 1, 5)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Map<String, byte[]> files(RunFolder folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder.path())) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(folder.path().relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  @Test
  void aRunThatIsSentAsTarOrZipIsShownAndSentAgainChangesNothing() throws IOException {
    Map<String, byte[]> run =
        files(Folders.write(elsewhere, Folders.record("ci", "vae", "digits", 4, 7)));
    HttpResponse<byte[]> first = server.upload(tar("run/", run), GZIP, token);
    assertThat(first.statusCode()).as(text(first)).isEqualTo(201);
    JsonNode answer = JsonMapper.shared().readTree(first.body());
    HttpResponse<byte[]> again = server.upload(zip("", run), ZIP, token);
    assertThat(again.statusCode()).as(text(again)).isEqualTo(200);
    assertThat(JsonMapper.shared().readTree(again.body()).get("manifest"))
        .isEqualTo(answer.get("manifest"));
    JsonNode shown = server.json("/api/v1/runs/" + answer.get("id").asString());
    assertThat(shown.get("run").get("source").asString()).isEqualTo("upload");
    assertThat(shown.get("samples").asInt()).isEqualTo(3);
    assertThat(server.json("/api/v1/runs?q=vae").get("page").get("total").asInt()).isEqualTo(1);
  }

  @Test
  void nothingOfAPictureIsKeptButItsPixels() throws IOException {
    Map<String, byte[]> run =
        files(Folders.write(elsewhere, Folders.record("ci", "flow", "digits", 4, 7)));
    byte[] png = png(4, 4);
    byte[] secret =
        chunk("tEXt", "Comment\0<script>alert(1)</script>".getBytes(StandardCharsets.ISO_8859_1));
    byte[] laden =
        concat(
            java.util.Arrays.copyOf(png, 33),
            secret,
            java.util.Arrays.copyOfRange(png, 33, png.length));
    run.put("samples/samples.png", concat(laden, "<script>".getBytes(StandardCharsets.UTF_8)));
    HttpResponse<byte[]> response = server.upload(zip("", run), ZIP, token);
    assertThat(response.statusCode()).as(text(response)).isEqualTo(201);
    String id = JsonMapper.shared().readTree(response.body()).get("id").asString();
    byte[] served = server.get("/api/v1/runs/" + id + "/samples/samples.png").body();
    assertThat(new String(served, StandardCharsets.ISO_8859_1)).doesNotContain("script", "tEXt");
    assertThat(ImageIO.read(new java.io.ByteArrayInputStream(served)).getWidth()).isEqualTo(4);
  }

  private record Hostile(byte[] body, String mediaType) {}

  @TestFactory
  Stream<DynamicTest> hostileUploadsAreRefusedAndLeaveNothing() throws IOException {
    Map<String, Hostile> all = new LinkedHashMap<>();
    for (String name :
        List.of(
            "../run.json",
            "../../etc/passwd",
            "/etc/passwd",
            "a/../../b",
            "run/../../run.json",
            "..\\run.json",
            "C:\\run.json",
            "%2e%2e/run.json",
            "..%2frun.json",
            "run.json\0.png",
            "samples/a\0.png",
            "samples/%00.png",
            "\u202erun.json",
            "samples/\uff0e\uff0e/x.txt",
            "samples/.hidden.txt",
            "samples/a/b.txt",
            "samples/x.html",
            "samples/x.svg",
            "samples/x.js",
            "samples/x.PNG",
            "samples/" + "x".repeat(300) + ".txt",
            "run.json/x",
            "checkpoint/../../x",
            ".git/config",
            "tokens.json",
            "samples/x.png/",
            "samples/con:.txt")) {
      Map<String, byte[]> run = new LinkedHashMap<>(good);
      run.put(name, "x".getBytes(StandardCharsets.UTF_8));
      all.put("zip with " + printable(name), new Hostile(zip("", run), ZIP));
      all.put("tar with " + printable(name), new Hostile(tar("", run), GZIP));
    }
    all.put("symbolic link", new Hostile(tarLink(TarArchiveEntry.LF_SYMLINK), GZIP));
    all.put("hard link", new Hostile(tarLink(TarArchiveEntry.LF_LINK), GZIP));
    all.put("device", new Hostile(tarLink(TarArchiveEntry.LF_CHR), GZIP));
    all.put("pipe", new Hostile(tarLink(TarArchiveEntry.LF_FIFO), GZIP));
    all.put("symbolic link in a zip", new Hostile(zipLink(), ZIP));
    all.put("two folders", new Hostile(twoFolders(), GZIP));
    all.put("a file twice", new Hostile(twice(), GZIP));
    all.put("bomb", new Hostile(zip("", with("events.jsonl", new byte[100 << 20])), ZIP));
    all.put("bomb in a tar", new Hostile(tar("", with("events.jsonl", new byte[100 << 20])), GZIP));
    all.put("too many entries", new Hostile(many(), GZIP));
    all.put("no archive", new Hostile("hello".getBytes(StandardCharsets.UTF_8), ZIP));
    all.put("no gzip", new Hostile("hello".getBytes(StandardCharsets.UTF_8), GZIP));
    all.put("nothing", new Hostile(NOTHING, ZIP));
    all.put("cut short", new Hostile(cut(tar("", good)), GZIP));
    all.put("cut zip", new Hostile(cut(zip("", good)), ZIP));
    all.put("zip as tar", new Hostile(zip("", good), GZIP));
    all.put("json", new Hostile(good.get("run.json"), "application/json"));
    all.put("html", new Hostile(zip("", good), "text/html"));
    all.put("no run.json", new Hostile(zip("", Map.of("metrics.csv", NOTHING)), ZIP));
    for (Map.Entry<String, UnaryOperator<String>> edit : edits().entrySet()) {
      String record =
          edit.getValue().apply(new String(good.get("run.json"), StandardCharsets.UTF_8));
      all.put(
          edit.getKey(),
          new Hostile(zip("", with("run.json", record.getBytes(StandardCharsets.UTF_8))), ZIP));
    }
    all.put("still running", new Hostile(zip("", running()), ZIP));
    all.put(
        "forged sums",
        new Hostile(
            zip(
                "",
                with(
                    "SHA256SUMS",
                    ("0".repeat(64) + "  run.json\n").getBytes(StandardCharsets.UTF_8))),
            ZIP));
    all.put("huge png", new Hostile(zip("", with("samples/samples.png", huge())), ZIP));
    all.put(
        "svg as png",
        new Hostile(
            zip(
                "",
                with(
                    "samples/samples.png",
                    "<svg onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8))),
            ZIP));
    all.put(
        "damaged png",
        new Hostile(
            zip("", with("samples/samples.png", java.util.Arrays.copyOf(png(9, 9), 40))), ZIP));
    all.put(
        "gif as png",
        new Hostile(
            zip(
                "",
                with("samples/samples.png", "GIF89a".repeat(20).getBytes(StandardCharsets.UTF_8))),
            ZIP));
    all.put(
        "text as wav",
        new Hostile(zip("", with("samples/a.wav", "RIFF".getBytes(StandardCharsets.UTF_8))), ZIP));
    all.put(
        "binary text",
        new Hostile(zip("", with("samples/a.txt", new byte[] {(byte) 0xFF, 0})), ZIP));
    all.put("NUL in text", new Hostile(zip("", with("samples/a.txt", new byte[] {'a', 0})), ZIP));
    all.put(
        "NaN in a curve",
        new Hostile(
            zip("", with("metrics.csv", "1,1,1,loss,NaN\n".getBytes(StandardCharsets.UTF_8))),
            ZIP));
    all.put(
        "html in a curve's name",
        new Hostile(
            zip("", with("metrics.csv", "1,1,1,<b>,2\n".getBytes(StandardCharsets.UTF_8))), ZIP));
    all.put(
        "no events",
        new Hostile(
            zip("", with("events.jsonl", "not json\n".getBytes(StandardCharsets.UTF_8))), ZIP));
    all.put("damaged scores", new Hostile(zip("", with("scores.safetensors", new byte[64])), ZIP));
    assertThat(all).hasSizeGreaterThan(60);
    return all.entrySet().stream()
        .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> refused(one.getValue())));
  }

  private static void refused(Hostile hostile) throws IOException {
    TreeSet<String> before = onDisk();
    HttpResponse<byte[]> response =
        server.upload(hostile.body(), hostile.mediaType(), server.token("upload"));
    assertThat(response.statusCode()).as(text(response)).isBetween(400, 499);
    assertThat(onDisk()).isEqualTo(before);
  }

  private static Map<String, UnaryOperator<String>> edits() {
    Map<String, UnaryOperator<String>> edits = new LinkedHashMap<>();
    edits.put("forged id", s -> s.replaceFirst("\"run\" : \"....", "\"run\" : \"0000"));
    edits.put("forged configuration", s -> s.replace("\"width\" : 8", "\"width\" : 9"));
    edits.put("path as id", s -> s.replaceFirst("\"run\" : \"[^\"]*\"", "\"run\" : \"../../x\""));
    edits.put("NaN", s -> s.replaceFirst("\"value\" : 5.0", "\"value\" : NaN"));
    edits.put("NaN as text", s -> s.replaceFirst("\"value\" : 5.0", "\"value\" : \"NaN\""));
    edits.put("infinite", s -> s.replaceFirst("\"value\" : 5.0", "\"value\" : 1e999"));
    edits.put("infinite interval", s -> s.replaceFirst("\"high\" : 5.1", "\"high\" : 1e999"));
    edits.put("interval backwards", s -> s.replaceFirst("\"high\" : 5.1", "\"high\" : -5.1"));
    edits.put("unknown direction", s -> s.replaceFirst("\"lower\"", "\"sideways\""));
    edits.put("unknown key", s -> s.replaceFirst("\\{", "{\"extra\":1,"));
    edits.put("key twice", s -> s.replaceFirst("\\{", "{\"schema\":1,"));
    edits.put("another schema", s -> s.replace("\"schema\" : 1", "\"schema\" : 2"));
    edits.put("unknown status", s -> s.replace("\"DONE\"", "\"FINE\""));
    edits.put("control characters", s -> s.replace("\"ci\"", "\"c\\u0000i\""));
    edits.put("endless name", s -> s.replace("\"ci\"", "\"" + "c".repeat(5000) + "\""));
    edits.put("nothing but brackets", s -> "[".repeat(100_000));
    edits.put("two documents", s -> s + s);
    edits.put(
        "null in place of metrics",
        s -> s.replaceFirst("\"metrics\" : \\[", "\"metrics\" : null, \"x\" : ["));
    return edits;
  }

  private static Map<String, byte[]> running() throws IOException {
    RunRecord record = Folders.record("ci", "gmm", "digits", 2, RunStatus.RUNNING, 0, "c0ffee");
    return files(Folders.write(elsewhere, record));
  }

  private static Map<String, byte[]> with(String name, byte[] content) {
    Map<String, byte[]> run = new LinkedHashMap<>(good);
    run.put(name, content);
    return run;
  }

  private static byte[] zip(String prefix, Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putArchiveEntry(new ZipArchiveEntry(prefix + file.getKey()));
        zip.write(file.getValue());
        zip.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] zipLink() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      ZipArchiveEntry link = new ZipArchiveEntry("samples/a.txt");
      link.setUnixMode(0120777);
      zip.putArchiveEntry(link);
      zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
      zip.closeArchiveEntry();
    }
    return out.toByteArray();
  }

  /** Fills an archive. */
  private interface Filling {
    void into(TarArchiveOutputStream tar) throws IOException;
  }

  private static byte[] tar(Filling filling) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(out), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      filling.into(tar);
    }
    return out.toByteArray();
  }

  private static byte[] tar(String prefix, Map<String, byte[]> files) throws IOException {
    return tar(tar -> {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        put(tar, prefix + file.getKey(), file.getValue());
      }
    });
  }

  private static void put(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(name.endsWith("/") ? 0 : content.length);
    tar.putArchiveEntry(entry);
    if (!name.endsWith("/")) {
      tar.write(content);
    }
    tar.closeArchiveEntry();
  }

  private static byte[] tarLink(byte type) throws IOException {
    return tar(tar -> {
      for (Map.Entry<String, byte[]> file : good.entrySet()) {
        put(tar, file.getKey(), file.getValue());
      }
      TarArchiveEntry link = new TarArchiveEntry("samples/link.txt", type);
      link.setLinkName("/etc/passwd");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    });
  }

  private static byte[] twoFolders() throws IOException {
    return tar(tar -> {
      put(tar, "one/run.json", good.get("run.json"));
      put(tar, "two/metrics.csv", good.get("metrics.csv"));
    });
  }

  private static byte[] twice() throws IOException {
    return tar(tar -> {
      put(tar, "run.json", good.get("run.json"));
      put(tar, "run.json", good.get("run.json"));
    });
  }

  private static byte[] many() throws IOException {
    return tar(tar -> {
      for (int i = 0; i < 1_100; i++) {
        put(tar, "samples/" + i + ".txt", NOTHING);
      }
    });
  }

  private static byte[] cut(byte[] whole) {
    return java.util.Arrays.copyOf(whole, whole.length / 2);
  }

  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  /** A header that promises 100,000 × 100,000 pixels. */
  private static byte[] huge() throws IOException {
    byte[] png = png(2, 2);
    byte[] header = ByteBuffer.allocate(13).putInt(100_000).putInt(100_000).put(png, 24, 5).array();
    return concat(
        java.util.Arrays.copyOf(png, 8),
        chunk("IHDR", header),
        java.util.Arrays.copyOfRange(png, 33, png.length));
  }

  private static byte[] chunk(String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(name)
        .put(data)
        .putInt((int) crc.getValue())
        .array();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static TreeSet<String> onDisk() throws IOException {
    TreeSet<String> files = new TreeSet<>();
    try (Stream<Path> walk = Files.walk(results)) {
      walk.map(results::relativize)
          .map(Path::toString)
          .filter(name -> !name.contains("tokens.json") && !name.contains("index.db"))
          .filter(name -> !name.equals(".assay/quarantine"))
          .forEach(files::add);
    }
    return files;
  }

  private static String printable(String name) {
    return name.replaceAll("[^ -~]", "?").substring(0, Math.min(40, name.length()));
  }

  private static String text(HttpResponse<byte[]> response) {
    return response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8);
  }
}
