package dev.assay.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay bench}: how fast the engine is here. */
@Command(
    name = "bench",
    description = {
      "Measure how fast the engine is on this machine.",
      "Rates come with their share of the peaks that doctor measures. Builds the benchmarks first"
          + " where that is needed. Leave the machine alone meanwhile."
    })
final class BenchCommand implements Callable<Integer> {
  private static final String FOLDER = "src/bench";
  private static final String PEER = "src/bench/peer";

  private final PrintStream out;
  private final PrintStream err = System.err;

  /** What can be measured. */
  enum Kind {
    KERNELS,
    STEPS,
    SAMPLING,
    SCALING,
    METRICS,
    TOKENIZERS;

    /** Reads a word of the command line. */
    static final class Converter implements ITypeConverter<Kind> {
      @Override
      public Kind convert(String word) {
        return Choice.of(Kind.values(), word);
      }
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      converter = Kind.Converter.class,
      description = {
        "One of:",
        "  kernels: matrix products, softmax, norms and elementwise functions",
        "  steps: training steps of small generative models",
        "  sampling: drawing from them",
        "  scaling: training steps of a GPT of growing batch, width, depth and context",
        "  metrics: metrics of 10,000 samples of 128 numbers",
        "  tokenizers: learning and cutting the text file NAME"
      })
  private Kind kind;

  @Parameters(
      index = "1..*",
      paramLabel = "NAME",
      description = "What of that kind; all without. A name that is none lists them.")
  private List<String> names = List.of();

  @Option(
      names = "--peer",
      description = {
        "Take turns with PyTorch on the same steps and show the ratio of times, with its 95 %%"
            + " interval. The first time, this downloads 220 MB. Where ASSAY_PEER_PRELOAD names an"
            + " allocator's library, such as libtcmalloc_minimal.so.4, PyTorch allocates with it."
      })
  private boolean peer;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "1",
      description = "Length of a block of steps (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--blocks",
      paramLabel = "N",
      defaultValue = "9",
      description = "Blocks of each (default: ${DEFAULT-VALUE}).")
  private int blocks;

  @Option(
      names = "--warm",
      paramLabel = "S",
      defaultValue = "5",
      description = "Seconds of warming up before the first block (default: ${DEFAULT-VALUE}).")
  private double warm;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Compute threads (default: all processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--jmh",
      paramLabel = "FORKS",
      description = {
        "Run them under JMH instead, each in so many fresh JVMs, with what they allocate; --json"
            + " and --csv are then JMH's own, which gate reads. Tokenizers need no file."
      })
  private @Nullable Integer forks;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results as JSON too.")
  private @Nullable Path json;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the results as CSV too.")
  private @Nullable Path csv;

  BenchCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    atLeast("--seconds", seconds, 0.01);
    atLeast("--warm", warm, 0);
    atLeast("--blocks", blocks, 1);
    atLeast("--threads", threads, 1);
    if (forks != null) {
      atLeast("--jmh", forks, 1);
      if (peer) {
        throw new UsageException("--jmh and --peer exclude each other", List.of());
      }
    }
    boolean plain = forks == null && (kind == Kind.METRICS || kind == Kind.TOKENIZERS);
    if (plain && peer) {
      throw new UsageException("--peer: there is none for " + kind.word(), List.of());
    }
    if (plain && (json != null || csv != null)) {
      throw new UsageException("--json and --csv of " + kind.word() + " need --jmh", List.of());
    }
    createFolderOf(json);
    createFolderOf(csv);
    SourceModule module = SourceModule.find(FOLDER, "benchmarks", "dev.assay.bench.Main");
    err.println("assay: building the benchmarks ...");
    module.build(peer ? PEER : FOLDER, "process-classes", peer ? List.of("-Ppeer") : List.of());
    err.println("assay: measuring the machine's peaks ...");
    Peaks peaks = new Peaks(threads);
    double gigaflops = peaks.fmaGigaflops();
    double gigabytes = peaks.memoryGigabytes();
    out.printf(
        Locale.ROOT,
        "%d threads; peaks: %.0f GFLOP/s of fused multiply-adds, %.1f GB/s of memory%n",
        threads,
        gigaflops,
        gigabytes);
    out.flush();
    return module.run(arguments(module, gigaflops, gigabytes));
  }

  /** So that no minutes of measuring end without a place for their results. */
  private static void createFolderOf(@Nullable Path file) throws IOException {
    if (file != null) {
      GateOutput.createFolderOf(file);
    }
  }

  private static void atLeast(String option, Number value, Number least) {
    if (!(value.doubleValue() >= least.doubleValue())) {
      throw new UsageException(
          option + " is " + value + ", but must be at least " + least, List.of());
    }
  }

  private List<String> arguments(SourceModule module, double gigaflops, double gigabytes) {
    List<String> arguments = new ArrayList<>();
    arguments.add(kind.word());
    arguments.addAll(names);
    add(arguments, "--seconds", seconds);
    add(arguments, "--blocks", blocks);
    add(arguments, "--warm", warm);
    add(arguments, "--threads", threads);
    add(arguments, "--peak-gigaflops", gigaflops);
    add(arguments, "--peak-gigabytes", gigabytes);
    if (forks != null) {
      add(arguments, "--jmh", forks);
    }
    if (peer) {
      add(arguments, "--peer", module.output(PEER));
    }
    if (json != null) {
      add(arguments, "--json", json.toAbsolutePath());
    }
    if (csv != null) {
      add(arguments, "--csv", csv.toAbsolutePath());
    }
    return arguments;
  }

  private static void add(List<String> arguments, String option, Object value) {
    arguments.add(option);
    arguments.add(value.toString());
  }
}
