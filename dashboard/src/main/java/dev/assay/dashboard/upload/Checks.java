package dev.assay.dashboard.upload;

import static dev.assay.dashboard.upload.Rejections.rejected;
import static dev.assay.dashboard.upload.Rejections.shown;

import dev.assay.store.DamagedFileException;
import dev.assay.store.Digests;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.SafeTensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Everything that must be true of the files of a run before others see them. */
final class Checks {
  private static final int LONGEST_LINE = 64 << 10;
  private static final Pattern SUM = Pattern.compile("([0-9a-f]{64}) [ *](\\S{1,200})");

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private final RunFolder folder;

  private Checks(RunFolder folder) {
    this.folder = folder;
  }

  /**
   * Checks a run's files, and draws its pictures anew.
   *
   * @return its record
   */
  static RunRecord all(Path folder) throws IOException {
    Checks checks = new Checks(new RunFolder(folder));
    checks.sums();
    RunRecord record = checks.record();
    checks.scores(record);
    checks.curves();
    checks.events();
    checks.drawn(checks.folder.samples());
    checks.drawn(checks.folder.tasks());
    if (Files.exists(checks.folder.log())) {
      text(checks.folder.log(), "error.log");
    }
    return record;
  }

  /** What {@code sha256sum} wrote, if it was sent. */
  private void sums() throws IOException {
    Path file = folder.path().resolve("SHA256SUMS");
    if (!Files.exists(file)) {
      return;
    }
    for (String line : text(file, "SHA256SUMS").split("\n")) {
      var sum = SUM.matcher(line.strip());
      if (!sum.matches()) {
        throw rejected("SHA256SUMS has a line that sha256sum does not write: " + shown(line));
      }
      String name = sum.group(2).replaceFirst("^\\./", "");
      Path named =
          folder
              .path()
              .resolve(
                  name.matches("[A-Za-z0-9._/-]+") && !name.contains("..") && !name.startsWith("/")
                      ? name
                      : "-");
      boolean skipped = name.startsWith("checkpoint/") || name.equals(".lock");
      if (!skipped
          && (!Files.isRegularFile(named) || !Digests.ofFile(named).equals(sum.group(1)))) {
        throw rejected(shown(name) + " is not what SHA256SUMS says");
      }
    }
    Files.delete(file);
  }

  private RunRecord record() throws IOException {
    if (!Files.isRegularFile(folder.recordFile())) {
      throw rejected("it has no run.json; send the folder of one run");
    }
    RunRecord record;
    try {
      record = STRICT.readValue(text(folder.recordFile(), "run.json"), RunRecord.class);
    } catch (JacksonException | NullPointerException e) {
      String why = e instanceof JacksonException j ? j.getOriginalMessage() : "a part is missing";
      throw rejected("run.json is no record of a run: " + shown(why));
    }
    RecordChecks.all(record);
    return record;
  }

  /** The hash that the record states must be that of the scores that were sent. */
  private void scores(RunRecord record) throws IOException {
    if (!Files.exists(folder.scores())) {
      return;
    }
    String stated = record.hashes().get("scores");
    try {
      String digest = SafeTensors.digest(SafeTensors.read(folder.scores()), name -> true);
      if (!digest.equals(stated)) {
        throw rejected("scores.safetensors has the hash " + digest + ", run.json says " + stated);
      }
    } catch (DamagedFileException | IllegalArgumentException e) {
      throw rejected("scores.safetensors is damaged");
    }
  }

  private void curves() throws IOException {
    if (!Files.exists(folder.curves())) {
      return;
    }
    String[] lines = text(folder.curves(), "metrics.csv").split("\n");
    for (int i = 0; i < lines.length; i++) {
      String[] cells = lines[i].split(",", -1);
      boolean header = i == 0 && lines[i].strip().equals("step,examples,seconds,name,value");
      if (!header && !isPoint(cells)) {
        throw rejected(
            "metrics.csv, line " + (i + 1) + " is no point of a curve: " + shown(lines[i]));
      }
    }
  }

  private static boolean isPoint(String[] cells) {
    try {
      return cells.length == 5
          && Long.parseLong(cells[0]) >= 0
          && Long.parseLong(cells[1]) >= 0
          && Double.isFinite(Double.parseDouble(cells[2]))
          && cells[3].matches("[A-Za-z0-9._-]{1,60}")
          && Double.isFinite(Double.parseDouble(cells[4]));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private void events() throws IOException {
    if (!Files.exists(folder.events())) {
      return;
    }
    for (String line : text(folder.events(), "events.jsonl").split("\n")) {
      try {
        if (!line.isBlank()
            && (line.length() > LONGEST_LINE || !STRICT.readTree(line).isObject())) {
          throw rejected("events.jsonl has a line that is no event");
        }
      } catch (JacksonException e) {
        throw rejected("events.jsonl has a line that is no JSON: " + shown(line));
      }
    }
  }

  private static void drawn(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> inside = Files.list(place)) {
      files = inside.sorted().toList();
    }
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      switch (name.substring(name.lastIndexOf('.') + 1)) {
        case "png" -> Pictures.redraw(file, name);
        case "wav" -> wave(file, name);
        default -> text(file, name);
      }
    }
  }

  private static void wave(Path file, String name) throws IOException {
    byte[] head = new byte[0];
    try (var in = Files.newInputStream(file)) {
      head = in.readNBytes(12);
    }
    boolean riff =
        head.length == 12
            && new String(head, 0, 4, StandardCharsets.ISO_8859_1).equals("RIFF")
            && new String(head, 8, 4, StandardCharsets.ISO_8859_1).equals("WAVE")
            && ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(4) + 8L
                <= Files.size(file);
    if (!riff) {
      throw rejected(name + " is no WAV file");
    }
  }

  /** UTF-8 without NUL, or nothing. */
  private static String text(Path file, String name) throws IOException {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      if (text.indexOf('\0') >= 0) {
        throw rejected(name + " has NUL characters");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw rejected(name + " is no UTF-8 text");
    }
  }

  /** SHA-256 over names, sizes and hashes of all files, sorted. */
  static String manifest(Map<String, Path> files) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      lines
          .append(Digests.ofFile(file.getValue()))
          .append(' ')
          .append(Files.size(file.getValue()))
          .append(' ')
          .append(file.getKey())
          .append('\n');
    }
    return Digests.ofText(lines.toString());
  }
}
