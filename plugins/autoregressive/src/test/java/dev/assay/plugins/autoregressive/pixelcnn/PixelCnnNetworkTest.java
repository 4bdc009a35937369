package dev.assay.plugins.autoregressive.pixelcnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.plugins.autoregressive.pixels.PixelData;
import dev.assay.plugins.autoregressive.pixels.Reach;
import dev.assay.spi.Configs;
import dev.assay.spi.Modality;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PixelCnnNetworkTest {
  private static final int SIDE = 5;
  private static final PixelData DATA = new PixelData(new Modality.Image(SIDE, SIDE, 1, 3), 0);

  private static PixelCnnConfig config(int layers, int first, int kernel) {
    return Configs.bind(
        PixelCnnConfig.class,
        Map.of("layers", layers, "first_kernel", first, "kernel", kernel, "width", 6));
  }

  @ParameterizedTest(name = "{0} layers, first kernel {1}, then {2}")
  @CsvSource({"0, 3, 3", "1, 3, 3", "2, 3, 3", "1, 5, 3", "2, 1, 3", "1, 3, 5"})
  void aPixelSeesWhatTheFiltersOfBothStacksReachAndNothingElse(int layers, int first, int kernel) {
    PixelCnnConfig config = config(layers, first, kernel);
    boolean[][] reach = Reach.of(DATA, 0, store -> PixelCnnNetwork.create(store, config, DATA));
    for (int i = 0; i < DATA.pixels(); i++) {
      Set<Integer> expected = horizontal(config, layers, i / SIDE, i % SIDE);
      for (int j = 0; j < DATA.pixels(); j++) {
        assertThat(reach[i][j]).as("pixel %d sees pixel %d", i, j).isEqualTo(expected.contains(j));
      }
    }
  }

  /** Pixels that the horizontal stack sees at a place after some layers: figure 2, as sets. */
  private static Set<Integer> horizontal(PixelCnnConfig config, int layer, int row, int column) {
    Set<Integer> seen = new TreeSet<>(vertical(config, layer, row, column));
    int half = (layer == 0 ? config.firstKernel() : config.kernel()) / 2;
    for (int back = 0; back <= half; back++) {
      if (layer > 0 && column - back >= 0) {
        seen.addAll(horizontal(config, layer - 1, row, column - back));
      } else if (layer == 0 && column - 1 - back >= 0) {
        seen.add(row * SIDE + column - 1 - back);
      }
    }
    return seen;
  }

  private static Set<Integer> vertical(PixelCnnConfig config, int layer, int row, int column) {
    Set<Integer> seen = new TreeSet<>();
    int half = (layer == 0 ? config.firstKernel() : config.kernel()) / 2;
    for (int up = 0; up <= half; up++) {
      for (int side = -half; side <= half; side++) {
        int c = column + side;
        int r = row - up - (layer == 0 ? 1 : 0);
        if (r >= 0 && c >= 0 && c < SIDE) {
          if (layer == 0) {
            seen.add(r * SIDE + c);
          } else {
            seen.addAll(vertical(config, layer - 1, r, c));
          }
        }
      }
    }
    return seen;
  }

  @Test
  void withLayersEnoughEveryEarlierPixelIsSeenAndThereIsNoBlindSpot() {
    PixelCnnConfig config = config(4, 3, 3);
    boolean[][] reach = Reach.of(DATA, 0, store -> PixelCnnNetwork.create(store, config, DATA));
    for (int i = 0; i < DATA.pixels(); i++) {
      for (int j = 0; j < DATA.pixels(); j++) {
        assertThat(reach[i][j]).as("pixel %d sees pixel %d", i, j).isEqualTo(j < i);
      }
    }
  }

  @Test
  void filtersHaveACentre() {
    assertThatThrownBy(() -> config(1, 4, 3))
        .hasMessageContaining("'first_kernel' is 4")
        .hasMessageContaining("must be odd");
  }
}
