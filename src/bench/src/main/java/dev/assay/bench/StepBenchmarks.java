package dev.assay.bench;

import dev.assay.bench.compare.Duel;
import dev.assay.bench.compare.Peer;
import dev.assay.bench.steps.Step;
import dev.assay.bench.steps.Steps;
import dev.assay.cpu.CpuProvider;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Times steps, alone or in turns with the peer. */
final class StepBenchmarks {
  private final Request request;
  private final List<Step> steps;

  /**
   * @param all steps of the kind that is asked for
   * @throws IllegalArgumentException if a name is none of them
   */
  StepBenchmarks(Request request, List<Step> all) {
    this.request = request;
    steps = chosen(all);
  }

  private List<Step> chosen(List<Step> all) {
    List<String> ids = all.stream().map(Step::id).toList();
    for (String name : request.names()) {
      if (!ids.contains(name)) {
        throw new IllegalArgumentException(
            "there is no '%s' among %s; choices: %s"
                .formatted(name, request.kind(), String.join(", ", ids)));
      }
    }
    return request.names().isEmpty() ? all : request.names().stream().map(Steps::of).toList();
  }

  void run() throws IOException {
    BackendProvider.Settings settings = new BackendProvider.Settings(request.threads(), "fp32");
    Duel.Schedule schedule = new Duel.Schedule(request.warm(), request.seconds(), request.blocks());
    StepReport report = new StepReport(request.peaks());
    List<Duel> duels = new ArrayList<>();
    try (Backend backend = new CpuProvider().open(settings);
        Peer peer = request.peer() == null ? null : Peer.start(request.peer(), request.threads())) {
      System.out.println(backend.facts());
      for (Step step : steps) {
        Duel duel = Duel.run(step, backend, partner(peer, step), schedule);
        System.out.print(report.text(duel));
        duels.add(duel);
      }
    }
    if (request.json() != null) {
      Files.writeString(request.json(), StepReport.json(duels));
    }
    if (request.csv() != null) {
      Files.writeString(request.csv(), StepReport.csv(duels));
    }
  }

  private static @Nullable Peer partner(@Nullable Peer peer, Step step) {
    return peer != null && peer.names().contains(step.id()) ? peer : null;
  }
}
