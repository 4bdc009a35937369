package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ComparabilityKeyTest {
  @Test
  void equalNumbersDifferInNothing() {
    ComparabilityKey key = key("exact/mass", "v1|method:exact|data:mnist|binarize:static");
    assertThat(key.differences(key)).isEmpty();
    assertThat(key).isEqualTo(key("exact/mass", "v1|method:exact|data:mnist|binarize:static"));
  }

  @Test
  void aKindAndAWayOfScoringAreTold() {
    assertThat(
            key("exact/mass", "v1|method:exact|data:mnist")
                .differences(key("lower_bound/mass", "v1|method:iwae|k:50|data:mnist")))
        .extracting(ComparabilityKey.Difference::toString)
        .containsExactly("kind exact ≠ lower_bound", "way of scoring exact ≠ iwae", "K none ≠ 50");
  }

  @Test
  void aMeasureABinarisationAnExtractorAndACountAreTold() {
    assertThat(
            key("exact/density", "v2|n:100|features:a@1|data:mnist|sha:1")
                .differences(
                    key("exact/mass", "v1|n:50|features:a@2|data:mnist|binarize:static|sha:2")))
        .extracting(ComparabilityKey.Difference::what)
        .containsExactly(
            "measure",
            "version of the metric",
            "number of samples",
            "feature extractor",
            "hash of the test data",
            "binarisation");
  }

  @Test
  void theVariantOfTheDataEndsTheSignature() {
    assertThat(key("exact/mass", "v1|method:exact|data:mnist|binarize:static").variant())
        .isEqualTo("data:mnist|binarize:static");
    assertThat(key("measured", "threads:2|jobs:1").variant()).isEmpty();
  }

  private static ComparabilityKey key(String kind, String signature) {
    return new ComparabilityKey("mnist", "nll", kind, "nats", "lower", signature);
  }
}
