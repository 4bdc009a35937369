package dev.assay.cpu.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.testing.Floats;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.plan.Buffer;
import dev.assay.tensor.plan.Kernel;
import dev.assay.tensor.plan.Planner;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TileStepTest {
  private static final int COLUMNS = 50_000;
  private static final int LINE = 16;

  @Test
  void tilesOfARowBeginAtLinesOfTheCache() {
    Tensor x = Tensor.input("x", DType.F32, Shape.of(COLUMNS));
    Graph graph = Graph.builder().output("y", x.add(1)).build();
    Kernel.Tile tile = (Kernel.Tile) Planner.plan(graph).phases().getFirst().getFirst();
    Buffer written = tile.writes().getFirst().buffer();
    try (Arena arena = Arena.ofShared()) {
      Map<Buffer, Floats> memory = new HashMap<>();
      tile.reads().forEach(view -> memory.put(view.buffer(), Floats.of(arena, new float[COLUMNS])));
      memory.put(written, Floats.of(arena, new float[COLUMNS]));
      TileStep step = new TileStep(tile, buffer -> memory.get(buffer).address());
      long scratch = Memory.allocate(arena, Math.max(1, step.scratchBytes()));
      assertThat(step.tiles(0)).isGreaterThan(2);
      int done = 0;
      for (int i = 0; i < step.tiles(0); i++) {
        assertThat(done % LINE).as("tile %d begins at %d", i, done).isZero();
        step.run(0, i, scratch);
        float[] values = memory.get(written).values();
        while (done < COLUMNS && values[done] == 1) {
          done++;
        }
      }
      assertThat(done).isEqualTo(COLUMNS);
    }
  }
}
