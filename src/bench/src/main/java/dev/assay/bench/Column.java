package dev.assay.bench;

import dev.assay.bench.compare.Block;
import dev.assay.bench.compare.Duel;
import dev.assay.bench.compare.Ratio;
import java.util.List;
import java.util.function.Function;

/**
 * A column of the tables of steps that programs read.
 *
 * @param value of one step; a number or a string
 */
record Column(String name, Function<Duel, Object> value) {
  static final List<Column> ALL =
      List.of(
          new Column("step", duel -> duel.step().id()),
          new Column("milliseconds", duel -> 1e3 * duel.oursSeconds()),
          new Column("least_milliseconds", duel -> 1e3 * duel.leastSeconds()),
          new Column("unit", duel -> duel.step().unit()),
          new Column("units_per_second", duel -> duel.cost().items() / duel.oursSeconds()),
          new Column("flops", duel -> duel.cost().flops()),
          new Column(
              "gigaflops_per_second", duel -> duel.cost().flops() / duel.oursSeconds() / 1e9),
          new Column("bytes", duel -> duel.cost().bytes()),
          new Column(
              "gigabytes_per_second", duel -> duel.cost().bytes() / duel.oursSeconds() / 1e9),
          new Column("heap_bytes_per_step", Duel::heapBytes),
          new Column("parameters", duel -> duel.cost().parameters()),
          new Column("peer_milliseconds", duel -> 1e3 * duel.peerSeconds()),
          new Column("ratio", ratio(Ratio::median)),
          new Column("ratio_low", ratio(Ratio::low)),
          new Column("ratio_high", ratio(Ratio::high)),
          new Column("pairs", ratio(Ratio::pairs)),
          new Column("blocks_near", duel -> duel.count(Block.Placement.NEAR)),
          new Column("blocks_far", duel -> duel.count(Block.Placement.FAR)),
          new Column("blocks_mixed", duel -> duel.count(Block.Placement.MIXED)));

  private static Function<Duel, Object> ratio(Function<Ratio, Object> part) {
    return duel -> {
      Ratio ratio = duel.ratio();
      return ratio == null ? Double.NaN : part.apply(ratio);
    };
  }
}
