package dev.assay.dashboard;

import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** What nobody should send: each is a good run but for one thing, or no run at all. */
final class HostileUploads {
  private static final String ZIP = "application/zip";
  private static final String GZIP = "application/gzip";
  private static final byte[] NOTHING = {};
  private static final int BOMB = 100 << 20;

  /** Names that no file of a run has. */
  private static final List<String> NAMES =
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
          "samples/con:.txt");

  private final Map<String, byte[]> good;
  private final Map<String, byte[]> running;
  private final Map<String, Upload> all = new LinkedHashMap<>();

  private HostileUploads(Map<String, byte[]> good, Map<String, byte[]> running) {
    this.good = good;
    this.running = running;
  }

  /** A body and what it claims to be. */
  record Upload(byte[] body, String mediaType) {}

  /**
   * All of them, by what is wrong.
   *
   * @param store where the good run is made
   */
  static Map<String, Upload> all(Path store) throws IOException {
    RunRecord running = Folders.record("ci", "gmm", "digits", 2, RunStatus.RUNNING, 0, "c0ffee");
    HostileUploads hostile =
        new HostileUploads(
            Packed.files(Folders.write(store, Folders.record("ci", "gmm", "digits", 1, 5))),
            Packed.files(Folders.write(store, running)));
    hostile.names();
    hostile.archives();
    hostile.records();
    hostile.contents();
    return hostile.all;
  }

  private void names() throws IOException {
    for (String name : NAMES) {
      Map<String, byte[]> run = with(name, text("x"));
      zip("zip with " + printable(name), run);
      tar("tar with " + printable(name), Packed.tar("", run));
    }
  }

  private void archives() throws IOException {
    tar("symbolic link", tarLink(TarArchiveEntry.LF_SYMLINK));
    tar("hard link", tarLink(TarArchiveEntry.LF_LINK));
    tar("device", tarLink(TarArchiveEntry.LF_CHR));
    tar("pipe", tarLink(TarArchiveEntry.LF_FIFO));
    all.put("symbolic link in a zip", new Upload(zipLink(), ZIP));
    tar("two folders", twoFolders());
    tar("a file twice", twice());
    zip("bomb", with("events.jsonl", new byte[BOMB]));
    tar("bomb in a tar", Packed.tar("", with("events.jsonl", new byte[BOMB])));
    tar("too many entries", many());
    all.put("no archive", new Upload(text("hello"), ZIP));
    tar("no gzip", text("hello"));
    all.put("nothing", new Upload(NOTHING, ZIP));
    tar("cut short", cut(Packed.tar("", good)));
    all.put("cut zip", new Upload(cut(Packed.zip("", good)), ZIP));
    tar("zip as tar", Packed.zip("", good));
    all.put("json", new Upload(content("run.json"), "application/json"));
    all.put("html", new Upload(Packed.zip("", good), "text/html"));
    zip("no run.json", Map.of("metrics.csv", NOTHING));
  }

  private void records() throws IOException {
    String record = new String(content("run.json"), StandardCharsets.UTF_8);
    for (Map.Entry<String, UnaryOperator<String>> edit : edits().entrySet()) {
      zip(edit.getKey(), with("run.json", text(edit.getValue().apply(record))));
    }
    zip("still running", running);
    zip("forged sums", with("SHA256SUMS", text("0".repeat(64) + "  run.json\n")));
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

  private void contents() throws IOException {
    String picture = "samples/samples.png";
    zip("huge png", with(picture, Pngs.huge()));
    zip("svg as png", with(picture, text("<svg onload='alert(1)'/>")));
    zip("damaged png", with(picture, Arrays.copyOf(Pngs.png(9, 9), 40)));
    zip("gif as png", with(picture, text("GIF89a".repeat(20))));
    zip("svg as png of a task", with("tasks/infill.png", text("<svg onload='alert(1)'/>")));
    zip("text as wav", with("samples/a.wav", text("RIFF")));
    zip("binary text", with("samples/a.txt", new byte[] {(byte) 0xFF, 0}));
    zip("NUL in text", with("samples/a.txt", new byte[] {'a', 0}));
    zip("NaN in a curve", with("metrics.csv", text("1,1,1,loss,NaN\n")));
    zip("html in a curve's name", with("metrics.csv", text("1,1,1,<b>,2\n")));
    zip("no events", with("events.jsonl", text("not json\n")));
    zip("damaged scores", with("scores.safetensors", new byte[64]));
  }

  private void zip(String what, Map<String, byte[]> files) throws IOException {
    all.put(what, new Upload(Packed.zip("", files), ZIP));
  }

  private void tar(String what, byte[] body) {
    all.put(what, new Upload(body, GZIP));
  }

  private Map<String, byte[]> with(String name, byte[] content) {
    Map<String, byte[]> run = new LinkedHashMap<>(good);
    run.put(name, content);
    return run;
  }

  private byte[] content(String name) {
    return good.getOrDefault(name, NOTHING);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
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

  private byte[] tarLink(byte type) throws IOException {
    return Packed.tar(tar -> {
      for (Map.Entry<String, byte[]> file : good.entrySet()) {
        Packed.put(tar, file.getKey(), file.getValue());
      }
      TarArchiveEntry link = new TarArchiveEntry("samples/link.txt", type);
      link.setLinkName("/etc/passwd");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    });
  }

  private byte[] twoFolders() throws IOException {
    return Packed.tar(tar -> {
      Packed.put(tar, "one/run.json", content("run.json"));
      Packed.put(tar, "two/metrics.csv", content("metrics.csv"));
    });
  }

  private byte[] twice() throws IOException {
    return Packed.tar(tar -> {
      Packed.put(tar, "run.json", content("run.json"));
      Packed.put(tar, "run.json", content("run.json"));
    });
  }

  private static byte[] many() throws IOException {
    return Packed.tar(tar -> {
      for (int i = 0; i < 1_100; i++) {
        Packed.put(tar, "samples/" + i + ".txt", NOTHING);
      }
    });
  }

  private static byte[] cut(byte[] whole) {
    return java.util.Arrays.copyOf(whole, whole.length / 2);
  }

  private static String printable(String name) {
    return name.replaceAll("[^ -~]", "?").substring(0, Math.min(40, name.length()));
  }
}
