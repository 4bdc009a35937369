package dev.assay.jcuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed PTX was made from the sources, and every device can run it. */
final class CommittedKernelsTest {
  private static final Path SOURCES = Path.of("src", "main", "cuda").toAbsolutePath();
  private static final Path COMMITTED =
      Path.of("src", "main", "resources", "dev", "assay", "jcuda", "kernels").toAbsolutePath();

  /** What {@code build.sh} last made the committed PTX from. */
  private static final String DIGESTS = "sources.sha256";

  private static final Pattern ENTRY = Pattern.compile("\\.entry \\w+\\([^)]*\\)");

  /** The release that made the committed PTX. */
  private static final String RELEASE = "V13.0.88";

  private static final Pattern SPILLS =
      Pattern.compile("(\\d+) bytes spill stores, (\\d+) bytes spill loads");
  private static final Pattern COMPILED = Pattern.compile("Compiling entry function '(\\w+)'");

  @TempDir private Path folder;

  private static List<Path> modules() throws IOException {
    try (Stream<Path> files = Files.list(COMMITTED)) {
      return files.sorted().toList();
    }
  }

  @Test
  void everySourceIsCommittedForEveryGenerationAndNothingElse() throws IOException {
    List<String> wanted;
    try (Stream<Path> files = Files.list(SOURCES)) {
      wanted =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".cu"))
              .map(name -> name.substring(0, name.length() - 3))
              .flatMap(name ->
                  Stream.of("75", "80", "90")
                      .filter(g -> !(name.endsWith("_tensor") && g.equals("75")))
                      .map(g -> name + "-" + g + ".ptx"))
              .toList();
    }
    assertThat(modules().stream().map(file -> file.getFileName().toString()))
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void everyModuleIsBelowAMegabyteAndOfALoweredIsaVersion() throws IOException {
    Map<String, String> versions = Map.of("75", "6.3", "80", "7.0", "90", "7.8");
    for (Path module : modules()) {
      String name = module.getFileName().toString();
      String generation = name.substring(name.length() - 6, name.length() - 4);
      assertThat(Files.size(module)).as(name).isLessThan(1 << 20);
      assertThat(Files.readString(module))
          .startsWith(
              ".version %s\n.target sm_%s\n".formatted(versions.get(generation), generation))
          .as("%s has a hint of ISA 8.3", name)
          .doesNotContain("used_bytes_mask");
    }
  }

  /** As the compiler does only where it knows that tiles are aligned to it. */
  @Test
  void tilesInSharedMemoryAreReadSixteenBytesAtATime() throws IOException {
    for (Path module : modules()) {
      if (module.getFileName().toString().matches("(matmul|convolution)-.*")) {
        assertThat(Files.readString(module)).as(module.toString()).contains("ld.shared.v4.f32");
      }
    }
  }

  @Test
  void theCommittedPtxWasMadeFromTheSourcesAsTheyAre() throws Exception {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.filter(file -> !file.endsWith(DIGESTS)).toList()) {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        digests.put(file.getFileName().toString(), HexFormat.of().formatHex(digest));
      }
    }
    Map<String, String> recorded = new TreeMap<>();
    for (String line : Files.readAllLines(SOURCES.resolve(DIGESTS))) {
      recorded.put(line.substring(66), line.substring(0, 64));
    }
    assertThat(recorded)
        .as("after a change of src/main/cuda, run its build.sh and commit what it writes")
        .isEqualTo(digests);
  }

  @Test
  void theCompilerMakesTheCommittedEntriesOfTheSources() throws Exception {
    Toolkit.assume("nvcc");
    String version = Toolkit.run(folder, Map.of(), "nvcc", "--version");
    assumeTrue(version.contains(RELEASE), "skipped: nvcc is not " + RELEASE);
    Path script = SOURCES.resolve("build.sh");
    Toolkit.run(folder, Map.of("OUT", folder.toString()), script.toString());
    for (Path module : modules()) {
      Path made = folder.resolve(module.getFileName());
      assertThat(entries(made)).as(made.toString()).isNotEmpty().isEqualTo(entries(module));
    }
  }

  /** Names and parameters of a module's kernels. */
  private static List<String> entries(Path module) throws IOException {
    return ENTRY.matcher(Files.readString(module)).results().map(MatchResult::group).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rows", "matmul"})
  void modulesAssembleForTheirOwnGeneration(String module) throws Exception {
    assemble(module, 75, 75);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"75, 75", "75, 80", "75, 90", "80, 80", "80, 90", "90, 90"})
  void allModulesAssembleForEveryProcessorThatMayRunThem(int generation, int processor)
      throws Exception {
    for (String module : List.of("rows", "matmul", "convolution", "attention")) {
      assemble(module, generation, processor);
    }
    if (generation >= 80) {
      assemble("attention_tensor", generation, processor);
    }
  }

  /** Without spilled registers, except few in kernels whose time is elsewhere. */
  private void assemble(String module, int generation, int processor) throws Exception {
    Toolkit.assume("ptxas");
    String name = module + "-" + generation;
    String ptx = Files.readString(COMMITTED.resolve(name + ".ptx"));
    String report = Toolkit.assemble(name, ptx, processor, folder);
    String kernel = "";
    for (String line : report.lines().toList()) {
      Matcher compiled = COMPILED.matcher(line);
      if (compiled.find()) {
        kernel = compiled.group(1);
      }
      Matcher spills = SPILLS.matcher(line);
      if (spills.find()) {
        int bytes = Integer.parseInt(spills.group(1)) + Integer.parseInt(spills.group(2));
        assertThat(bytes).as("%s for sm_%d spills: %s", kernel, processor, line).isZero();
      }
    }
  }
}
