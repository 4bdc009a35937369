package dev.assay.bench;

import dev.assay.bench.jmh.KernelBenchmark;
import dev.assay.bench.jmh.MetricBenchmark;
import dev.assay.bench.jmh.SamplingBenchmark;
import dev.assay.bench.jmh.TokenizerBenchmark;
import dev.assay.bench.jmh.TrainingBenchmark;
import dev.assay.bench.steps.Step;
import dev.assay.bench.steps.Steps;
import dev.assay.spi.TokenizerSpec.Scheme;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the workloads of a kind under JMH, each in fresh JVMs, with what they allocate. */
final class Jmh {
  private static final long MILLIS = 1000;

  private final Request request;

  Jmh(Request request) {
    this.request = request;
  }

  /**
   * @throws IllegalArgumentException if a name is none of the kind; the message names the choices
   */
  void run() throws IOException {
    ChainedOptionsBuilder options = new OptionsBuilder();
    switch (request.kind()) {
      case "kernels" -> steps(options, KernelBenchmark.class, Steps.kernels());
      case "steps" -> steps(options, TrainingBenchmark.class, Steps.updates());
      case "sampling" -> steps(options, SamplingBenchmark.class, Steps.sampling());
      case "scaling" -> steps(options, TrainingBenchmark.class, Steps.scaling());
      case "metrics" -> choose(options, MetricBenchmark.class, SampleMetrics.names());
      case "tokenizers" ->
          choose(
              options,
              TokenizerBenchmark.class,
              Stream.of(Scheme.values()).map(Scheme::name).toList());
      default -> throw Main.noKind(request.kind());
    }
    options
        .forks(request.forks())
        .warmupIterations(1)
        .warmupTime(time(request.warm()))
        .measurementIterations(request.blocks())
        .measurementTime(time(request.seconds()))
        .shouldFailOnError(true)
        .addProfiler("gc");
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      write(request.json(), ResultFormatType.JSON, results);
      write(request.csv(), ResultFormatType.CSV, results);
    } catch (RunnerException e) {
      throw new IOException("JMH failed: " + e.getMessage(), e);
    }
  }

  private void steps(ChainedOptionsBuilder options, Class<?> benchmark, List<Step> all) {
    choose(options, benchmark, all.stream().map(Step::id).toList());
    options.param("computeThreads", String.valueOf(request.threads()));
  }

  private void choose(ChainedOptionsBuilder options, Class<?> benchmark, List<String> all) {
    for (String name : request.names()) {
      if (!all.contains(name)) {
        throw new IllegalArgumentException(
            "there is no '%s' among %s; choices: %s"
                .formatted(name, request.kind(), String.join(", ", all)));
      }
    }
    List<String> chosen = request.names().isEmpty() ? all : request.names();
    options.include(benchmark.getName().replace(".", "\\.") + "\\.");
    options.param("name", chosen.toArray(String[]::new));
  }

  private static TimeValue time(double seconds) {
    return TimeValue.milliseconds(Math.max(1, Math.round(seconds * MILLIS)));
  }

  private static void write(
      @Nullable Path file, ResultFormatType format, Collection<RunResult> results)
      throws IOException {
    if (file == null) {
      return;
    }
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(format, out).writeOut(results);
      if (out.checkError()) {
        throw new IOException(
            file + " cannot be written as " + format.name().toLowerCase(Locale.ROOT));
      }
    }
  }
}
