package dev.assay.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigsTest {
  record Training(
      @Param(doc = "Examples.", value = "64", min = 1) int batch,
      @Param(doc = "Step size.", value = "1e-3", min = 0, max = 1) double learningRate) {
    Training {
      if (batch > 100 && learningRate == 0) {
        throw new IllegalArgumentException("so many examples for nothing");
      }
    }
  }

  record Network(
      @Param(doc = "Widths.", value = "[8, 4]", min = 1) List<Integer> hidden,
      @Defaults("batch=16") Training training) {}

  record Config(
      @Param(doc = "Width of the code.", value = "2", min = 1) int latent,
      @Defaults("learning_rate=0.5") Network network,
      @Param(doc = "Weight.", value = "1") double beta) {}

  record Colliding(@Param(doc = "Examples.", value = "1") int batch, Training training) {}

  record Misnamed(@Defaults("batches=1") Training training) {}

  record Undocumented(int batch) {}

  @Test
  void theSettingsOfGroupsStandInTheirPlaceWithTheInnermostDefaultsReplaced() {
    assertThat(Configs.settings(Config.class))
        .extracting(setting -> setting.key() + "=" + setting.standard())
        .containsExactly("latent=2", "hidden=[8, 4]", "batch=16", "learning_rate=0.5", "beta=1");
    assertThat(Configs.defaults(Config.class))
        .isEqualTo(new Config(2, new Network(List.of(8, 4), new Training(16, 0.5)), 1));
  }

  @Test
  void flatValuesFillTheGroups() {
    Config config =
        Configs.bind(Config.class, Map.of("batch", 7L, "hidden", List.of(3L), "beta", 2));
    assertThat(config).isEqualTo(new Config(2, new Network(List.of(3), new Training(7, 0.5)), 2));
    assertThat(Configs.values(config))
        .isEqualTo(
            Map.of(
                "latent", 2, "hidden", List.of(3), "batch", 7, "learning_rate", 0.5, "beta", 2.0));
  }

  @Test
  void faultsInGroupsAreNamedByTheirKey() {
    assertThatThrownBy(() -> Configs.bind(Config.class, Map.of("learning_rate", 2)))
        .isInstanceOfSatisfying(
            ConfigException.class, e -> assertThat(e.key()).isEqualTo("learning_rate"))
        .hasMessage("'learning_rate' is 2, but must be between 0 and 1");
    assertThatThrownBy(() -> Configs.bind(Config.class, Map.of("network", Map.of())))
        .hasMessageContaining("unknown parameter 'network'")
        .hasMessageContaining("latent, hidden, batch, learning_rate, beta");
    assertThatThrownBy(() -> Configs.bind(Config.class, Map.of("batch", 101, "learning_rate", 0)))
        .isInstanceOf(ConfigException.class)
        .hasMessage("so many examples for nothing");
  }

  @Test
  void recordsThatContradictThemselvesAreRefused() {
    assertThatThrownBy(() -> Configs.settings(Colliding.class))
        .hasMessageEndingWith("Colliding has two settings 'batch'");
    assertThatThrownBy(() -> Configs.settings(Misnamed.class))
        .hasMessageEndingWith("Misnamed.training has no settings [batches]");
    assertThatThrownBy(() -> Configs.settings(Undocumented.class))
        .hasMessageEndingWith("Undocumented.batch lacks @Param");
  }
}
