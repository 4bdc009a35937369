package dev.assay.plugins.transformer.translation;

import dev.assay.nn.ParameterStore;
import dev.assay.spi.Configs;
import dev.assay.spi.pairs.PairNetwork;
import dev.assay.testkit.PairNetworkContract;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "norms before: {0}")
@ValueSource(booleans = {false, true})
class TransformerNetworkTest extends PairNetworkContract {
  private final boolean before;

  TransformerNetworkTest(boolean before) {
    this.before = before;
  }

  @Override
  protected PairNetwork create(ParameterStore store, int sources, int targets) {
    TransformerConfig config =
        Configs.bind(
            TransformerConfig.class,
            Map.of("layers", 2, "heads", 2, "width", 8, "hidden", 12, "pre_norm", before));
    return TransformerNetwork.create(store, config.style(), config.joint(), sources, targets);
  }
}
