package dev.assay.dashboard.live;

import java.util.List;

/** All runs in progress; see {@code openapi.yaml}. */
public record Live(long revision, List<LiveRun> running) {
  public Live {
    running = List.copyOf(running);
  }
}
