package dev.assay.plugins.recurrent.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.nn.ParameterStore;
import dev.assay.spi.Configs;
import dev.assay.spi.pairs.PairNetwork;
import dev.assay.testkit.PairNetworkContract;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"elman", "gru", "lstm"})
class Seq2SeqNetworkTest extends PairNetworkContract {
  private final String cell;

  Seq2SeqNetworkTest(String cell) {
    this.cell = cell;
  }

  @Override
  protected PairNetwork create(ParameterStore store, int sources, int targets) {
    Seq2SeqConfig config =
        Configs.bind(
            Seq2SeqConfig.class, Map.of("cell", cell, "layers", 2, "width", 8, "embedding", 5));
    return Seq2SeqNetwork.create(store, config, sources, targets);
  }

  @Test
  void settingsThatDoNotGoTogetherAreNamedWithTheirValues() {
    assertThatThrownBy(() -> Configs.bind(Seq2SeqConfig.class, Map.of("width", 7)))
        .hasMessageContaining("'width' is 7");
    assertThatThrownBy(() -> Configs.bind(Seq2SeqConfig.class, Map.of("decay_steps", 50)))
        .hasMessageContaining("'decay_steps' is 50");
    assertThat(Configs.defaults(Seq2SeqConfig.class).tuning().schedule().at(1000)).isEqualTo(2e-3);
  }
}
