import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Checks or applies google-java-format over the sources of the repository: {@code Format
 * check|apply CACHE VERSION FOLDER,...}, from the repository root. The cache file holds the hashes
 * of sources already in form, so that only what changed since is parsed.
 */
final class Format {
  private static final Set<String> NOT_SOURCES = Set.of("target", "results", "plugins.d");

  private static final int MOST_KNOWN = 100_000;

  private final String version;
  private final boolean apply;
  private final Set<String> known;
  private final Set<String> inForm = new ConcurrentSkipListSet<>();
  private final Set<String> complaints = new ConcurrentSkipListSet<>();
  private final Set<String> changed = new ConcurrentSkipListSet<>();

  private Format(boolean apply, String version, Set<String> known) {
    this.apply = apply;
    this.version = version;
    this.known = known;
  }

  public static void main(String[] args) throws IOException {
    boolean apply = args[0].equals("apply");
    Path cache = Path.of(args[1]);
    Path root = Path.of("").toAbsolutePath();
    Set<String> known =
        Files.exists(cache) ? new HashSet<>(Files.readAllLines(cache)) : new HashSet<>();
    Format format = new Format(apply, args[2], known);
    List<Path> sources = new ArrayList<>();
    for (String folder : args[3].split(",")) {
      collect(root.resolve(folder.strip()).normalize(), sources);
    }
    sources.parallelStream().forEach(source -> format.one(root, source));

    Files.createDirectories(cache.getParent());
    Path fresh = Files.createTempFile(cache.getParent(), "formatted", ".tmp");
    format.inForm.addAll(known);
    Files.write(fresh, format.inForm.stream().limit(MOST_KNOWN).toList());
    Files.move(fresh, cache, StandardCopyOption.REPLACE_EXISTING);

    format.changed.forEach(path -> System.err.println("formatted  " + path));
    format.complaints.forEach(System.err::println);
    if (!format.complaints.isEmpty()) {
      if (!apply) {
        System.err.println("To format everything: mvn -q -pl src/format -Pformat validate");
      }
      System.exit(1);
    }
  }

  private static void collect(Path root, List<Path> sources) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skip =
                !folder.equals(root) && (name.startsWith(".") || NOT_SOURCES.contains(name));
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              sources.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void one(Path root, Path source) {
    String name = root.relativize(source).toString();
    try {
      String text = Files.readString(source);
      String hash = hash(text);
      if (known.contains(hash)) {
        inForm.add(hash);
        return;
      }
      String formatted = format(text);
      if (formatted.equals(text)) {
        inForm.add(hash);
      } else if (apply) {
        Files.writeString(source, formatted);
        inForm.add(hash(formatted));
        changed.add(name);
      } else {
        complaints.add("not formatted: " + name);
      }
    } catch (FormatterException fault) {
      complaints.add(name + ": " + fault.getMessage());
    } catch (IOException fault) {
      complaints.add(name + ": " + fault);
    }
  }

  private static String format(String text) throws FormatterException {
    JavaFormatterOptions options = JavaFormatterOptions.builder().build();
    String imports =
        ImportOrderer.reorderImports(
            RemoveUnusedImports.removeUnusedImports(text), options.style());
    return new Formatter(options).formatSource(imports);
  }

  private String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(version.getBytes(StandardCharsets.UTF_8));
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }
}
