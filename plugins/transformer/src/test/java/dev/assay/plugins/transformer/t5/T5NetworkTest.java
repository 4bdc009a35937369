package dev.assay.plugins.transformer.t5;

import dev.assay.nn.ParameterStore;
import dev.assay.plugins.transformer.translation.LayerStyle;
import dev.assay.plugins.transformer.translation.TransformerNetwork;
import dev.assay.spi.pairs.PairNetwork;
import dev.assay.testkit.PairNetworkContract;

final class T5NetworkTest extends PairNetworkContract {
  @Override
  protected PairNetwork create(ParameterStore store, int sources, int targets) {
    int width = 8;
    int heads = 2;
    return TransformerNetwork.create(
        store,
        new LayerStyle(2, heads, width, 12, true, true),
        TransformerNetwork.table(store.scope("sources"), sources, width),
        TransformerNetwork.table(store.scope("targets"), targets, width),
        RelativeBias.create(store.scope("encoder_bias"), heads, true),
        RelativeBias.create(store.scope("decoder_bias"), heads, false));
  }
}
