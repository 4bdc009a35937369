package dev.assay.bench;

import dev.assay.bench.compare.PeerException;
import dev.assay.bench.steps.Steps;
import java.io.IOException;
import java.util.List;

/** Runs benchmarks: {@code KIND [NAME…] [OPTION VALUE]…}. {@code assay bench} starts it. */
public final class Main {
  static final List<String> KINDS =
      List.of("kernels", "steps", "sampling", "scaling", "metrics", "tokenizers");

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Main() {}

  static IllegalArgumentException noKind(String kind) {
    return new IllegalArgumentException(
        "there is no kind '%s' of benchmark; choices: %s"
            .formatted(kind, String.join(", ", KINDS)));
  }

  /**
   * Entry point; exits with 1 if a benchmark fails, with 2 if it is asked for what is not there.
   */
  public static void main(String[] arguments) throws IOException {
    try {
      Request request = Request.parse(arguments);
      if (request.forks() > 0) {
        new Jmh(request).run();
        return;
      }
      switch (request.kind()) {
        case "kernels" -> new StepBenchmarks(request, Steps.kernels()).run();
        case "steps" -> new StepBenchmarks(request, Steps.updates()).run();
        case "sampling" -> new StepBenchmarks(request, Steps.sampling()).run();
        case "scaling" -> new StepBenchmarks(request, Steps.scaling()).run();
        case "metrics" -> new MetricBenchmarks(request).run();
        case "tokenizers" -> new TokenizerBenchmarks(request).run();
        default -> throw noKind(request.kind());
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(USAGE);
    } catch (PeerException e) {
      System.err.println(e.getMessage());
      System.exit(FAILED);
    }
  }
}
