package dev.assay.plugins.autoregressive.wavenet;

import dev.assay.spi.Defaults;
import dev.assay.spi.Param;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.text.Tuning;

/** Training configuration of WaveNet. */
public record WaveNetConfig(
    @Param(doc = "What a token is; of sound, char is a sample.", value = "char")
        TokenizerSpec.Scheme tokenizer,
    @Param(
            doc = "Layers of a cycle: their dilations are 1, 2, 4, ….",
            value = "8",
            min = 1,
            max = 16)
        int layers,
    @Param(doc = "How often the dilations start anew.", value = "2", min = 1, max = 100) int cycles,
    @Param(doc = "Channels that run through all layers.", value = "32", min = 1, max = 4096)
        int width,
    @Param(
            doc = "Channels that the layers' outputs are added in.",
            value = "64",
            min = 1,
            max = 4096)
        int skip,
    @Param(doc = "Learn p(x | label); if not, labels are left aside.", value = "false")
        boolean conditional,
    @Param(
            doc = "Tokens that a row of an update predicts; of longer texts a part at random.",
            value = "1024",
            min = 1,
            max = 1e6)
        int block,
    @Param(doc = "Rows of an update.", value = "8", min = 1, max = 65536) int batch,
    @Defaults("learning_rate=2e-3") Tuning tuning) {}
