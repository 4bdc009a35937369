package dev.assay.plugins.autoregressive.pixelsnail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.plugins.autoregressive.pixels.PixelData;
import dev.assay.plugins.autoregressive.pixels.Reach;
import dev.assay.spi.Configs;
import dev.assay.spi.Modality;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PixelSnailNetworkTest {
  @ParameterizedTest(name = "{0} x {1}")
  @CsvSource({"5, 6", "1, 4", "4, 1", "1, 1"})
  void onePixelSeesAllBeforeItAndNoneAfterIt(int height, int width) {
    PixelData data = new PixelData(new Modality.Image(height, width, 1, 3), 0);
    PixelSnailConfig config =
        Configs.bind(
            PixelSnailConfig.class, Map.of("blocks", 1, "residuals", 1, "width", 6, "depth", 4));
    boolean[][] reach = Reach.of(data, 0, store -> PixelSnailNetwork.create(store, config, data));
    for (int i = 0; i < data.pixels(); i++) {
      for (int j = 0; j < data.pixels(); j++) {
        assertThat(reach[i][j]).as("pixel %d sees pixel %d", i, j).isEqualTo(j < i);
      }
    }
  }
}
