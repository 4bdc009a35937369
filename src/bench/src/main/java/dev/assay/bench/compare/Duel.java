package dev.assay.bench.compare;

import dev.assay.bench.steps.Step;
import dev.assay.bench.steps.Workload;
import dev.assay.tensor.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One step timed in blocks, with or without a peer that takes turns with it.
 *
 * @param step what was timed
 * @param cost of one step
 * @param ours blocks of Assay
 * @param peers the peer's block after each; empty without a peer
 */
public record Duel(Step step, Workload.Cost cost, List<Block> ours, List<Block> peers) {

  /**
   * How long things take.
   *
   * @param warm seconds before the first block, each
   * @param block seconds of a block
   * @param blocks of each
   */
  public record Schedule(double warm, double block, int blocks) {}

  /**
   * @throws PeerException if the peer fails, or its network has another number of parameters
   */
  public static Duel run(Step step, Backend backend, @Nullable Peer peer, Schedule schedule) {
    try (Workload workload = step.open(backend)) {
      Timing.of(workload, schedule.warm());
      if (peer != null) {
        checkSame(step, workload, peer.run(step.id(), schedule.warm()));
      }
      CoreLatency.warmUp();
      List<Block> ours = new ArrayList<>();
      List<Block> peers = new ArrayList<>();
      double latency = CoreLatency.nanos();
      for (int i = 0; i < schedule.blocks(); i++) {
        ours.add(block(latency, seconds -> Timing.of(workload, seconds), schedule));
        latency = ours.getLast().after();
        if (peer != null) {
          peers.add(block(latency, seconds -> peer.run(step.id(), seconds).timing(), schedule));
          latency = peers.getLast().after();
        }
      }
      return new Duel(step, workload.cost(), ours, peers);
    }
  }

  private static Block block(double latency, DoubleFunction<Timing> work, Schedule schedule) {
    Timing timing = work.apply(schedule.block());
    return new Block(timing, latency, CoreLatency.nanos());
  }

  private static void checkSame(Step step, Workload workload, Peer.Ran ran) {
    if (ran.parameters() != workload.cost().parameters()) {
      throw new PeerException(
          "%s has %d parameters here and %d in the peer"
              .formatted(step.id(), workload.cost().parameters(), ran.parameters()));
    }
  }

  /** Median over our blocks' medians, in seconds. */
  public double oursSeconds() {
    return median(ours);
  }

  /** Median over the peer's blocks' medians, in seconds; NaN without a peer. */
  public double peerSeconds() {
    return peers.isEmpty() ? Double.NaN : median(peers);
  }

  private static double median(List<Block> blocks) {
    return Ratio.median(blocks.stream().mapToDouble(b -> b.timing().median()).toArray());
  }

  /** Our fastest step, in seconds. */
  public double leastSeconds() {
    return ours.stream().mapToDouble(b -> b.timing().least()).min().orElse(Double.NaN);
  }

  /** Heap that a step of ours allocates, in bytes: the median over blocks. */
  public double heapBytes() {
    return Ratio.median(ours.stream().mapToDouble(b -> b.timing().heapBytes()).toArray());
  }

  /** The peer's time by ours; null without a peer. */
  public @Nullable Ratio ratio() {
    return peers.isEmpty() ? null : Ratio.of(ours, peers);
  }

  /** Blocks, of both, with the cores in a placement. */
  public long count(Block.Placement placement) {
    return ours.stream().filter(b -> b.placement() == placement).count()
        + peers.stream().filter(b -> b.placement() == placement).count();
  }
}
