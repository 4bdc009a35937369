package dev.assay.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** {@code assay selftest}: whether a backend works on this machine, and how fast it is. */
@Command(
    name = "selftest",
    description = {
      "Test a backend on this machine: every operation against the reference, the losses of"
          + " training steps against the cpu backend, and the speed of both.",
      "Writes DEVICE-PRECISION-DATE.csv and .md. Exits with 1 if anything is wrong."
    })
final class SelftestCommand implements Callable<Integer> {
  private static final String FOLDER = "src/selftest";
  private static final String MAIN = "dev.assay.selftest.Main";
  private static final PrintStream ERR = System.err;

  /** What can be done alone. */
  enum Part {
    OPERATORS,
    PARITY,
    SPEED;

    /** Reads a word of the command line. */
    static final class Converter implements ITypeConverter<Part> {
      @Override
      public Part convert(String word) {
        return Choice.of(Part.values(), word);
      }
    }
  }

  @Option(
      names = "--backend",
      paramLabel = "ID",
      defaultValue = "jcuda",
      description = "The backend (default: ${DEFAULT-VALUE}).")
  private String backend;

  @Option(
      names = "--precision",
      paramLabel = "P",
      defaultValue = "fp32",
      description = {
        "One of its precisions (default: ${DEFAULT-VALUE}). The operators are tested in fp32 alone,"
            + " and other losses are only shown."
      })
  private String precision;

  @Option(
      names = "--blas",
      paramLabel = "B",
      defaultValue = "auto",
      description = "Whose matrix products, where it has the choice (default: ${DEFAULT-VALUE}).")
  private String blas;

  @Option(
      names = "--only",
      paramLabel = "PART",
      converter = Part.Converter.class,
      description = "operators, parity or speed; may be given again (default: all).")
  private List<Part> parts = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "results/gpu",
      description = "Folder of the report (default: ${DEFAULT-VALUE}).")
  private Path folder;

  SelftestCommand(PrintStream out) {
    out.flush();
  }

  @Override
  public Integer call() throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--backend", backend, "--precision", precision, "--blas", blas));
    arguments.addAll(List.of("--out", folder.toAbsolutePath().toString()));
    for (Part part : parts) {
      arguments.addAll(List.of("--only", part.name().toLowerCase(Locale.ROOT)));
    }
    Path jars = Path.of(System.getProperty("assay.root", "."), "lib");
    if (Files.isDirectory(jars.resolve("selftest"))) {
      String classPath =
          jars.resolve("selftest").resolve("*") + File.pathSeparator + jars.resolve("*");
      return SourceModule.run(classPath, MAIN, arguments);
    }
    SourceModule module = SourceModule.find(FOLDER, "self-tests", MAIN);
    ERR.println("assay: building the self-test ...");
    // the operator suite is made of test classes
    module.build(FOLDER, "test-compile", List.of());
    return module.run(arguments);
  }
}
