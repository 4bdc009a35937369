import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Packs the program with a Java of its own: {@code target/assay-VERSION-linux-x86_64.tar.xz}. Run
 * from the root of the sources by {@code mvn -Pbundle package}, with the version and the name of
 * the modules' build folders.
 */
public final class Bundle {
  private static final String MODULES =
      "java.base,java.logging,java.net.http,java.sql,java.desktop,java.management,java.naming,java.xml,"
          + "jdk.incubator.vector,jdk.unsupported,jdk.jfr,jdk.management,jdk.crypto.ec,jdk.zipfs";

  /** Of native jars: what is not loaded through java.lang.foreign, and headers. */
  private static final List<String> UNUSED =
      List.of(
          "libjni",
          "libJNvPTXCompiler",
          "libJNvrtc",
          "libJCudaRuntime",
          "/include/",
          "/share/",
          "libopenblas_nolapack",
          ".cmake",
          ".pc",
          ".a");

  private final Path root = Path.of("").toAbsolutePath();
  private final String build;
  private final String name;
  private final Path target;
  private final Path folder;

  private Bundle(String version, String build) {
    this.build = build;
    name = "assay-" + version + "-linux-x86_64";
    target = root.resolve("target");
    folder = target.resolve("bundle").resolve(name);
  }

  /** Entry point. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new Bundle(arguments[0], arguments[1]).write();
  }

  private void write() throws IOException, InterruptedException {
    delete(target.resolve("bundle"));
    Files.createDirectories(folder.resolve("plugins.d"));
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Path more = Files.createDirectories(lib.resolve("selftest"));
    Set<Path> program = classPath("harness/cli");
    Set<Path> selftest = classPath("src/selftest");
    selftest.removeAll(program);
    program.removeIf(Bundle::isSpare);
    pack(program, lib);
    pack(selftest, more);
    Files.copy(
        root.resolve("harness/engine/cpu/src/main/jvm/compile-commands"),
        lib.resolve("compile-commands"));
    copy(root.resolve("experiments"), folder.resolve("experiments"));
    copy(root.resolve("src/dist/bin"), folder.resolve("bin"));
    for (String file : List.of("LICENSE", "README.md")) {
      Files.copy(root.resolve(file), folder.resolve(file));
    }
    jlink();
    Path archive = target.resolve(name + ".tar.xz");
    Files.deleteIfExists(archive);
    run(
        List.of(
            "tar",
            "-C",
            folder.getParent().toString(),
            "--sort=name",
            "--owner=0",
            "--group=0",
            "-I",
            "xz --x86 --lzma2=preset=9e,dict=192MiB",
            "-cf",
            archive.toString(),
            name));
    System.out.printf("%s: %.1f MB%n", archive, Files.size(archive) / 1e6);
  }

  /** A module's classes and all that they need, as its build wrote it down. */
  private Set<Path> classPath(String module) throws IOException {
    Path built = root.resolve(module).resolve(build);
    Set<Path> entries = new LinkedHashSet<>();
    entries.add(built.resolve("classes"));
    for (String entry : Files.readString(built.resolve("launcher.classpath")).strip().split(":")) {
      if (Files.exists(Path.of(entry))) {
        entries.add(Path.of(entry));
      }
    }
    return entries;
  }

  /**
   * OpenBLAS is what is left where oneDNN does not run, which it does on all of Linux on x86-64.
   */
  private static boolean isSpare(Path entry) {
    return entry.getFileName().toString().startsWith("openblas-");
  }

  /** As jars without compression, which the archive's own does better. */
  private static void pack(Set<Path> entries, Path into) throws IOException {
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        Path module = entry;
        while (!Files.exists(module.resolve("pom.xml"))) {
          module = module.getParent();
        }
        String kind = entry.getFileName().toString().replace("classes", "");
        Path jar =
            into.resolve(
                "assay-" + module.getFileName() + kind.replace("test-", "-tests") + ".jar");
        try (Output out = new Output(jar);
            Stream<Path> files = Files.walk(entry)) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            out.add(entry.relativize(file).toString(), Files.readAllBytes(file));
          }
        }
      } else {
        try (Output out = new Output(into.resolve(entry.getFileName()));
            ZipFile jar = new ZipFile(entry.toFile())) {
          for (ZipEntry file : Collections.list(jar.entries())) {
            if (!file.isDirectory() && isUsed(file.getName())) {
              try (InputStream in = jar.getInputStream(file)) {
                out.add(file.getName(), in.readAllBytes());
              }
            }
          }
        }
      }
    }
  }

  private static boolean isUsed(String file) {
    if (file.startsWith("org/sqlite/native/")) {
      return file.startsWith("org/sqlite/native/Linux/x86_64/");
    }
    boolean natives = file.startsWith("org/bytedeco/") || file.startsWith("lib/");
    return !natives || UNUSED.stream().noneMatch(part -> file.contains(part));
  }

  /** A jar whose entries are stored as they are. */
  private static final class Output implements AutoCloseable {
    private final ZipOutputStream zip;

    Output(Path jar) throws IOException {
      zip = new ZipOutputStream(Files.newOutputStream(jar));
      zip.setMethod(ZipOutputStream.STORED);
    }

    void add(String name, byte[] content) throws IOException {
      CRC32 checksum = new CRC32();
      checksum.update(content);
      ZipEntry entry = new ZipEntry(name);
      entry.setTime(0);
      entry.setSize(content.length);
      entry.setCrc(checksum.getValue());
      zip.putNextEntry(entry);
      zip.write(content);
      zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }

  private void jlink() throws IOException {
    ToolProvider jlink =
        ToolProvider.findFirst("jlink").orElseThrow(() -> new IOException("this JDK has no jlink"));
    PrintWriter out = new PrintWriter(System.out, true);
    int exit =
        jlink.run(
            out,
            out,
            "--add-modules",
            MODULES,
            "--compress",
            "zip-0",
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            folder.resolve("runtime").toString());
    if (exit != 0) {
      throw new IOException("jlink failed with " + exit);
    }
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    int exit = new ProcessBuilder(new ArrayList<>(command)).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException(command + " failed with " + exit);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
