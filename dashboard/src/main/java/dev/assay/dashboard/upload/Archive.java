package dev.assay.dashboard.upload;

import static dev.assay.dashboard.upload.Rejections.rejected;
import static dev.assay.dashboard.upload.Rejections.shown;
import static dev.assay.dashboard.upload.Rejections.tooLarge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks the folder of one run. Names decide only which of the known files an entry is; what is
 * written has names of this class's choosing, below one folder.
 */
final class Archive {
  private static final int MOST_ENTRIES = 1_000;
  private static final long MOST_BYTES = 512L << 20;
  private static final long MOST_FILE_BYTES = 128L << 20;

  /** What compresses better than this is made to. */
  private static final long MOST_RATIO = 200;

  /** Small archives may hold this much whatever their ratio. */
  private static final long ALWAYS_ALLOWED = 4L << 20;

  private static final Pattern KEPT =
      Pattern.compile(
          "run\\.json|events\\.jsonl|metrics\\.csv|error\\.log|scores\\.safetensors|SHA256SUMS"
              + "|samples/[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.(png|txt|csv|wav)"
              + "|tasks/[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.png");

  /** Parts of a run's folder that a dashboard has no use for. */
  private static final Pattern SKIPPED =
      Pattern.compile(
          "\\.lock|best\\.safetensors|checkpoint/[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.safetensors");

  private static final Set<String> FOLDERS = Set.of("samples", "tasks", "checkpoint");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/ -]{1,300}");

  private final Path folder;
  private final long allowed;
  private final Set<String> seen = new HashSet<>();
  private Optional<String> top = Optional.empty();
  private int entries;
  private long bytes;

  private Archive(Path folder, long packed) {
    this.folder = folder;
    this.allowed = Math.min(MOST_BYTES, Math.max(ALWAYS_ALLOWED, packed * MOST_RATIO));
  }

  static void unzip(Path file, Path folder) throws IOException {
    Archive archive = new Archive(folder, Files.size(file));
    try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
      Enumeration<ZipArchiveEntry> all = zip.getEntriesInPhysicalOrder();
      while (all.hasMoreElements()) {
        ZipArchiveEntry entry = all.nextElement();
        int type = entry.getUnixMode() & 0170000;
        boolean plain = type == 0 || type == 0100000 || (type == 0040000 && entry.isDirectory());
        archive.next(entry.getName(), plain && !entry.isUnixSymlink(), entry.isDirectory());
        if (!entry.isDirectory()) {
          if (!zip.canReadEntryData(entry)) {
            throw rejected(shown(entry.getName()) + " is encrypted or packed in an unusual way");
          }
          try (InputStream in = zip.getInputStream(entry)) {
            archive.keep(entry.getName(), in);
          }
        }
      }
    }
  }

  static void untar(Path file, Path folder) throws IOException {
    Archive archive = new Archive(folder, Files.size(file));
    try (InputStream in = Files.newInputStream(file);
        GZIPInputStream gzip = new GZIPInputStream(in, 1 << 16);
        TarArchiveInputStream tar = new TarArchiveInputStream(archive.bounded(gzip), "UTF-8")) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        boolean plain = (e.isFile() && !e.isSparse() && !e.isLink()) || e.isDirectory();
        boolean special =
            e.isSymbolicLink()
                || e.isLink()
                || e.isCharacterDevice()
                || e.isBlockDevice()
                || e.isFIFO();
        archive.next(e.getName(), plain && !special, e.isDirectory());
        if (!e.isDirectory()) {
          archive.keep(e.getName(), tar);
        }
      }
    }
  }

  private void next(String name, boolean plain, boolean isDirectory) {
    if (++entries > MOST_ENTRIES) {
      throw rejected("it has more than " + MOST_ENTRIES + " entries");
    }
    if (!PLAIN.matcher(name).matches()
        || name.startsWith("/")
        || Set.of(name.split("/", -1)).contains("..")) {
      throw rejected("an entry is named " + shown(name) + ", which no file of a run is");
    }
    if (!plain) {
      throw rejected(shown(name) + " is a link or device; only plain files may be sent");
    }
    String[] parts = name.replaceFirst("^\\./", "").split("/");
    if (isDirectory && parts.length > 1 && !FOLDERS.contains(parts[parts.length - 1])) {
      throw rejected("there is no folder " + shown(name) + " in a run");
    }
  }

  private void keep(String name, InputStream content) throws IOException {
    String inside = inside(name);
    if (SKIPPED.matcher(inside).matches()) {
      count(content, OutputStream.nullOutputStream(), name);
      return;
    }
    if (!KEPT.matcher(inside).matches()) {
      throw rejected(
          "a run has no file "
              + shown(inside)
              + "; it may have run.json, events.jsonl, metrics.csv, error.log,"
              + " scores.safetensors, SHA256SUMS, samples/*.png, txt, csv, wav and tasks/*.png");
    }
    if (!seen.add(inside.toLowerCase(Locale.ROOT))) {
      throw rejected(shown(inside) + " is in it twice");
    }
    Path target = folder.resolve(inside);
    Files.createDirectories(target.getParent() == null ? folder : target.getParent());
    try (OutputStream out = Files.newOutputStream(target)) {
      count(content, out, name);
    }
  }

  /** The name within the run's folder, which the archive may wrap in one folder. */
  private String inside(String name) {
    String plain = name.startsWith("./") ? name.substring(2) : name;
    if (KEPT.matcher(plain).matches() || SKIPPED.matcher(plain).matches()) {
      return under(plain, "");
    }
    int slash = plain.indexOf('/');
    return slash < 0 ? plain : under(plain.substring(slash + 1), plain.substring(0, slash));
  }

  private String under(String rest, String folderName) {
    if (!folderName.equals(top.orElse(folderName))) {
      throw rejected("its files lie in several folders; send the folder of one run");
    }
    top = Optional.of(folderName);
    return rest;
  }

  private void count(InputStream in, OutputStream out, String name) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long own = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      own += read;
      bytes += read;
      if (own > MOST_FILE_BYTES) {
        throw tooLarge(shown(name) + " unpacks to more than " + MOST_FILE_BYTES + " bytes");
      }
      check(bytes);
      out.write(buffer, 0, read);
    }
  }

  private void check(long unpacked) {
    if (unpacked > allowed) {
      throw tooLarge("it unpacks to more than " + allowed + " bytes, beyond what runs compress to");
    }
  }

  /** Headers count too: a tar of nothing but headers may be as large. */
  private InputStream bounded(InputStream in) {
    return new java.io.FilterInputStream(in) {
      private long total;

      @Override
      public int read() throws IOException {
        int one = super.read();
        add(one < 0 ? 0 : 1);
        return one;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        add(Math.max(0, read));
        return read;
      }

      private void add(int read) {
        total += read;
        check(total / 2);
      }
    };
  }
}
