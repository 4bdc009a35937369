package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProvenanceTest {
  @Test
  void theEnvironmentIsNamed() {
    Map<String, String> facts = Provenance.collect(Optional.empty());
    assertThat(facts)
        .containsKeys("jdk", "jvm", "jvm.flags", "os", "arch", "cores", "heap.max_bytes", "energy");
    assertThat(facts.values()).noneMatch(String::isBlank);
  }

  @Test
  void energyIsReadOrUnavailableAndNeverZero() {
    Meters meters = Meters.start();
    String said = Provenance.collect(Optional.empty()).getOrDefault("energy", "");
    assertThat(said.startsWith("unavailable")).isEqualTo(meters.joules().isEmpty());
  }
}
